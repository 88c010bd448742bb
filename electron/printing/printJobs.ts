import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { PaperContent, PaperDocument, PaperKind } from '../../shared/domain/paper.ts';
import type { PrintedDocument, PrintState } from '../../shared/domain/printed.ts';
import type { PrintProblem } from '../../shared/ipc/printing.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** A job as the queue and the journal know it. */
export type PrintJob = {
  readonly id: number;
  readonly document: PrintedDocument;
  /** Of a receipt or the slip that takes it back; null for every other paper. */
  readonly paymentId: number | null;
  /** The row (shift, day, deposit …) whose paper it is; null for a payment's. */
  readonly subjectId: number | null;
  readonly title: string;
  readonly copyNumber: number;
  /** The printer that a person chose, or that it was sent to; null: by the routes. */
  readonly printerId: string | null;
  readonly state: PrintState;
  readonly attempts: number;
  readonly problem: PrintProblem | null;
};

/**
 * Whose paper it is: a payment's, or that of another act by the number of its row. One original of each document and
 * subject; an act without a row of its own (an X report) has its journal entry's sequence.
 */
export type PaperOf =
  | { readonly document: 'receipt' | 'undoSlip'; readonly paymentId: number }
  | { readonly document: PaperKind; readonly subjectId: number };

export type OriginalJob = PaperOf & {
  /** What a person calls it: the receipt's number, 'Z-KY01-000012' … */
  readonly title: string;
  /**
   * What it says, as canonical JSON: a ReceiptContent for a payment's papers, a PaperDocument for every other. Of a
   * receipt the very text whose hash is in the journal. Bytes are its UTF-8.
   */
  readonly content: string | Buffer;
  readonly userId: number;
  readonly atMs: number;
};

/**
 * The original's job, written in its act's own transaction: there is no payment, close or deposit without its paper's
 * content. Nudge the queue after the transaction.
 * @returns the job's id
 */
export function insertOriginal(tx: Tx, job: OriginalJob): number {
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO print_jobs
         (document, payment_id, subject_id, title, copy_number, content, user_id, state, created_at_ms, changed_at_ms)
       VALUES (?, ?, ?, ?, 0, CAST(? AS TEXT), ?, 'intended', ?, ?)`,
  ).run(
    job.document,
    'paymentId' in job ? job.paymentId : null,
    'subjectId' in job ? job.subjectId : null,
    job.title,
    job.content,
    job.userId,
    job.atMs,
    job.atMs,
  );
  return Number(lastInsertRowid);
}

export type NewPaper = {
  readonly paper: PaperDocument;
  /** The row whose paper it is: see PaperOf. */
  readonly subjectId: number;
  readonly userId: number;
  readonly atMs: number;
};

/**
 * The original of a paper in the paper language (a shift's report, a deposit's slip …), in its act's own transaction.
 * Nudge the queue after the transaction.
 * @returns the job's id
 */
export function insertPaper(tx: Tx, { paper, ...of }: NewPaper): number {
  const title = paper.number ?? paper.title;
  return insertOriginal(tx, { ...of, document: paper.kind, title, content: canonicalJson(paper) });
}

export type NewCopy = {
  readonly requestId: string;
  readonly of: PaperOf;
  readonly reason: string;
  readonly userId: number;
  readonly atMs: number;
};

/**
 * A second paper: a marked copy, drawn from the original's content, with the next number. The same request again
 * finds the copy that it made.
 * @throws Refusal `receipt.notFound` without an original; `request.reused` when the request made something else
 */
export function insertCopy(tx: Tx, copy: NewCopy): { job: PrintJob; wasThere: boolean } {
  const of = copiesOf(copy.of);
  const earlier = findJobByRequest(tx, copy.requestId);
  if (earlier !== null) {
    if (earlier.document !== of.document || subjectOf(paperOf(earlier)) !== subjectOf(of))
      throw refuse('request.reused');
    return { job: earlier, wasThere: true };
  }
  const original = getOriginal(tx, of);
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO print_jobs
         (request_id, document, ${subjectColumn(of)}, title, copy_number, reason, user_id, state, created_at_ms,
          changed_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'intended', ?, ?)`,
  ).run(
    copy.requestId,
    of.document,
    subjectOf(of),
    original.title,
    nextCopyNumber(tx, of),
    copy.reason,
    copy.userId,
    copy.atMs,
    copy.atMs,
  );
  return { job: getJob(tx, Number(lastInsertRowid)), wasThere: false };
}

