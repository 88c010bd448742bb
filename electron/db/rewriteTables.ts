import type { WriteDb } from './connection.ts';

/**
 * Gives tables other words for the same rows: SQLite's own way to change what a column may be without copying the table
 * (lang_altertable.html, 7). The caller answers for it that every row keeps the new words.
 * Must run inside the migration's transaction.
 * @throws when SQLite can't read a table by its new words
 */
export function rewriteTables(db: WriteDb, rewrite: (sql: string) => string): void {
  const tables = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL`,
    )
    .all();
  // The driver keeps everybody off the schema's table unless told.
  db.unsafeMode(true);
  try {
    db.pragma('writable_schema = ON');
    const update = db.prepare(`UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?`);
    for (const { name, sql } of tables) {
      const rewritten = rewrite(sql);
      if (rewritten !== sql) update.run(rewritten, name);
    }
    // Other connections read the schema again, and so does this one.
    db.pragma(`schema_version = ${Number(db.pragma('schema_version', { simple: true })) + 1}`);
  } finally {
    db.pragma('writable_schema = RESET');
    db.unsafeMode(false);
  }
  for (const { name } of tables) db.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get();
}
