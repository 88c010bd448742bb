import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

/** What the entry of a receipt taken back must say; unknown fields of later versions pass. */
const undoneBody = z.looseObject({
  undoneId: z.number().int(),
  requestId: z.string(),
  kind: z.enum(['void', 'reversal']),
  paymentId: z.number().int(),
  receiptNumber: z.string(),
  shiftId: z.number().int(),
  /** Of its shift; not said before, when it was the day's. */
  businessDate: z.string().optional(),
  reason: z.string(),
  explanation: z.string(),
  approvalId: z.number().int(),
  approvedBy: z.string(),
  returned: z.array(z.looseObject({ currency: z.enum(currencies), minor: z.number().int() })),
  slipSha256: z.string(),
});

type UndoneRow = {
  readonly requestId: string;
  readonly kind: string;
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly shiftId: number;
  readonly userId: number;
  readonly reason: string;
  readonly explanation: string;
  readonly approvalId: number;
  readonly approvedBy: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly paidInShift: number;
  readonly isApproved: number;
  readonly slip: string | null;
};

/** Compares each receipt that was taken back with its signed entry, its approval, its cash and its slip. */
export function createUndoneCheck(db: ReadDb) {
  let count = 0;
  const findUndone = db.prepare<[number], UndoneRow>(
    `SELECT u.request_id AS requestId, u.kind, u.payment_id AS paymentId, p.receipt_number AS receiptNumber,
            u.shift_id AS shiftId, u.user_id AS userId, u.reason, u.explanation, u.approval_id AS approvalId,
            approver.login AS approvedBy, u.at_ms AS atMs, u.business_date AS businessDate,
            p.shift_id AS paidInShift,
            a.used_at_ms IS NOT NULL AND a.requested_by = u.user_id AND a.act = 'payment.undo' AS isApproved,
            (SELECT content FROM print_jobs j
              WHERE j.payment_id = p.id AND j.document = 'undoSlip' AND j.copy_number = 0) AS slip
       FROM undone_payments u
       JOIN payments p ON p.id = u.payment_id
       JOIN approvals a ON a.id = u.approval_id
       JOIN users approver ON approver.id = a.approver_id
      WHERE u.id = ?`,
  );
  const listReturned = db.prepare<[{ payment: number }], { currency: string; minor: number }>(
    `SELECT currency, sum(minor) AS minor FROM (
       SELECT currency, received_minor AS minor FROM payment_tenders WHERE payment_id = @payment AND kind = 'cash'
       UNION ALL SELECT currency, -minor FROM payment_change WHERE payment_id = @payment)
     GROUP BY currency HAVING sum(minor) <> 0 ORDER BY currency`,
  );

  function check(entry: JournalEntry): Problem | null {
    const parsed = undoneBody.safeParse(entry.body);
    const problem = (kind: Problem['kind'], detail: string): Problem => ({
      sequence: entry.sequence,
      kind,
      detail,
    });
    if (!parsed.success) return problem('unreadable', 'what was taken back has not its fields');
    count += 1;
    const body = parsed.data;
    const row = findUndone.get(body.undoneId);
    const differs = (field: string): Problem =>
      problem('rowsDiffer', `${body.receiptNumber} taken back: ${field}`);
    if (row === undefined) return differs('it is gone');
    const said = {
      requestId: body.requestId,
      kind: body.kind,
      paymentId: body.paymentId,
      receiptNumber: body.receiptNumber,
      shiftId: body.shiftId,
      userId: entry.actor?.id ?? 0,
      reason: body.reason,
      explanation: body.explanation,
      approvalId: body.approvalId,
      approvedBy: body.approvedBy,
      atMs: entry.atMs,
      businessDate: body.businessDate ?? entry.businessDate,
    };
    for (const field of Object.keys(said) as (keyof typeof said)[])
      if (said[field] !== row[field]) return differs(field);
    if ((row.kind === 'void') !== (row.shiftId === row.paidInShift)) return differs('kind');
    if (row.isApproved !== 1) return differs('approval');
    if (row.slip === null || createHash('sha256').update(row.slip).digest('hex') !== body.slipSha256)
      return differs('slip');
    const returned = body.returned
      .map(({ currency, minor }) => ({ currency, minor }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1));
    return JSON.stringify(returned) === JSON.stringify(listReturned.all({ payment: body.paymentId }))
      ? null
      : problem('sumWrong', `${body.receiptNumber} taken back: cash`);
  }

  /** Nothing was taken back that the journal does not know of. */
  function finish(): Problem | null {
    const rows = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM undone_payments').get()?.n ?? 0;
    return rows === count
      ? null
      : {
          sequence: null,
          kind: 'rowsDiffer',
          detail: `${rows} receipts taken back, ${count} in the journal`,
        };
  }

  return { check, finish };
}
