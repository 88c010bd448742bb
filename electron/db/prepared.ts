import type Database from 'better-sqlite3';
import type { ReadDb } from './connection.ts';

type Prepare = Pick<ReadDb, 'prepare'>;

const byConnection = new WeakMap<Prepare, Map<string, Database.Statement>>();

/** The statement of this text on this connection, compiled once: compiling costs more than most lookups. */
export function prepared<Row = unknown, Parameters extends unknown[] = unknown[]>(
  db: Prepare,
  sql: string,
): Database.Statement<Parameters, Row> {
  let statements = byConnection.get(db);
  if (statements === undefined) {
    statements = new Map();
    byConnection.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement as Database.Statement<Parameters, Row>;
}
