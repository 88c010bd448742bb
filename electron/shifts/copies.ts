import { refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { findJob } from '../printing/printJobs.ts';

/** Papers without a sum that a cashier's count could follow from. */
const open: ReadonlySet<string> = new Set(['receipt', 'undoSlip', 'custodySlip', 'drawerSlip', 'testPage']);

/**
 * A cashier has copies of receipts and slips, of the reports of their own closed shifts, and of what they printed
 * themselves: of a running shift others see sums that its cashier must not.
 * @throws Refusal session.forbidden
 */
export function requireMayCopy(
  db: ReadDb,
  which: { readonly paymentId: number } | { readonly jobId: number },
  person: Person,
): void {
  if (person.role !== 'cashier' || 'paymentId' in which) return;
  const job = findJob(db, which.jobId);
  if (job === null || open.has(job.document)) return;
  const own = prepared(
    db,
    job.document === 'shiftReport'
      ? `SELECT 1 FROM z_reports z JOIN shifts s ON s.id = z.shift_id WHERE z.id = @subject AND s.user_id = @person`
      : `SELECT 1 FROM print_jobs WHERE document = 'report' AND subject_id = @subject AND copy_number = 0
          AND user_id = @person`,
  ).get({ subject: job.subjectId, person: person.id });
  if (own === undefined) throw refuse('session.forbidden');
}