/** A copy of the slip that takes a receipt back is a copy of the receipt that says so. */
export function copiesOf(paper: PaperOf): PaperOf {
  return paper.document === 'undoSlip' ? { ...paper, document: 'receipt' } : paper;
}

/** Whose paper a job is. */
export function paperOf(job: Pick<PrintJob, 'document' | 'paymentId' | 'subjectId'>): PaperOf {
  const { document, paymentId, subjectId } = job;
  if (document === 'receipt' || document === 'undoSlip') {
    if (paymentId === null) throw new Error(`a ${document} without a payment`);
    return { document, paymentId };
  }
  if (subjectId === null) throw new Error(`a ${document} without a subject`);
  return { document, subjectId };
}

function subjectOf(paper: PaperOf): number {
  return 'paymentId' in paper ? paper.paymentId : paper.subjectId;
}

function subjectColumn(paper: PaperOf): 'payment_id' | 'subject_id' {
  return 'paymentId' in paper ? 'payment_id' : 'subject_id';
}

const jobColumns = `
  SELECT id, document, payment_id AS paymentId, subject_id AS subjectId, title, copy_number AS copyNumber,
         printer_id AS printerId, state, attempts, problem
  FROM print_jobs`;

export function findJob(db: ReadDb, id: number): PrintJob | null {
  return prepared<PrintJob>(db, `${jobColumns} WHERE id = ?`).get(id) ?? null;
}

function getJob(db: ReadDb, id: number): PrintJob {
  const job = findJob(db, id);
  if (job === null) throw new Error(`no print job ${id}`);
  return job;
}

function findJobByRequest(db: ReadDb, requestId: string): PrintJob | null {
  return prepared<PrintJob>(db, `${jobColumns} WHERE request_id = ?`).get(requestId) ?? null;
}

/** The very condition of the index of what is not on paper for certain: beside it a narrower one reads that index. */
export const isUnfinished = `(state = 'intended' OR state = 'sending' OR state = 'failedNotSent' OR state = 'unknown')`;
/** Of the index of what was sent to a printer. */
const wasSent = `(state = 'sent' OR state = 'confirmed' OR state = 'unknown')`;

/** Which jobs are a printer's: those sent to it, and of those nobody sent anywhere the documents routed to it. */
export type JobsOfPrinter = {
  readonly printerId: string;
  /** Every printer that there is: a job for one that was taken away goes by the routes again. */
  readonly known: readonly string[];
  readonly documents: readonly PrintedDocument[];
};

const isOfPrinter = `(printer_id = @printerId
    OR (document IN (SELECT value FROM json_each(@documents))
        AND (printer_id IS NULL OR printer_id NOT IN (SELECT value FROM json_each(@known)))))`;

function printerParameters({ printerId, known, documents }: JobsOfPrinter) {
  return { printerId, known: JSON.stringify(known), documents: JSON.stringify(documents) };
}

/**
 * The next paper of a printer: the oldest that waits. One that could not be drawn goes to the end, so that it keeps
 * nobody else's receipt from coming out; a printer's trouble keeps the order, because it is everybody's trouble.
 */
export function findNextJob(db: ReadDb, of: JobsOfPrinter): PrintJob | null {
  return (
    prepared<PrintJob>(
      db,
      `${jobColumns} WHERE ${isUnfinished} AND state IN ('intended', 'failedNotSent') AND ${isOfPrinter}
         ORDER BY (problem IS 'drawing'), id LIMIT 1`,
    ).get(printerParameters(of)) ?? null
  );
}

