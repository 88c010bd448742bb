import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

const picturedBody = z.looseObject({ chequeId: z.number().int(), sha256: z.string() });

/** Compares the picture of each cheque with the digest in its signed entry: it is the one that was kept then. */
export function createPictureCheck(db: ReadDb) {
  let count = 0;
  const find = db.prepare<[number], { bytes: Uint8Array }>(
    'SELECT bytes FROM cheque_pictures WHERE cheque_id = ?',
  );

  return {
    check(entry: JournalEntry): Problem | null {
      const { sequence } = entry;
      const parsed = picturedBody.safeParse(entry.body);
      if (!parsed.success)
        return { sequence, kind: 'unreadable', detail: 'a cheque’s picture has not its fields' };
      const { chequeId, sha256 } = parsed.data;
      count += 1;
      const bytes = find.get(chequeId)?.bytes;
      const isSame = bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256;
      return isSame ? null : { sequence, kind: 'rowsDiffer', detail: `the picture of cheque ${chequeId}` };
    },

    /** A picture that no entry speaks of. */
    finish(): Problem | null {
      const rows = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM cheque_pictures').get()?.n ?? 0;
      return rows === count
        ? null
        : {
            sequence: null,
            kind: 'rowsDiffer',
            detail: `${rows} pictures of cheques, ${count} in the journal`,
          };
    },
  };
}
