import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { surplusCauses } from '../../shared/domain/surplus.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

const surplusBody = z.looseObject({
  surplusId: z.number().int(),
  accountId: z.number().int(),
  accountNumber: z.string(),
  billId: z.number().int(),
  billNumber: z.string(),
  minor: z.number().int().positive(),
  cause: z.enum(surplusCauses),
  fileName: z.string(),
  sha256: z.string(),
  lines: z.array(
    z.looseObject({
      paymentId: z.number().int(),
      receiptNumber: z.string(),
      line: z.number().int(),
      minor: z.number().int().positive(),
    }),
  ),
});

/** Compares each surplus that became credit with its signed entry, and its parts with the receipts that had paid it. */
export function createSurplusCheck(db: ReadDb) {
  let count = 0;
  let lineCount = 0;
  const find = db.prepare<[number], Record<string, unknown>>(
    `SELECT s.account_id AS accountId, a.number AS accountNumber, s.bill_id AS billId, b.number AS billNumber, s.minor,
            s.cause, s.file_name AS fileName, s.file_sha256 AS sha256, s.at_ms AS atMs, s.business_date AS businessDate
       FROM surpluses s
       JOIN accounts a ON a.id = s.account_id
       JOIN bills b ON b.account_id = s.account_id AND b.id = s.bill_id
      WHERE s.id = ?`,
  );
  // A line that is not this bill's is none of this surplus.
  const listLines = db.prepare<[number]>(
    `SELECT x.payment_id AS paymentId, p.receipt_number AS receiptNumber, x.line, x.minor
       FROM surplus_lines x
       JOIN surpluses s ON s.id = x.surplus_id
       JOIN payments p ON p.id = x.payment_id
       JOIN payment_lines l ON l.payment_id = x.payment_id AND l.line = x.line
        AND l.account_id = s.account_id AND l.bill_id = s.bill_id
      WHERE x.surplus_id = ? ORDER BY x.payment_id DESC, x.line`,
  );

  function check(entry: JournalEntry): Problem | null {
    const problem = (kind: Problem['kind'], detail: string): Problem => ({
      sequence: entry.sequence,
      kind,
      detail,
    });
    const parsed = surplusBody.safeParse(entry.body);
    if (!parsed.success) return problem('unreadable', 'a surplus has not its fields');
    const body = parsed.data;
    const differs = (field: string): Problem =>
      problem('rowsDiffer', `surplus of bill ${body.billNumber}: ${field}`);
    count += 1;
    lineCount += body.lines.length;
    const row = find.get(body.surplusId);
    if (row === undefined) return differs('it is gone');
    const said: Record<string, unknown> = {
      accountId: body.accountId,
      accountNumber: body.accountNumber,
      billId: body.billId,
      billNumber: body.billNumber,
      minor: body.minor,
      cause: body.cause,
      fileName: body.fileName,
      sha256: body.sha256,
      atMs: entry.atMs,
      businessDate: entry.businessDate,
    };
    for (const field of Object.keys(said)) if (said[field] !== row[field]) return differs(field);
    const lines = body.lines.map(({ paymentId, receiptNumber, line, minor }) => ({
      paymentId,
      receiptNumber,
      line,
      minor,
    }));
    if (JSON.stringify(lines) !== JSON.stringify(listLines.all(body.surplusId))) return differs('lines');
    const shared = lines.reduce((sum, { minor }) => sum + minor, 0);
    return shared === body.minor ? null : problem('sumWrong', `surplus of bill ${body.billNumber}`);
  }

  /** No surplus that the journal does not know of, and none larger than what its receipt's line paid. */
  function finish(): Problem | null {
    const rows = db
      .prepare<[], { surpluses: number; lines: number }>(
        'SELECT (SELECT count(*) FROM surpluses) AS surpluses, (SELECT count(*) FROM surplus_lines) AS lines',
      )
      .get() ?? { surpluses: 0, lines: 0 };
    const whole = (kind: Problem['kind'], detail: string): Problem => ({ sequence: null, kind, detail });
    if (rows.surpluses !== count)
      return whole('rowsDiffer', `${rows.surpluses} surpluses, ${count} in the journal`);
    if (rows.lines !== lineCount)
      return whole('rowsDiffer', `${rows.lines} parts of surpluses, ${lineCount} in the journal`);
    const larger = db
      .prepare<[], { number: string }>(
        `SELECT p.receipt_number AS number FROM surplus_lines x
           JOIN payments p ON p.id = x.payment_id
           JOIN payment_lines l ON l.payment_id = x.payment_id AND l.line = x.line
          GROUP BY x.payment_id, x.line HAVING sum(x.minor) > min(l.minor) LIMIT 1`,
      )
      .get();
    return larger === undefined
      ? null
      : whole('sumWrong', `more of ${larger.number} became surplus than it had paid`);
  }

  return { check, finish };
}
