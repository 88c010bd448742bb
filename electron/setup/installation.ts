import type { Settings } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx, WriteDb } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import { createJournal } from '../journal/append.ts';
import type { TillKey } from '../journal/tillKey.ts';
import { insertFirstSettings } from '../settings/settings.ts';
import type { NewUser } from '../users/users.ts';
import { insertUser } from '../users/users.ts';

export type Installation = { readonly till: string; readonly isDemonstration: boolean };

/** Which till this file belongs to; null before the first run is done. */
export function findInstallation(db: ReadDb): Installation | null {
  const row = db
    .prepare<[], { till: string; isDemonstration: number }>(
      'SELECT till_code AS till, is_demonstration AS isDemonstration FROM installation',
    )
    .get();
  return row === undefined ? null : { till: row.till, isDemonstration: row.isDemonstration === 1 };
}

/**
 * The last part of a first run, in its transaction: key, journal's first entry, settings and people. Without it the
 * next start is a first run again.
 */
export function insertInstallation(
  tx: Tx & WriteDb,
  parts: {
    readonly installation: Installation;
    readonly settings: Settings;
    readonly key: TillKey;
    readonly users: readonly NewUser[];
    readonly clock: () => number;
  },
): Journal {
  const { installation, settings, key, users, clock } = parts;
  const atMs = clock();
  tx.prepare(
    'INSERT INTO till_keys (key_id, till_code, public_key_spki, created_at_ms) VALUES (?, ?, ?, ?)',
  ).run(key.keyId, installation.till, key.publicSpki, atMs);
  const journal = createJournal(tx, key, installation.till, clock);
  journal.append(tx, {
    act: 'installation.created',
    actor: null,
    body: {
      till: installation.till,
      isDemonstration: installation.isDemonstration,
      keyId: key.keyId,
      publicKey: key.publicSpki.toString('base64'),
      settings,
    },
  });
  insertFirstSettings(tx, settings, atMs);
  for (const user of users) insertUser(tx, journal, user, null, atMs);
  tx.prepare(`INSERT INTO tills (code, name, added_at_ms) VALUES (?, '', ?)`).run(installation.till, atMs);
  tx.prepare(
    'INSERT INTO installation (id, till_code, is_demonstration, created_at_ms) VALUES (1, ?, ?, ?)',
  ).run(installation.till, installation.isDemonstration ? 1 : 0, atMs);
  return journal;
}