/** What may still go to another printer: nothing of it was sent anywhere. */
export function listMovable(db: ReadDb, of: JobsOfPrinter): PrintJob[] {
  return prepared<PrintJob>(
    db,
    `${jobColumns} WHERE ${isUnfinished} AND state IN ('intended', 'failedNotSent') AND ${isOfPrinter} ORDER BY id`,
  ).all(printerParameters(of));
}

/** True while a paper of this act still waits for a printer. */
export function isPaperWaiting(db: ReadDb, paper: PaperOf): boolean {
  const which =
    'paymentId' in paper ? 'payment_id = @subject' : 'subject_id = @subject AND document = @document';
  return (
    prepared(
      db,
      `SELECT 1 FROM print_jobs
         WHERE ${which} AND state IN ('intended', 'sending', 'failedNotSent') LIMIT 1`,
    ).get(
      'paymentId' in paper
        ? { subject: paper.paymentId }
        : { subject: paper.subjectId, document: paper.document },
    ) !== undefined
  );
}

/**
 * True when the last job that reached this printer may have ended in the middle, also in an earlier life of the program:
 * the printer may then still wait for the rest of a band. An answered job keeps the problem that it was asked with.
 */
export function didLastBreakOff(db: ReadDb, printerId: string): boolean {
  const last = prepared<{ problem: PrintProblem | null }>(
    db,
    `SELECT problem FROM print_jobs WHERE printer_id = ? AND ${wasSent}
       ORDER BY changed_at_ms DESC, id DESC LIMIT 1`,
  ).get(printerId);
  return last !== undefined && last.problem !== null;
}

/** Jobs that were being sent when the program ended. */
export function listInterrupted(db: ReadDb): PrintJob[] {
  return prepared<PrintJob>(
    db,
    `${jobColumns} WHERE ${isUnfinished} AND state = 'sending' ORDER BY id`,
  ).all();
}

/**
 * What the paper says, as it was frozen with its act; a copy has its original's, and a copy of a receipt that was taken
 * back says so: it is a copy of the slip.
 * @throws Refusal `printing.jobNotFound`, `receipt.notFound`
 */
export function getContent(db: ReadDb, jobId: number): PaperContent {
  const job = findJob(db, jobId);
  if (job === null) throw refuse('printing.jobNotFound');
  return job.copyNumber > 0 ? getContentOfCopies(db, paperOf(job)) : getOriginal(db, paperOf(job)).content;
}

/**
 * What a copy made now says.
 * @throws Refusal `receipt.notFound`
 */
export function getContentOfCopies(db: ReadDb, of: PaperOf): PaperContent {
  const slip = 'paymentId' in of ? findOriginal(db, { ...of, document: 'undoSlip' }) : null;
  return (slip ?? getOriginal(db, copiesOf(of))).content;
}

export type OriginalPaper = {
  readonly jobId: number;
  readonly title: string;
  readonly content: PaperContent;
};

/** @throws Refusal `receipt.notFound` */
export function getOriginal(db: ReadDb, of: PaperOf): OriginalPaper {
  const original = findOriginal(db, of);
  if (original === null) throw refuse('receipt.notFound');
  return original;
}

function findOriginal(db: ReadDb, of: PaperOf): OriginalPaper | null {
  const row = prepared<{ jobId: number; title: string; content: string }>(
    db,
    `SELECT id AS jobId, title, content FROM print_jobs
      WHERE document = ? AND ${subjectColumn(of)} = ? AND copy_number = 0`,
  ).get(of.document, subjectOf(of));
  return row === undefined ? null : { ...row, content: JSON.parse(row.content) as PaperContent };
}

/** The number of the next copy of a paper, printed or saved: one row of numbers for both. */
export function nextCopyNumber(db: ReadDb, of: PaperOf): number {
  const paper = copiesOf(of);
  const column = subjectColumn(of);
  const row = prepared<{ printed: number | null; saved: number | null }>(
    db,
    `SELECT (SELECT max(copy_number) FROM print_jobs WHERE document = @document AND ${column} = @subject) AS printed,
            (SELECT max(saved.copy_number) FROM print_jobs original JOIN saved_documents saved
               ON saved.job_id = original.id
              WHERE original.document = @document AND original.${column} = @subject
                AND original.copy_number = 0) AS saved`,
  ).get({ document: paper.document, subject: subjectOf(paper) });
  return Math.max(row?.printed ?? 0, row?.saved ?? 0) + 1;
}

