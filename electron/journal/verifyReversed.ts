import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

const reversedBody = z.looseObject({
  entryId: z.number().int(),
  requestId: z.string(),
  paymentId: z.number().int(),
  receiptNumber: z.string(),
  tenderLine: z.number().int(),
  valueMinor: z.number().int().nonnegative(),
  /** Since days are closed: what comes after a day's close belongs to the next. */
  businessDate: z.string().optional(),
  lines: z.array(
    z.looseObject({
      kind: z.enum(['credit', 'bill', 'debt', 'bankFee']),
      accountId: z.number().int(),
      billId: z.number().int().nullable(),
      minor: z.number().int().positive(),
    }),
  ),
});

/** What rounding took of a tender is owed to nobody: a reversing entry may be this much less than its tender. */
const mostRoundingMinor = 100;

/** Compares each reversing entry (a bounced cheque, a rejected transfer) with its signed entry and its tender. */
export function createReversedCheck(db: ReadDb) {
  let count = 0;
  const find = db.prepare<[number], Record<string, unknown>>(
    `SELECT e.request_id AS requestId, e.payment_id AS paymentId, p.receipt_number AS receiptNumber,
            e.tender_line AS tenderLine, e.value_minor AS valueMinor, e.user_id AS userId, e.at_ms AS atMs,
            e.business_date AS businessDate, t.value_minor AS tenderMinor,
            coalesce((SELECT state FROM cheques c WHERE c.payment_id = t.payment_id AND c.line = t.line),
              (SELECT state FROM transfers r WHERE r.payment_id = t.payment_id AND r.line = t.line)) AS state
       FROM reversing_entries e
       JOIN payments p ON p.id = e.payment_id
       JOIN payment_tenders t ON t.payment_id = e.payment_id AND t.line = e.tender_line
      WHERE e.id = ?`,
  );
  const listLines = db.prepare<[number]>(
    `SELECT kind, account_id AS accountId, bill_id AS billId, minor FROM reversing_lines
      WHERE entry_id = ? ORDER BY line`,
  );

  function check(entry: JournalEntry): Problem | null {
    const parsed = reversedBody.safeParse(entry.body);
    const problem = (kind: Problem['kind'], detail: string): Problem => ({
      sequence: entry.sequence,
      kind,
      detail,
    });
    if (!parsed.success) return problem('unreadable', 'a reversing entry has not its fields');
    count += 1;
    const body = parsed.data;
    const row = find.get(body.entryId);
    const differs = (field: string): Problem =>
      problem('rowsDiffer', `${body.receiptNumber}, tender ${body.tenderLine} reversed: ${field}`);
    if (row === undefined) return differs('it is gone');
    const said: Record<string, unknown> = {
      requestId: body.requestId,
      paymentId: body.paymentId,
      receiptNumber: body.receiptNumber,
      tenderLine: body.tenderLine,
      valueMinor: body.valueMinor,
      userId: entry.actor?.id ?? 0,
      atMs: entry.atMs,
      businessDate: body.businessDate ?? entry.businessDate,
    };
    for (const field of Object.keys(said)) if (said[field] !== row[field]) return differs(field);
    if (row['state'] === 'pending' || row['state'] === 'matched' || row['state'] === 'inHand')
      return differs('state');
    const lines = body.lines.map(({ kind, accountId, billId, minor }) => ({
      kind,
      accountId,
      billId,
      minor,
    }));
    if (JSON.stringify(lines) !== JSON.stringify(listLines.all(body.entryId))) return differs('lines');
    const reversed = lines.reduce((sum, { kind, minor }) => sum + (kind === 'bankFee' ? 0 : minor), 0);
    const short = body.valueMinor - reversed;
    return body.valueMinor === row['tenderMinor'] && short >= 0 && short <= mostRoundingMinor
      ? null
      : problem('sumWrong', `${body.receiptNumber}, tender ${body.tenderLine} reversed`);
  }

  /** Nothing was reversed that the journal does not know of. */
  function finish(): Problem | null {
    const rows = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM reversing_entries').get()?.n ?? 0;
    return rows === count
      ? null
      : { sequence: null, kind: 'rowsDiffer', detail: `${rows} reversing entries, ${count} in the journal` };
  }

  return { check, finish };
}
