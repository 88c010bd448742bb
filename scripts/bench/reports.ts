import { join } from 'node:path';
import type { Tx, WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { openReadOnly } from '../../electron/db/open.ts';
import { readQuickly } from '../../electron/reports/entries.ts';
import { runReport } from '../../electron/reports/runReport.ts';
import { createReporting } from '../../electron/reports/reporting.ts';
import { addDays, businessDate } from '../../shared/domain/dates.ts';
import type { ReportQuery } from '../../shared/domain/reports/report.ts';
import { reportIds } from '../../shared/domain/reports/report.ts';
import type { Place } from './data.ts';
import { closeTill, makeWorkFolder, openTill } from './data.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf, timed } from './statistics.ts';

const days = 30;
const shiftsPerDay = 4;
/** Two hundred thousand of a whole municipality's half a million accounts. */
const receiptsPerAccount = 0.4;
const ways = ['cash', 'cash', 'cash', 'card', 'cash'] as const;

/**
 * Each report of a month (of two hundred thousand receipts where the municipality is whole), as its worker makes it; and how long main is held by one that
 * it asks its worker for. The receipts are rows as a counter writes them, without their papers and journal.
 */
export async function benchReports(size: Place, runs: number, say: (text: string) => void): Promise<Row[]> {
  const work = await makeWorkFolder(size, say);
  try {
    const till = await openTill(work.folder);
    const to = addDays(businessDate(Date.now()), -1);
    const from = addDays(to, 1 - days);
    const each = Math.ceil((size.accounts * receiptsPerAccount) / (days * shiftsPerDay));
    transact(till.db, (tx) => writeMonth(tx, from, size.accounts, each));
    till.db.pragma('wal_checkpoint(TRUNCATE)');
    await closeTill(till);
    const receipts = each * days * shiftsPerDay;
    return await measured(join(work.folder, 'sanduq.db'), { from, to }, receipts, runs);
  } finally {
    work.remove();
  }
}

async function measured(
  file: string,
  period: Pick<ReportQuery, 'from' | 'to'>,
  receipts: number,
  runs: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const report of reportIds) {
    const query: ReportQuery = { report, ...period, till: null, cashierId: null };
    const times: number[][] = [];
    for (let run = 0; run <= runs; run += 1) {
      // As the worker does it: its connection is new each time.
      const db = openReadOnly(file);
      readQuickly(db);
      const took = timed(() => runReport(db, query, null));
      db.close();
      if (run > 0) times.push([took]);
    }
    rows.push(
      rowOf(`report ${report}, a month of ${receipts.toLocaleString('en')} receipts`, spreadOf(times), null, {
        text: 'p95 ≤ 1,000',
        isMet: ({ p95 }) => p95 <= 1000,
      }),
    );
  }
  const reporting = createReporting(
    join(import.meta.dirname, '../../electron/reports/reportWorker.ts'),
    file,
  );
  const held = await longestHold(() =>
    reporting.run({
      query: { report: 'services', ...period, till: null, cashierId: null },
      ownShiftId: null,
      output: { format: 'xlsx', language: 'ar', letterhead: '' },
    }),
  );
  reporting.close();
  rows.push(
    rowOf('main held while a report is made and written', spreadOf([[held]]), null, {
      text: '≤ 50',
      isMet: ({ p95 }) => p95 <= 50,
    }),
  );
  return rows;
}

/** The longest time for which nothing else could run, in milliseconds. */
async function longestHold(act: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 2);
    last = now;
  }, 2);
  await act();
  clearInterval(timer);
  return Math.max(0, longest);
}

/** Thirty days of four shifts; each receipt pays one or two bills, now and then with change. */
function writeMonth(tx: Tx & Partial<WriteDb>, from: string, accounts: number, each: number): void {
  const user = tx.prepare<[], { id: number }>(`SELECT id FROM users WHERE role = 'cashier'`).all();
  const shift = tx.prepare(
    `INSERT INTO shifts (id, open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor,
       close_request_id, closed_at_ms) VALUES (?, ?, 'KY01', ?, ?, ?, 0, ?, ?)`,
  );
  const payment = tx.prepare(
    `INSERT INTO payments (id, request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
       shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
     VALUES (@id, printf('%036d', @id), '', 'KY01', 2020, @id, printf('KY01-2020-%06d', @id), @shift, @user, @account,
       'عبد الرحمن محمد إبراهيم الأسطل', @atMs, @date, 'ILS', @minor, 0)`,
  );
  const tender = tx.prepare(
    `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor, details)
     VALUES (?, 1, ?, 'ILS', ?, ?, iif(? = 'cash', NULL, '{}'))`,
  );
  const change = tx.prepare(
    `INSERT INTO payment_change (payment_id, currency, minor, value_minor) VALUES (?, 'ILS', ?, ?)`,
  );
  const line = tx.prepare(
    `INSERT INTO payment_lines (payment_id, line, kind, account_id, bill_id, minor) VALUES (?, ?, 'bill', ?, ?, ?)`,
  );
  const firstId = 1_000_000;
  for (let at = 0; at < days * shiftsPerDay; at += 1) {
    const date = addDays(from, Math.floor(at / shiftsPerDay));
    const openedAtMs = Date.parse(`${date}T05:00:00Z`);
    const shiftId = 1_000_000 + at;
    const userId = user[at % user.length]?.id ?? 1;
    const request = (name: string): string => `${name}${String(shiftId)}`.padEnd(36, '0');
    shift.run(shiftId, request('o'), userId, date, openedAtMs, request('c'), openedAtMs + 25_000_000);
    for (let n = 0; n < each; n += 1) {
      const id = firstId + at * each + n;
      // Anybody, not in the order of the file: as people come.
      const account = 1 + ((id * 7919) % accounts);
      const bills = 1 + (id % 2);
      const minor = 1_000 * bills;
      const way = ways[id % ways.length] ?? 'cash';
      payment.run({ id, shift: shiftId, user: userId, account, atMs: openedAtMs + n * 14_000, date, minor });
      const over = way === 'cash' && id % 3 === 0 ? 500 : 0;
      tender.run(id, way, minor + over, minor + over, way);
      if (over > 0) change.run(id, over, over);
      for (let paid = 1; paid <= bills; paid += 1) line.run(id, paid, account, paid, 1_000);
    }
  }
}