export type DrawnBitmap = {
  readonly width: number;
  readonly height: number;
  readonly deflated: Uint8Array;
};

/** Keeps the very dots with the job, and where they go; the next thing that happens is the first byte. */
export function markSending(tx: Tx, id: number, bitmap: DrawnBitmap, printerId: string, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = 'sending', attempts = attempts + 1, problem = NULL, bitmap = ?,
         bitmap_width = ?, bitmap_height = ?, printer_id = ?, changed_at_ms = ?
       WHERE id = ? AND state IN ('intended', 'failedNotSent')`,
  ).run(Buffer.from(bitmap.deflated), bitmap.width, bitmap.height, printerId, atMs, id);
  requireOne(changes, id);
}

/** @param state what became of a job that was being sent */
export function markSent(tx: Tx, id: number, state: 'sent' | 'confirmed', atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = ?, problem = NULL, changed_at_ms = ? WHERE id = ? AND state = 'sending'`,
  ).run(state, atMs, id);
  requireOne(changes, id);
}

export function markUnknown(tx: Tx, id: number, problem: PrintProblem, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = 'unknown', problem = ?, changed_at_ms = ? WHERE id = ? AND state = 'sending'`,
  ).run(problem, atMs, id);
  requireOne(changes, id);
}

/** Not one byte went out. */
export function markFailed(tx: Tx, id: number, problem: PrintProblem, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = 'failedNotSent', attempts = attempts + 1, problem = ?, changed_at_ms = ?
       WHERE id = ? AND state IN ('intended', 'failedNotSent')`,
  ).run(problem, atMs, id);
  requireOne(changes, id);
}

/** A person sends it to another printer, where it begins anew. */
export function markMoved(tx: Tx, id: number, printerId: string, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = 'intended', problem = NULL, printer_id = ?, changed_at_ms = ?
       WHERE id = ? AND state IN ('intended', 'failedNotSent')`,
  ).run(printerId, atMs, id);
  requireOne(changes, id);
}

/**
 * A person looked. It came out: confirmed. It did not: the job stays 'sent' (its bytes did go out, and it is never
 * sent again by itself), and a marked copy takes its place.
 */
export function markAnswered(tx: Tx, id: number, cameOut: boolean, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = ?, changed_at_ms = ? WHERE id = ? AND state = 'unknown'`,
  ).run(cameOut ? 'confirmed' : 'sent', atMs, id);
  requireOne(changes, id);
}

function requireOne(changes: number, id: number): void {
  if (changes !== 1) throw new Error(`print job ${id} is not in the state it was thought to be`);
}

/** Jobs of which only a person knows whether the paper came out, oldest first. */
export function listUnknown(db: ReadDb): PrintJob[] {
  return prepared<PrintJob>(
    db,
    `${jobColumns} WHERE ${isUnfinished} AND state = 'unknown' ORDER BY id`,
  ).all();
}

/** What waits for paper, put together: a counter without a printer has thousands, and its status is asked for often. */
export type WaitingJobs = Pick<PrintJob, 'document' | 'printerId' | 'state'> & {
  readonly count: number;
  /** Of the oldest of them. */
  readonly problem: PrintProblem | null;
};

/** The groups with the oldest jobs first. */
export function countWaiting(db: ReadDb): WaitingJobs[] {
  // Where there is one min(), SQLite takes the bare columns from its row.
  return prepared<WaitingJobs & { oldest: number }>(
    db,
    `SELECT document, printer_id AS printerId, state, count(*) AS count, problem, min(id) AS oldest
       FROM print_jobs WHERE ${isUnfinished} AND state <> 'unknown' GROUP BY document, printer_id, state
      ORDER BY oldest`,
  ).all();
}
