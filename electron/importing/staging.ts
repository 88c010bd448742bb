import Database from 'better-sqlite3';
import type { ImportBadLine, ImportKind } from '../../shared/ipc/contract.ts';
import type { AccountChange } from './compareAccounts.ts';
import type { BillChange } from './compareBills.ts';

/**
 * A prepared import: only what differs from the database, already decided, and every bad line. It is a file of its
 * own beside the database, on disk before anything is confirmed, so that a confirmed import can be carried through
 * after a power cut.
 */
export type StagedChange = AccountChange | BillChange;

const schema = `
  CREATE TABLE changes (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE bad_lines (
    line INTEGER NOT NULL, column_name TEXT, reason TEXT NOT NULL, value TEXT NOT NULL
  ) STRICT;
  CREATE TABLE about (kind TEXT NOT NULL, changes INTEGER NOT NULL) STRICT;
`;

export type StagingWriter = {
  addChange(change: StagedChange): void;
  addBadLine(bad: ImportBadLine): void;
  /** On disk when it returns. */
  finish(): void;
  /** Without finish, leaves a file with nothing in it. */
  close(): void;
};

/** Writes a new staging file; an unfinished one has no content. */
export function writeStaging(file: string, kind: ImportKind): StagingWriter {
  const db = new Database(file);
  db.pragma('synchronous = FULL');
  db.exec(schema);
  db.exec('BEGIN');
  const insertChange = db.prepare('INSERT INTO changes (position, body) VALUES (?, ?)');
  const insertBad = db.prepare(
    'INSERT INTO bad_lines (line, column_name, reason, value) VALUES (?, ?, ?, ?)',
  );
  let changes = 0;
  return {
    addChange(change) {
      changes += 1;
      insertChange.run(changes, JSON.stringify(change));
    },
    addBadLine({ line, column, reason, value }) {
      insertBad.run(line, column, reason, value);
    },
    finish() {
      db.prepare('INSERT INTO about (kind, changes) VALUES (?, ?)').run(kind, changes);
      db.exec('COMMIT');
      db.close();
    },
    close() {
      if (db.open) db.close();
    },
  };
}

export type StagingReader = {
  readonly changes: number;
  /** The next changes after this position, in order. */
  read(after: number, limit: number): { position: number; change: StagedChange }[];
  badLines(): IterableIterator<ImportBadLine>;
  close(): void;
};

/** @throws SqliteError when the file is not there, damaged or was never finished */
export function readStaging(file: string): StagingReader {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const changes = Number(db.prepare('SELECT changes FROM about').pluck().get() ?? Number.NaN);
    if (Number.isNaN(changes))
      throw new Database.SqliteError('the staging file was never finished', 'SQLITE_NOTADB');
    const next = db.prepare<[number, number], { position: number; body: string }>(
      'SELECT position, body FROM changes WHERE position > ? ORDER BY position LIMIT ?',
    );
    return {
      changes,
      read: (after, limit) =>
        next.all(after, limit).map(({ position, body }) => ({
          position,
          // Written by writeStaging from the same type.
          change: JSON.parse(body) as StagedChange,
        })),
      badLines: () =>
        db
          .prepare<[], ImportBadLine>(
            'SELECT line, column_name AS "column", reason, value FROM bad_lines ORDER BY line, rowid',
          )
          .iterate(),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
