import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ReadDb } from '../db/connection.ts';
import { keyIdOf } from './tillKey.ts';

/** The public keys in the file by their id. An id that is not its key's own hash is as good as none. */
export function publicKeys(db: ReadDb): Map<string, KeyObject> {
  const rows = db
    .prepare<[], { keyId: string; spki: Buffer }>(
      'SELECT key_id AS keyId, public_key_spki AS spki FROM till_keys',
    )
    .all();
  return new Map(
    rows
      .filter(({ keyId, spki }) => keyIdOf(spki) === keyId)
      .map(({ keyId, spki }) => [keyId, createPublicKey({ key: spki, format: 'der', type: 'spki' })]),
  );
}
