import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteDb } from './connection.ts';

/**
 * A whole copy of the database before its schema changes; a migration does not begin without it.
 * VACUUM INTO is synchronous and consistent, and refuses to overwrite a file.
 */
export function backupBeforeMigration(
  db: WriteDb,
  backupFolder: string,
  fromVersion: number,
  atMs: number,
): string {
  mkdirSync(backupFolder, { recursive: true });
  const stamp = new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
  const file = join(backupFolder, `sanduq-schema${fromVersion}-${stamp}.db`);
  db.prepare('VACUUM INTO ?').run(file);
  return file;
}
