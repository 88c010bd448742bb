import { refuse } from '../../shared/errors.ts';
import type { CountPaper } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

type PaperRow = Omit<CountPaper, 'details'> & { readonly details: string };

const columns = `t.payment_id AS paymentId, t.line, p.receipt_number AS receiptNumber, t.kind, t.currency,
  t.received_minor AS minor, t.details`;

/** The cheques and slips that should lie in the drawer: of receipts that stand, and of cheques those still in hand. */
export function listPapers(db: ReadDb, shiftId: number): CountPaper[] {
  return prepared<PaperRow>(
    db,
    `SELECT ${columns}
       FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
      WHERE p.shift_id = ? AND t.kind IN ('cheque', 'card', 'transfer', 'entitlement', 'waiver')
        AND NOT EXISTS (SELECT 1 FROM undone_payments u WHERE u.payment_id = p.id)
        -- The cheques in hand are read once, not once for each.
        AND (t.kind <> 'cheque' OR (t.payment_id, t.line) IN (SELECT payment_id, line FROM cheques
          WHERE state = 'inHand'))
      ORDER BY t.payment_id, t.line`,
  )
    .all(shiftId)
    .map(paperOf);
}

/** Those that a count did not find. */
export function listMissing(db: ReadDb, countId: number): CountPaper[] {
  return prepared<PaperRow>(
    db,
    `SELECT ${columns}
       FROM count_papers c
       JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
       JOIN payments p ON p.id = t.payment_id
      WHERE c.count_id = ? AND c.is_present = 0 ORDER BY t.payment_id, t.line`,
  )
    .all(countId)
    .map(paperOf);
}

function paperOf({ details, ...row }: PaperRow): CountPaper {
  return { ...row, details: JSON.parse(details) as CountPaper['details'] };
}

export type TickedPaper = { readonly paymentId: number; readonly line: number; readonly isPresent: boolean };

/** @throws Refusal count.shiftMoved when other papers are listed than should lie there now */
export function requireAllTicked(papers: readonly CountPaper[], ticked: readonly TickedPaper[]): void {
  const keys = new Set(ticked.map(({ paymentId, line }) => `${paymentId}/${line}`));
  const isSame =
    keys.size === ticked.length &&
    ticked.length === papers.length &&
    papers.every(({ paymentId, line }) => keys.has(`${paymentId}/${line}`));
  if (!isSame) throw refuse('count.shiftMoved');
}
