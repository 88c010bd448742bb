import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { PrinterStatus, PrintProblem, PrintState } from '../../shared/ipc/contract.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { nextCopyNumber } from '../documents/savedDocuments.ts';

/** A job as the queue and the journal know it. */
export type PrintJob = {
  readonly id: number;
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly copyNumber: number;
  readonly state: PrintState;
  readonly attempts: number;
  readonly problem: PrintProblem | null;
};

/** What a paper is: a receipt, or the slip that says it was taken back. */
export type PrintedDocument = 'receipt' | 'undoSlip';

export type OriginalJob = {
  readonly document: PrintedDocument;
  readonly paymentId: number;
  /** The receipt's content as canonical JSON: the very text whose hash is in the journal. */
  readonly content: string;
  readonly userId: number;
  readonly atMs: number;
};

/**
 * The original's job, written in the payment's own transaction: there is no payment without its paper's content.
 * @returns the job's id
 */
export function insertOriginal(tx: Tx, job: OriginalJob): number {
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO print_jobs
         (document, payment_id, copy_number, content, user_id, state, created_at_ms, changed_at_ms)
       VALUES (?, ?, 0, ?, ?, 'intended', ?, ?)`,
  ).run(job.document, job.paymentId, job.content, job.userId, job.atMs, job.atMs);
  return Number(lastInsertRowid);
}

export type NewCopy = {
  readonly requestId: string;
  readonly paymentId: number;
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
  const earlier = findJobByRequest(tx, copy.requestId);
  if (earlier !== null) {
    if (earlier.paymentId !== copy.paymentId) throw refuse('request.reused');
    return { job: earlier, wasThere: true };
  }
  const original = prepared<{ id: number }>(
    tx,
    `SELECT id FROM print_jobs WHERE payment_id = ? AND document = 'receipt' AND copy_number = 0`,
  ).get(copy.paymentId);
  if (original === undefined) throw refuse('receipt.notFound');
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO print_jobs
         (request_id, document, payment_id, copy_number, reason, user_id, state, created_at_ms, changed_at_ms)
       VALUES (?, 'receipt', ?, ?, ?, ?, 'intended', ?, ?)`,
  ).run(
    copy.requestId,
    copy.paymentId,
    nextCopyNumber(tx, original.id),
    copy.reason,
    copy.userId,
    copy.atMs,
    copy.atMs,
  );
  return { job: getJob(tx, Number(lastInsertRowid)), wasThere: false };
}

const jobColumns = `
  SELECT j.id, j.payment_id AS paymentId, p.receipt_number AS receiptNumber, j.copy_number AS copyNumber,
         j.state, j.attempts, j.problem
  FROM print_jobs j JOIN payments p ON p.id = j.payment_id`;

export function findJob(db: ReadDb, id: number): PrintJob | null {
  return prepared<PrintJob>(db, `${jobColumns} WHERE j.id = ?`).get(id) ?? null;
}

function getJob(db: ReadDb, id: number): PrintJob {
  const job = findJob(db, id);
  if (job === null) throw new Error(`no print job ${id}`);
  return job;
}

function findJobByRequest(db: ReadDb, requestId: string): PrintJob | null {
  return prepared<PrintJob>(db, `${jobColumns} WHERE j.request_id = ?`).get(requestId) ?? null;
}

/**
 * The next paper: the oldest that waits. One that could not be drawn goes to the end, so that it keeps nobody else's
 * receipt from coming out; a printer's trouble keeps the order, because it is everybody's trouble.
 */
export function findNextJob(db: ReadDb): PrintJob | null {
  return (
    prepared<PrintJob>(
      db,
      `${jobColumns} WHERE j.state IN ('intended', 'failedNotSent')
         ORDER BY (j.problem IS 'drawing'), j.id LIMIT 1`,
    ).get() ?? null
  );
}

/** True while a paper of this payment still waits for the printer. */
export function isPaperWaiting(db: ReadDb, paymentId: number): boolean {
  return (
    prepared(
      db,
      `SELECT 1 FROM print_jobs
         WHERE payment_id = ? AND state IN ('intended', 'sending', 'failedNotSent') LIMIT 1`,
    ).get(paymentId) !== undefined
  );
}

/**
 * True when the last job that reached the printer may have ended in the middle, also in an earlier life of the program:
 * the printer may then still wait for the rest of a band. An answered job keeps the problem that it was asked with.
 */
export function didLastBreakOff(db: ReadDb): boolean {
  const last = prepared<{ problem: PrintProblem | null }>(
    db,
    `SELECT problem FROM print_jobs WHERE state IN ('sent', 'confirmed', 'unknown')
       ORDER BY changed_at_ms DESC, id DESC LIMIT 1`,
  ).get();
  return last !== undefined && last.problem !== null;
}

/** Jobs that were being sent when the program ended. */
export function listInterrupted(db: ReadDb): PrintJob[] {
  return prepared<PrintJob>(db, `${jobColumns} WHERE j.state = 'sending' ORDER BY j.id`).all();
}

/**
 * What the paper says, as it was frozen with its act; a copy has its original's, and a copy of a receipt that was taken
 * back says so: it is a copy of the slip.
 */
export function getContent(db: ReadDb, jobId: number): ReceiptContent {
  const row = prepared<{ content: string }>(
    db,
    `SELECT coalesce(
         (SELECT slip.content FROM print_jobs slip
           WHERE j.copy_number > 0 AND slip.payment_id = j.payment_id AND slip.document = 'undoSlip'
             AND slip.copy_number = 0),
         original.content) AS content
       FROM print_jobs j JOIN print_jobs original
         ON original.payment_id = j.payment_id AND original.document = j.document AND original.copy_number = 0
      WHERE j.id = ?`,
  ).get(jobId);
  if (row === undefined) throw refuse('receipt.notFound');
  return JSON.parse(row.content) as ReceiptContent;
}

export type DrawnBitmap = {
  readonly width: number;
  readonly height: number;
  readonly deflated: Uint8Array;
};

/** Keeps the very dots with the job; the next thing that happens is the first byte. */
export function markSending(tx: Tx, id: number, bitmap: DrawnBitmap, atMs: number): void {
  const { changes } = prepared(
    tx,
    `UPDATE print_jobs SET state = 'sending', attempts = attempts + 1, problem = NULL, bitmap = ?,
         bitmap_width = ?, bitmap_height = ?, changed_at_ms = ?
       WHERE id = ? AND state IN ('intended', 'failedNotSent')`,
  ).run(Buffer.from(bitmap.deflated), bitmap.width, bitmap.height, atMs, id);
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

export type PrintCounts = Pick<PrinterStatus, 'waiting' | 'unknown' | 'lastProblem'>;

/** What the status bar needs, from the index of jobs that are not done. */
export function readPrintCounts(db: ReadDb): PrintCounts {
  const rows = prepared<PrintJob>(
    db,
    `${jobColumns} WHERE j.state IN ('intended', 'sending', 'failedNotSent', 'unknown') ORDER BY j.id`,
  ).all();
  const failing = rows.find((row) => row.state === 'failedNotSent');
  return {
    waiting: rows.filter((row) => row.state !== 'unknown').length,
    unknown: rows
      .filter((row) => row.state === 'unknown')
      .map((row) => ({ jobId: row.id, receiptNumber: row.receiptNumber })),
    lastProblem: failing?.problem ?? null,
  };
}
