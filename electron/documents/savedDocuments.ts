import type { PaperContent } from '../../shared/domain/paper.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { PaperOf } from '../printing/printJobs.ts';
import { copiesOf, findJob, getContentOfCopies, getOriginal, paperOf } from '../printing/printJobs.ts';

/** A payment's receipt, or the paper of any job. */
export type DocumentOf = { readonly paymentId: number } | { readonly jobId: number };

export type StoredPaper = {
  readonly of: PaperOf;
  /** The original's job. */
  readonly jobId: number;
  /** What a person calls it: the receipt's number, the report's. */
  readonly title: string;
  readonly content: PaperContent;
};

/**
 * What a copy of the paper says: the original's content, and of a receipt that was taken back the slip's.
 * @throws Refusal `receipt.notFound`
 */
export function getPaper(db: ReadDb, which: DocumentOf): StoredPaper {
  const of = copiesOf(paperOfDocument(db, which));
  const { jobId, title } = getOriginal(db, of);
  return { of, jobId, title, content: getContentOfCopies(db, of) };
}

function paperOfDocument(db: ReadDb, which: DocumentOf): PaperOf {
  if ('paymentId' in which) return { document: 'receipt', paymentId: which.paymentId };
  const job = findJob(db, which.jobId);
  if (job === null) throw refuse('receipt.notFound');
  return paperOf(job);
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
