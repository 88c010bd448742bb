import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ImportDone } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx, WriteDb } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { NewEntry } from '../journal/append.ts';
import { applyChange } from './applyChange.ts';
import type { Prepared } from './prepareImport.ts';
import { readStaging } from './staging.ts';
import type { StagingReader } from './staging.ts';

/*
 * Why many short transactions and not one: a single transaction over 100,000 lines holds main, and with it every
 * payment, for seconds; held open over many turns it would let payments slip into it. So confirming first commits the
 * decision itself (journal entry and a mark with the position), then writes in transactions of a few milliseconds,
 * each moving the mark on. A power cut leaves the mark and the staged file, and the next start goes on from exactly
 * there: nothing stays half done, nothing is done twice, and a payment waits for no more than one short transaction.
 */

const turnMs = 10;
const readAtOnce = 100;
const markKey = 'import.running';

export type ImportPerson = { readonly id: number; readonly login: string };
type Append = (tx: Tx, entry: NewEntry) => unknown;

const runningShape = z.strictObject({
  token: z.uuid(),
  kind: z.enum(['accounts', 'bills']),
  fileName: z.string(),
  sha256: z.string(),
  asOfMs: z.number().int(),
  actor: z.strictObject({ id: z.number().int(), login: z.string() }),
  /** How many staged changes have been written. */
  position: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  skipped: z.number().int(),
  unchanged: z.number().int(),
  // An import begun by a program before there were any says nothing of them.
  surpluses: z.number().int().default(0),
  surplusMinor: z.number().int().default(0),
});
/** A confirmed import that is not finished. */
export type RunningImport = z.infer<typeof runningShape>;

/** The confirmed import that is not finished yet, if there is one. */
export function findRunningImport(db: ReadDb): RunningImport | undefined {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM file_marks WHERE key = ?').get(markKey);
  return row === undefined ? undefined : runningShape.parse(JSON.parse(row.value));
}

/** Commits the decision: from here on the import is carried through. */
export function startImport(
  db: WriteDb,
  append: Append,
  decision: {
    readonly token: string;
    readonly fileName: string;
    readonly prepared: Prepared;
    readonly person: ImportPerson;
    readonly asOfMs: number;
  },
): void {
  const { token, fileName, asOfMs } = decision;
  const { kind, sha256, added, changed, unchanged, badLines, surpluses, surplusMinor } = decision.prepared;
  const actor = { id: decision.person.id, login: decision.person.login };
  transact(db, (tx) => {
    append(tx, {
      act: 'import.confirmed',
      actor,
      body: { kind, fileName, sha256, added, changed, unchanged, badLines, surpluses, surplusMinor },
    });
    writeMark(tx, {
      token,
      kind,
      fileName,
      sha256,
      asOfMs,
      actor,
      position: 0,
      added: 0,
      changed: 0,
      skipped: 0,
      unchanged,
      surpluses: 0,
      surplusMinor: 0,
    });
  });
}

/**
 * Writes what is left of the confirmed import and records how it ended.
 * @throws what the database throws; the mark stays and the import goes on at the next try
 */
export async function carryThrough(parts: {
  readonly db: WriteDb;
  readonly stagingFile: string;
  readonly append: Append;
  readonly clock: () => number;
  readonly onProgress: (written: number, total: number) => void;
}): Promise<ImportDone> {
  const { db, append, clock, onProgress } = parts;
  let running = findRunningImport(db);
  if (running === undefined) throw new Error('no import was begun');
  const staging = openStaging(parts.stagingFile);
  if (staging === undefined) {
    // The staged file is gone with the disk's last moments: say so; importing the file again finishes the work.
    return finish(db, append, running, 'interrupted');
  }
  try {
    while (running.position < staging.changes) {
      running = writeSome(db, staging, running, { append, atMs: clock() });
      onProgress(running.position, staging.changes);
      await nextTurn();
    }
    return finish(db, append, running, 'whole');
  } finally {
    staging.close();
  }
}

function writeSome(
  db: WriteDb,
  staging: StagingReader,
  running: RunningImport,
  now: { readonly append: Append; readonly atMs: number },
): RunningImport {
  const changes = staging.read(running.position, readAtOnce);
  if (changes.length === 0) throw new Error('the staged changes have a gap');
  const ends = performance.now() + turnMs;
  return transact(db, (tx) => {
    const next = { ...running };
    const { actor, fileName, sha256, asOfMs } = running;
    const context = { ...now, actor, fileName, sha256, asOfMs };
    for (const { position, change } of changes) {
      const { is, surplusMinor } = applyChange(tx, change, context);
      next[is] += 1;
      next.surpluses += surplusMinor > 0 ? 1 : 0;
      next.surplusMinor += surplusMinor;
      next.position = position;
      if (performance.now() >= ends) break;
    }
    writeMark(tx, next);
    return next;
  });
}

function finish(
  db: WriteDb,
  append: Append,
  running: RunningImport,
  outcome: 'whole' | 'interrupted',
): ImportDone {
  const { actor, kind, fileName, sha256, surpluses, surplusMinor, ...counts } = running;
  const { added, changed, unchanged, skipped } = counts;
  transact(db, (tx) => {
    append(tx, {
      act: 'import.finished',
      actor,
      body: { kind, fileName, sha256, outcome, added, changed, unchanged, skipped, surpluses, surplusMinor },
    });
    tx.prepare('DELETE FROM file_marks WHERE key = ?').run(markKey);
  });
  return { added, changed, unchanged, skipped, surpluses, surplusMinor };
}

function writeMark(tx: Tx, running: RunningImport): void {
  prepared(
    tx,
    'INSERT INTO file_marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(markKey, JSON.stringify(running));
}

/** Undefined when the file is missing or unreadable; nothing else of SQLite's is caught. */
function openStaging(file: string): StagingReader | undefined {
  try {
    return readStaging(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['SQLITE_CANTOPEN', 'SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR'].includes(code))
      return undefined;
    throw error;
  }
}
