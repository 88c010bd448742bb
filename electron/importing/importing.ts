import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Papa from 'papaparse';
import { refuse } from '../../shared/errors.ts';
import type { ImportDone, ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import type { Events } from '../../shared/ipc/wire.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import type { NewEntry } from '../journal/append.ts';
import { carryThrough, findRunningImport, startImport } from './carryThrough.ts';
import type { ImportPerson } from './carryThrough.ts';
import type { Prepared } from './prepareImport.ts';
import { runImportWorker } from './runImportWorker.ts';
import { readStaging } from './staging.ts';

const maximumMegabytes = 200;

export type ImportingParts = {
  /** Main's writing connection. */
  readonly db: WriteDb;
  readonly databaseFile: string;
  /** importWorker as it runs here: `.ts` under Node, the bundled `.cjs` in the program. */
  readonly workerFile: string;
  readonly clock: () => number;
  readonly append: (tx: Tx, entry: NewEntry) => unknown;
  readonly onProgress: (progress: Events['import.progress']) => void;
};

export type Importing = {
  /**
   * Reads and judges a file; nothing is written to the database. A preview that was still open is forgotten.
   * @throws Refusal import.running, import.tooLarge, import.unreadable, import.missingColumns; import.gone when
   *   cancelled meanwhile
   */
  preview(kind: ImportKind, filePath: string): Promise<ImportPreview>;
  /**
   * Writes what the preview showed, in short transactions between which payments go on. Once begun it is carried
   * through, also over a power cut (`resume`).
   * @throws Refusal import.gone, import.running, import.nothingToImport
   */
  confirm(token: string, person: ImportPerson): Promise<ImportDone>;
  /** Forgets a preview or stops one that is being made; an import that was confirmed goes on. */
  cancel(token: string): void;
  /** Every bad line as CSV with a byte order mark, for a spreadsheet. @throws Refusal import.gone */
  badLinesCsv(token: string): string;
  /** At the start: carries an interrupted import through; null when there is none. */
  resume(): Promise<ImportDone | null>;
  /** Stops a preview that is being made. */
  close(): void;
};

type Pending = { readonly token: string; readonly fileName: string; readonly prepared: Prepared };

/** Imports of accounts and bills: at most one preview is open and one import runs at a time. */
export function createImporting(parts: ImportingParts): Importing {
  const { db, databaseFile, clock, append, onProgress } = parts;
  const folder = join(dirname(databaseFile), 'import');
  let pending: Pending | undefined;
  let preparing: { readonly token: string; readonly stop: AbortController } | undefined;
  let isWriting = false;

  const stagingFile = (token: string): string => join(folder, `${token}.staging`);

  /** Staged files hold people's names: none stays longer than it is needed. */
  function removeStaging(keep: readonly (string | undefined)[]): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!keep.some((token) => token !== undefined && name.startsWith(token))) rmSync(join(folder, name));
    }
  }

  function requirePending(token: string): Pending {
    if (pending?.token !== token) throw refuse('import.gone');
    return pending;
  }

  async function write(token: string): Promise<ImportDone> {
    isWriting = true;
    try {
      const done = await carryThrough({
        db,
        stagingFile: stagingFile(token),
        append,
        clock,
        onProgress: (written, total) => onProgress({ token, phase: 'writing', done: written, total }),
      });
      if (pending?.token === token) pending = undefined;
      return done;
    } finally {
      isWriting = false;
      removeStaging([findRunningImport(db)?.token, pending?.token, preparing?.token]);
    }
  }

  return {
    async preview(kind, filePath) {
      if (isWriting || preparing !== undefined || findRunningImport(db) !== undefined)
        throw refuse('import.running');
      const token = randomUUID();
      const stop = new AbortController();
      preparing = { token, stop };
      pending = undefined;
      try {
        await requireReadable(filePath);
        removeStaging([]);
        mkdirSync(folder, { recursive: true });
        const prepared = await runImportWorker(
          parts.workerFile,
          { databaseFile, stagingFile: stagingFile(token), filePath, kind },
          stop.signal,
          (progress) => onProgress({ token, ...progress }),
        );
        pending = { token, fileName: basename(filePath), prepared };
        const { sha256: _sha256, ...shown } = prepared;
        return { token, fileName: pending.fileName, ...shown };
      } finally {
        preparing = undefined;
        if (pending === undefined) removeStaging([]);
      }
    },

    async confirm(token, person) {
      if (isWriting) throw refuse('import.running');
      const begun = findRunningImport(db);
      if (begun !== undefined) {
        // Broken off by a full disk or the like in this very session: confirming again goes on.
        if (begun.token !== token) throw refuse('import.running');
        return write(token);
      }
      const { prepared, fileName } = requirePending(token);
      if (prepared.added + prepared.changed === 0) throw refuse('import.nothingToImport');
      startImport(db, append, { token, fileName, prepared, person, asOfMs: clock() });
      return write(token);
    },

    cancel(token) {
      if (preparing?.token === token) preparing.stop.abort();
      if (isWriting || pending?.token !== token || findRunningImport(db)?.token === token) return;
      pending = undefined;
      removeStaging([preparing?.token]);
    },

    badLinesCsv(token) {
      requirePending(token);
      const staging = readStaging(stagingFile(token));
      try {
        const lines = [...staging.badLines()].map(({ line, column, reason, value }) => [
          line,
          column ?? '',
          reason,
          withoutFormula(value),
        ]);
        return `\ufeff${Papa.unparse({ fields: ['line', 'column', 'reason', 'value'], data: lines })}\r\n`;
      } finally {
        staging.close();
      }
    },

    async resume() {
      const begun = findRunningImport(db);
      removeStaging([begun?.token]);
      return begun === undefined ? null : write(begun.token);
    },

    close() {
      preparing?.stop.abort();
    },
  };
}

async function requireReadable(filePath: string): Promise<void> {
  const about = await stat(filePath).catch(() => undefined);
  if (about?.isFile() !== true) throw refuse('import.unreadable');
  if (about.size > maximumMegabytes * 1024 * 1024) throw refuse('import.tooLarge', { maximumMegabytes });
}

/** A spreadsheet runs what begins with one of these as a formula; the file's text is a stranger's. */
function withoutFormula(value: string): string {
  return /^[=+\-@\t]/.test(value) ? `'${value}` : value;
}
