import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { refuse } from '../../shared/errors.ts';
import type { Input, Person } from '../../shared/ipc/contract.ts';
import type { PrintJobRow } from '../../shared/ipc/printing.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { PrintJob } from './printJobs.ts';
import { findJob } from './printJobs.ts';

const pageSize = 100;
/** How far back one look reads: about a month of a busy hall. */
const mostRowsRead = 50_000;

/**
 * Which papers a person may look at and have copies of; names the row `job`. A cashier has receipts and slips, the reports
 * of their own closed shifts, and what they printed themselves: of a running shift others see sums that its cashier must
 * not know before the count.
 */
const isVisible = `(@role <> 'cashier'
    OR job.document IN ('receipt', 'undoSlip', 'custodySlip', 'drawerSlip', 'testPage')
    OR (job.document = 'shiftReport' AND job.subject_id IN
          (SELECT z.id FROM z_reports z JOIN shifts s ON s.id = z.shift_id WHERE s.user_id = @personId))
    OR (job.document = 'report' AND EXISTS
          (SELECT 1 FROM print_jobs first WHERE first.document = 'report' AND first.subject_id = job.subject_id
             AND first.copy_number = 0 AND first.user_id = @personId)))`;

/** Printed papers by their number, kind and state, newest first: a page of a hundred. */
export function listJobs(
  db: ReadDb,
  { text, document, state, before }: Input<'printing.list'>,
  by: Pick<Person, 'id' | 'role'>,
): { rows: PrintJobRow[]; hasMore: boolean } {
  const found = prepared<PrintJobRow>(
    db,
    `SELECT job.id AS jobId, job.document, job.title, job.copy_number AS copyNumber, job.payment_id AS paymentId,
            job.state, job.problem, job.printer_id AS printer, job.reason, job.attempts,
            job.created_at_ms AS createdAtMs, job.changed_at_ms AS changedAtMs,
            person.name_ar AS personAr, person.name_en AS personEn
       FROM (SELECT id FROM print_jobs WHERE id < @before ORDER BY id DESC LIMIT ${mostRowsRead}) AS newest
       JOIN print_jobs AS job ON job.id = newest.id
       JOIN users AS person ON person.id = job.user_id
      WHERE (@document IS NULL OR job.document = @document)
        AND (@state IS NULL OR job.state = @state)
        AND (@text = '' OR instr(lower(job.title), @text) > 0)
        AND ${isVisible}
      ORDER BY job.id DESC
      LIMIT ${pageSize + 1}`,
  ).all({
    text: foldDigits(stripInvisible(text)).trim().toLowerCase(),
    document,
    state,
    before: before ?? Number.MAX_SAFE_INTEGER,
    role: by.role,
    personId: by.id,
  });
  return { rows: found.slice(0, pageSize), hasMore: found.length > pageSize };
}

/** @throws Refusal `printing.jobNotFound`; `session.forbidden` for a paper that is not this person's to see */
export function getVisibleJob(db: ReadDb, jobId: number, by: Pick<Person, 'id' | 'role'>): PrintJob {
  const job = findJob(db, jobId);
  if (job === null) throw refuse('printing.jobNotFound');
  const seen = prepared(db, `SELECT 1 FROM print_jobs AS job WHERE job.id = @jobId AND ${isVisible}`).get({
    jobId,
    role: by.role,
    personId: by.id,
  });
  if (seen === undefined) throw refuse('session.forbidden');
  return job;
}
