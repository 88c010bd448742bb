import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StorageFault, storageReason } from '../storage/fault.ts';
import type { ReadDb, Tx, WriteDb } from './connection.ts';
import { applicationId, migrate, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { keepPlans } from './steadyPlans.ts';

export type DataFolder = {
  /** The database, its -wal and -shm lie beside it. */
  readonly databaseFile: string;
  readonly keyFile: string;
  readonly backupFolder: string;
};

export type OpenedDatabase = { readonly db: WriteDb; readonly wasCleanlyShut: boolean };

/** How long another connection's write is waited for; main is the only writer, so this is never reached in health. */
const busyTimeoutMs = 3000;
/** The WAL is emptied in idle time; this is only the cap for a till that is never idle (16 MB). */
const walCapPages = 4000;

/** '1' between a clean end and the next start. */
const shutdownMark = 'clean_shutdown';

const sqliteMagic = 'SQLite format 3\0';

/**
 * Opens the counter's database, or makes it where there has never been one. Never repairs, deletes or replaces a file.
 * @throws StorageFault saying why no money may be taken
 */
export function openDatabase(
  folder: DataFolder,
  backup: (db: WriteDb, fromVersion: number) => void,
): OpenedDatabase {
  const existed = inspectFile(folder);
  let db: WriteDb | undefined;
  try {
    db = keepPlans(new Database(folder.databaseFile, { timeout: busyTimeoutMs })) as WriteDb;
    const version = schemaVersion(db);
    const newest = migrations.at(-1)?.version ?? 0;
    requireOurs(db, existed, version);
    if (version > 0 && version < (migrations[0]?.version ?? 0))
      throw new StorageFault('sketch', `schema ${version} is older than the first that is followed`);
    if (version > newest)
      throw new StorageFault('newerSchema', `schema ${version}, this program knows ${newest}`);
    configure(db);
    db.exec('BEGIN IMMEDIATE; COMMIT');
    applyMigrations(db, version, backup);
    return { db, wasCleanlyShut: !existed || findMark(db, shutdownMark) === '1' };
  } catch (error) {
    if (db !== undefined) closeUntouched(db);
    if (error instanceof StorageFault) throw error;
    throw new StorageFault(storageReason(error) ?? 'unreadable', 'opening', error);
  }
}

/** A second connection that can only read: for workers and checks. It never checkpoints. */
export function openReadOnly(databaseFile: string): ReadDb & { close(): void; pragma: WriteDb['pragma'] } {
  const db = keepPlans(
    new Database(databaseFile, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }),
  );
  db.pragma('trusted_schema = OFF');
  return db as unknown as ReadDb & { close(): void; pragma: WriteDb['pragma'] };
}

/** Leaves the mark that lets the next start skip the money tables' check, empties the WAL and closes. */
export function closeDatabase(db: WriteDb): void {
  setMark(db, shutdownMark, '1');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Part of a start's first write: nothing is marked in a file that is refused. */
export function markRunning(tx: Tx): void {
  setMark(tx, shutdownMark, '0');
}

/**
 * Closes a file that can't be trusted. SQLite empties the WAL into the file when its last connection closes; here
 * the last one can only read, so file and WAL stay as they were found.
 */
export function closeUntouched(db: WriteDb): void {
  if (!db.open) return;
  let last: ReturnType<typeof openReadOnly> | undefined;
  try {
    last = openReadOnly(db.name);
    last.pragma('user_version');
  } catch (error) {
    // What is wrong with the file has been told already.
    if (storageReason(error) === null) throw error;
  } finally {
    db.close();
    last?.close();
  }
}

export function setMark(db: ReadDb, key: string, value: string): void {
  db.prepare(
    'INSERT INTO file_marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

export function findMark(db: ReadDb, key: string): string | null {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM file_marks WHERE key = ?').get(key);
  return row?.value ?? null;
}

/** @returns whether there is a database already; @throws StorageFault where one should be and is not */
function inspectFile(folder: DataFolder): boolean {
  const hasHistory =
    existsSync(folder.keyFile) ||
    (existsSync(folder.backupFolder) && readdirSync(folder.backupFolder).length > 0);
  const wal = `${folder.databaseFile}-wal`;
  if (!existsSync(folder.databaseFile)) {
    if (hasHistory || (existsSync(wal) && statSync(wal).size > 0))
      throw new StorageFault('missing', 'the key or backups are there, the database is not');
    return false;
  }
  if (statSync(folder.databaseFile).size === 0) {
    if (hasHistory) throw new StorageFault('damaged', 'the database is empty, its key is not');
    return false;
  }
  const head = Buffer.alloc(sqliteMagic.length);
  try {
    const handle = openSync(folder.databaseFile, 'r');
    try {
      readSync(handle, head, 0, head.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new StorageFault('unreadable', 'the first bytes', error);
  }
  if (head.toString('latin1') !== sqliteMagic) throw new StorageFault('damaged', 'not an SQLite file');
  return true;
}

function requireOurs(db: WriteDb, existed: boolean, version: number): void {
  if (!existed) return;
  const id = Number(db.pragma('application_id', { simple: true }));
  const tables = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  // A first start that was cut off before its schema was committed leaves a file with nothing in it.
  if (version === 0 && id === 0 && tables === 0) return;
  if (id !== applicationId || version === 0) throw new StorageFault('notSanduq', `application id ${id}`);
}

/** `synchronous` and the others are not stored in the file: set for every connection and read back. */
function configure(db: WriteDb): void {
  const settings = [
    ['journal_mode', 'WAL', 'wal'],
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    // Without this INSERT OR REPLACE overwrites an append-only row past its triggers.
    ['recursive_triggers', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    ['wal_autocheckpoint', String(walCapPages), walCapPages],
    // In kB. A commit that shared a page out looks through all of it: four times as much took a millisecond.
    ['cache_size', '-16384', -16384],
  ] as const;
  for (const [name, value, expected] of settings) {
    db.pragma(`${name} = ${value}`);
    const got = db.pragma(name, { simple: true });
    if (got !== expected) throw new StorageFault('unreadable', `${name} is ${String(got)}`);
  }
}

function applyMigrations(db: WriteDb, version: number, backup: (db: WriteDb, from: number) => void): void {
  try {
    migrate(db, migrations, () => backup(db, version));
  } catch (error) {
    throw new StorageFault(storageReason(error) ?? 'migrationFailed', `from schema ${version}`, error);
  }
}
