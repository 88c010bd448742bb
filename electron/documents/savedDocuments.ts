import type { PaperContent } from '../../shared/domain/paper.ts';
import { isPaperDocument } from '../../shared/domain/paper.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** A payment's receipt, or the paper of any job. */
export type DocumentOf = { readonly paymentId: number } | { readonly jobId: number };

export type StoredPaper = {
  /** The original's job. */
  readonly jobId: number;
  readonly document: string;
  /** What a person calls it: the receipt's number, the report's. */
  readonly title: string;
  readonly content: PaperContent;
};

/**
 * What a copy of the paper says: the original's content, and of a receipt that was taken back the slip's.
 * @throws Refusal `receipt.notFound`
 */
export function getPaper(db: ReadDb, of: DocumentOf): StoredPaper {
  const jobId = 'jobId' in of ? of.jobId : findReceiptJob(db, of.paymentId);
  const row = prepared<{ jobId: number; document: string; content: string }>(
    db,
    `SELECT original.id AS jobId, original.document, coalesce(
         (SELECT slip.content FROM print_jobs slip
           WHERE slip.payment_id = job.payment_id AND slip.document = 'undoSlip' AND slip.copy_number = 0),
         original.content) AS content
       FROM print_jobs job JOIN print_jobs original
         ON original.copy_number = 0 AND original.payment_id = job.payment_id AND original.document = 'receipt'
      WHERE job.id = ?`,
  ).get(jobId);
  if (row === undefined) throw refuse('receipt.notFound');
  const content = JSON.parse(row.content) as PaperContent;
  const title = isPaperDocument(content) ? (content.number ?? content.title) : content.number;
  return { jobId: row.jobId, document: row.document, title, content };
}

function findReceiptJob(db: ReadDb, paymentId: number): number | null {
  return (
    prepared<{ id: number }>(
      db,
      `SELECT id FROM print_jobs WHERE payment_id = ? AND document = 'receipt' AND copy_number = 0`,
    ).get(paymentId)?.id ?? null
  );
}

/** The number of the next copy of this original, on paper or saved. */
export function nextCopyNumber(db: ReadDb, originalJobId: number): number {
  const row = prepared<{ printed: number | null; saved: number | null }>(
    db,
    `SELECT (SELECT max(copy.copy_number) FROM print_jobs original JOIN print_jobs copy
               ON copy.payment_id = original.payment_id AND copy.document = original.document
              WHERE original.id = @job) AS printed,
            (SELECT max(copy_number) FROM saved_documents WHERE job_id = @job) AS saved`,
  ).get({ job: originalJobId });
  return Math.max(row?.printed ?? 0, row?.saved ?? 0) + 1;
}

export type SavedCopy = {
  readonly jobId: number;
  readonly copyNumber: number;
  readonly reason: string;
  readonly userId: number;
  readonly atMs: number;
};

export function insertSaved(tx: Tx, copy: SavedCopy): void {
  const { jobId, copyNumber, reason, userId, atMs } = copy;
  prepared(
    tx,
    'INSERT INTO saved_documents (job_id, copy_number, reason, user_id, at_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(jobId, copyNumber, reason, userId, atMs);
}
