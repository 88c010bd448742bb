import type Database from 'better-sqlite3';

declare const readable: unique symbol;
declare const writable: unique symbol;
declare const inTransaction: unique symbol;

/** A connection one may read from. */
export type ReadDb = Pick<Database.Database, 'prepare'> & { readonly [readable]: true };
/** The one connection that writes and checkpoints; only main has it. */
export type WriteDb = Database.Database & { readonly [readable]: true; readonly [writable]: true };
/** Proof that an immediate transaction is open: what moves money takes this, so it can't run outside one. */
export type Tx = ReadDb & { readonly [inTransaction]: true };

/**
 * Runs the act in one immediate transaction: what throws rolls back whole, what returns is on disk.
 * Must not be nested: a rule that needs a transaction takes a Tx.
 */
export function transact<T>(db: WriteDb, act: (tx: Tx) => T): T {
  if (db.inTransaction) throw new Error('transactions do not nest');
  return db.transaction(() => act(db as unknown as Tx)).immediate();
}
