import { createHash } from 'node:crypto';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { actorOf } from '../users/users.ts';
import type { RegisterContext } from './registers.ts';

export function findChequePicture(db: ReadDb, chequeId: number): Uint8Array | null {
  return (
    prepared<{ bytes: Uint8Array }>(db, 'SELECT bytes FROM cheque_pictures WHERE cheque_id = ?').get(chequeId)
      ?.bytes ?? null
  );
}

/**
 * Keeps the picture of a cheque; its digest is in the journal, so that it can't be another one later.
 * @throws Refusal register.notFound, cheque.pictureThere for a second one
 */
export function insertChequePicture(
  tx: Tx,
  chequeId: number,
  bytes: Uint8Array,
  { journal, person, atMs }: RegisterContext,
): void {
  if (prepared(tx, 'SELECT 1 FROM cheques WHERE id = ?').get(chequeId) === undefined)
    throw refuse('register.notFound');
  if (findChequePicture(tx, chequeId) !== null) throw refuse('cheque.pictureThere');
  prepared(tx, 'INSERT INTO cheque_pictures (cheque_id, bytes, user_id, at_ms) VALUES (?, ?, ?, ?)').run(
    chequeId,
    bytes,
    person.id,
    atMs,
  );
  journal.append(tx, {
    act: 'cheque.pictured',
    actor: actorOf(person),
    atMs,
    body: { chequeId, sha256: createHash('sha256').update(bytes).digest('hex') },
  });
}
