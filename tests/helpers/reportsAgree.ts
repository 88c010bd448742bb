import { expect } from 'vitest';
import type { ReadDb } from '../../electron/db/connection.ts';
import { defaultAccounts } from '../../shared/domain/reports/accounts.ts';
import { runReport } from '../../electron/reports/runReport.ts';
import type { ReportFilter, ReportId, ReportTable } from '../../shared/domain/reports/report.ts';
import { totalOf } from '../../shared/domain/reports/table.ts';

const takings = ['cashiers', 'hours', 'tenders', 'services', 'arrears'] as const satisfies ReportId[];

/** Whatever happened: the same takings, whichever way they are added up, of all tills and of each. */
export function expectReportsToAgree(db: ReadDb, tills: readonly string[]): void {
  const period = { from: '2000-01-01', to: '2199-12-31', cashierId: null };
  const net = (report: ReportId, filter: ReportFilter): number =>
    totalOf(runReport(db, { ...filter, report }, null), 'net');
  for (const till of [null, ...tills]) {
    const daily = net('daily', { ...period, till });
    const books = runReport(db, { ...period, till, report: 'accounting' }, null);
    expectBooksToBalance(books);
    if (till === null) expectChequesInHand(db, books);
    for (const report of takings) expect([report, net(report, { ...period, till })]).toEqual([report, daily]);
  }
}

/** What is debited is credited: of each date, and of each kind of entry on it. */
function expectBooksToBalance({ rows }: ReportTable): void {
  const open = new Map<string, number>();
  for (const { cells } of rows) {
    const [date, , , words, debit, credit] = cells;
    const entry = JSON.stringify([date, words]);
    open.set(entry, (open.get(entry) ?? 0) + Number(debit) - Number(credit));
  }
  expect([...open].filter(([, minor]) => minor !== 0)).toEqual([]);
}

/** What the books have on the account of cheques is what the register has in hand. */
function expectChequesInHand(db: ReadDb, { rows }: ReportTable): void {
  const inBooks = rows
    .filter(({ cells: [, code] }) => code === defaultAccounts.cheque)
    .reduce((sum, { cells: [, , , , debit, credit] }) => sum + Number(debit) - Number(credit), 0);
  const inHand = db
    .prepare<[], { minor: number }>(
      `SELECT coalesce(sum(t.value_minor), 0) AS minor FROM cheques c
         JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line WHERE c.state = 'inHand'`,
    )
    .get();
  expect(inBooks).toBe(inHand?.minor);
}
