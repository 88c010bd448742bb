import type { WriteDb } from './connection.ts';
import { rewriteTables } from './rewriteTables.ts';

export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly sql?: string;
  /** Other words for a table whose rows stay as they are. */
  readonly rewriteTable?: (sql: string) => string;
};

/** 'SNDQ': tells our file from any other SQLite database. */
export const applicationId = 0x53_4e_44_51;

/** The version of the schema in the file; 0 for an empty one. */
export function schemaVersion(db: Pick<WriteDb, 'pragma'>): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema up to the newest version, all steps in one transaction.
 * @param beforeFirst called before anything is changed in a file that already holds data: makes the backup
 * @throws whatever a step throws; the file is then as it was
 */
export function migrate(db: WriteDb, migrations: readonly Migration[], beforeFirst: () => void): void {
  migrations.forEach((migration, index) => {
    if (migration.version <= (migrations[index - 1]?.version ?? 0))
      throw new Error(`migration ${migration.name} is out of order`);
  });
  const from = schemaVersion(db);
  const pending = migrations.filter((migration) => migration.version > from);
  if (pending.length === 0) return;
  if (from > 0) beforeFirst();
  db.transaction(() => {
    for (const migration of pending) {
      if (migration.sql !== undefined) db.exec(migration.sql);
      if (migration.rewriteTable !== undefined) rewriteTables(db, migration.rewriteTable);
      db.pragma(`user_version = ${migration.version}`);
    }
    db.pragma(`application_id = ${applicationId}`);
  }).exclusive();
}
