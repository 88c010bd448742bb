import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import { runReport } from '../../electron/reports/runReport.ts';
import type { FileDialogs } from '../../electron/services.ts';
import type { ReportId, ReportQuery } from '../../shared/domain/reports/report.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import { reportPaper } from '../../shared/domain/reports/reportPaper.ts';
import { reportIds } from '../../shared/domain/reports/report.ts';
import { cellText, reportSentence } from '../../shared/domain/reports/sentence.ts';
import { totalOf } from '../../shared/domain/reports/table.ts';
import { addDays } from '../../shared/domain/dates.ts';
import { removeFolder, signIn } from '../helpers/counter.ts';
import { openShift } from '../helpers/days.ts';
import { shekels } from '../helpers/payments.ts';
import type { Month } from './reportMonth.ts';
import { payment, smallMonth } from './reportMonth.ts';

let month: Month;
const saved: { name: string; bytes: Buffer }[] = [];
const saveDialog: FileDialogs['save'] = async (name, contents) => {
  saved.push({ name, bytes: Buffer.from(typeof contents === 'function' ? await contents() : contents) });
  return true;
};
const save = vi.fn(saveDialog);

beforeAll(async () => {
  month = await smallMonth({ fileDialogs: { choose: () => Promise.resolve(null), save } });
});
afterAll(async () => {
  await month.till.close();
  removeFolder(month.till.folder);
});
beforeEach(async () => {
  saved.length = 0;
  save.mockReset().mockImplementation(saveDialog);
  await signIn(month.till, 'nader');
});

function query(report: ReportId, edit: Partial<ReportQuery> = {}): ReportQuery {
  const [from, , to] = month.days;
  return { report, from, to, till: null, cashierId: null, ...edit };
}
const run = (report: ReportId, edit?: Partial<ReportQuery>) =>
  month.till.call('reports.run', query(report, edit));

/** How many files of reports the journal knows. */
async function journaled(): Promise<number> {
  return (await month.till.call('audit.entries', { act: 'report.saved', beforeSequence: null, limit: 1 }))
    .total;
}

/** The rows as they are read, in Arabic; figures as they are. */
async function rowsOf(report: ReportId, edit?: Partial<ReportQuery>): Promise<unknown[][]> {
  const { rows } = await run(report, edit);
  return rows.map(({ cells }) =>
    cells.map((cell) => (typeof cell === 'object' && cell !== null ? cellText(cell, 'ar') : cell)),
  );
}

test('daily: what was taken after midnight is of the shift’s date, what was taken back of the date on which it was', async () => {
  expect(await rowsOf('daily')).toEqual([
    [month.days[0], 5, 17_000, 0, 1, -3_000, 0, 14_000],
    [month.days[1], 4, 29_070, 130, 1, -5_000, 0, 24_200],
    [month.days[2], 0, 0, 0, 0, 0, -12_000, -12_000],
  ]);
  const table = await run('daily');
  expect(table.totals).toEqual([null, 9, 46_070, 130, 2, -8_000, -12_000, 26_200]);
  expect(reportSentence(table, 'en')).toContain('262.00 ₪ net from 9 receipts');
});

test('by cashier: who took back has the minus, and who entered the bounce has that', async () => {
  expect(await rowsOf('cashiers')).toEqual([
    ['أمل الصباح', 5, 17_000, 0, 1, -3_000, 0, 14_000],
    ['يوسف النجار', 4, 29_070, 130, 1, -5_000, 0, 24_200],
    ['هدى المنارة', 0, 0, 0, 0, 0, -12_000, -12_000],
  ]);
});

test('by hour: on the clock on the wall, the hours after midnight last', async () => {
  expect(await rowsOf('hours')).toEqual([
    ['09:00', 1, 12_000, 0, 0, 0, -12_000, 0],
    ['10:00', 4, 23_200, 0, 0, 0, 0, 23_200],
    ['11:00', 1, 3_000, 0, 1, -3_000, 0, 0],
    ['12:00', 1, 1_870, 130, 1, -5_000, 0, -3_000],
    ['23:00', 1, 4_000, 0, 0, 0, 0, 4_000],
    ['00:00', 1, 2_000, 0, 0, 0, 0, 2_000],
  ]);
});

test('by tender: each currency apart, change and what went back taken off', async () => {
  expect(await rowsOf('tenders')).toEqual([
    ['نقد', 'شيكل', 6, 24_500, -1_000, -8_000, 15_500, 15_500],
    ['نقد', 'دينار', 1, 10_000, 0, 0, 10_000, 5_200],
    ['شيكات', 'شيكل', 1, 12_000, 0, -12_000, 0, 0],
    ['بطاقات', 'شيكل', 1, 3_000, 0, 0, 3_000, 3_000],
    ['إعفاءات', 'شيكل', 1, 2_500, 0, 0, 2_500, 2_500],
  ]);
});

test('by service: bills, fees, what went on account and what change became', async () => {
  expect((await rowsOf('services')).map(([service, ...rest]) => [service, ...rest])).toEqual([
    [expect.stringContaining('مياه'), 3, 10_870, -5_000, 0, 5_870],
    [expect.any(String), 2, 22_000, 0, -12_000, 10_000],
    ['مخطط موقع', 1, 3_000, 0, 0, 3_000],
    ['غرامة تأخير', 1, 2_000, 0, 0, 2_000],
    ['دفعات على الحساب', 2, 8_200, -3_000, 0, 5_200],
    ['باقٍ قُيّد رصيدًا', 1, 130, 0, 0, 130],
  ]);
});

test('accounting: of every date what is debited is credited', async () => {
  const [first, second, third] = month.days;
  const receipts = 'سندات القبض';
  const differences = 'فروق الجرد';
  const lines = (await rowsOf('accounting')).map(([date, code, , ...rest]) => [date, code, ...rest]);
  expect(lines).toEqual([
    [first, '1101', receipts, 11_000, null],
    [first, '1120', receipts, 3_000, null],
    [first, '4000', receipts, null, 2_000],
    [first, '4000', receipts, null, 3_000],
    [first, '4000', receipts, null, 9_000],
    // A float that nobody had left there, less one shekel that was missing at the close.
    [first, '1101', differences, 19_900, null],
    [first, '5910', differences, null, 19_900],
    [second, '1101', receipts, 4_500, null],
    [second, '1102', receipts, 5_200, null],
    [second, '1110', receipts, 12_000, null],
    [second, '5200', receipts, 2_500, null],
    // More of it was taken back than was paid.
    [second, '4000', receipts, 3_130, null],
    [second, '4000', receipts, null, 22_000],
    [second, '2100', receipts, null, 5_330],
    [second, '1101', differences, 20_000, null],
    [second, '5910', differences, null, 20_000],
    // The cheque bounced, and what it had paid is owed again.
    [third, '1110', receipts, null, 12_000],
    [third, '4000', receipts, 12_000, null],
    // It had been brought to the bank, which gave it back.
    [third, '1200', 'شيكات إلى البنك', 12_000, null],
    [third, '1110', 'شيكات إلى البنك', null, 12_000],
    [third, '1200', 'شيكات عادت من البنك', null, 12_000],
    [third, '1110', 'شيكات عادت من البنك', 12_000, null],
  ]);
  const table = await run('accounting');
  expect(totalOf(table, 'debit')).toBe(totalOf(table, 'credit'));
  // The safe and the bank belong to no single cashier.
  const amal = (await month.till.call('reports.filters', {})).cashiers.find(({ en }) =>
    en.startsWith('Amal'),
  );
  const ofOne = await rowsOf('accounting', { cashierId: amal?.id ?? 0 });
  expect(ofOne.map(([, , , entry]) => entry)).not.toContain(differences);
});

test('accounting: codes are the municipality’s own, also of single services', async () => {
  const { till } = month;
  await signIn(till, 'admin');
  const settings = await till.call('settings.get', {});
  const [service] = await till.call('services.sold', {});
  const code = service?.code ?? '';
  await till.call('settings.set', {
    ...settings,
    accountCodes: { card: '1-20/5', [`service.${code}`]: '4170' },
  });
  const codes = new Set((await rowsOf('accounting')).map(([, account]) => account));
  expect([...codes]).toEqual(expect.arrayContaining(['1101', '1-20/5', '4000']));
  expect(codes).not.toContain('1120');
  const wrong = await till.ask('settings.set', { ...settings, accountCodes: { card: '=1+1' } });
  expect(wrong).toMatchObject({ ok: false, code: 'request.invalid' });
  await till.call('settings.set', settings);
});

test('every report is a paper for the roll and for the page, with its total', async () => {
  const letterhead = {
    municipality: { ar: 'بلدية', en: '' },
    centre: { ar: '', en: '' },
    isDemonstration: true,
  };
  for (const report of reportIds) {
    const table = await run(report);
    const [roll, sheet] = (['roll', 'page'] as const).map((size) => reportPaper(table, letterhead, size));
    const tableOf = (paper: PaperDocument | undefined) =>
      paper?.elements.find((element) => element.kind === 'table');
    expect(tableOf(roll)?.columns.length, report).toBeLessThanOrEqual(3);
    expect(tableOf(sheet)?.columns.length, report).toBe(table.totals.length);
    expect(tableOf(sheet)?.rows).toHaveLength(table.rows.length);
  }
  const roll = reportPaper(await run('daily'), letterhead, 'roll');
  expect(roll.elements.find(({ kind }) => kind === 'table')).toMatchObject({ total: ['المجموع', '262.00'] });
});

test('a report is printed and saved as a page, and the journal says by whom', async () => {
  const { till } = month;
  const { jobId } = await till.call('reports.print', query('tenders'));
  const [row] = (
    await till.call('printing.list', { text: '', document: 'report', state: null, before: null })
  ).rows;
  expect(row).toMatchObject({ jobId, document: 'report' });
  const printed = await till.call('audit.entries', { act: 'report.printed', beforeSequence: null, limit: 1 });
  expect(printed.rows[0]?.actor).toBe('nader');
  const before = await journaled();
  const kept = await till.call('reports.export', { query: query('services'), format: 'pdf', language: 'ar' });
  expect(kept).toEqual({ isSaved: true });
  expect(saved[0]?.name).toMatch(/\.pdf$/);
  expect(saved[0]?.bytes.toString('utf8')).toContain('التحصيل حسب الخدمة');
  expect(await journaled()).toBe(before + 1);
});

test('arrears are what was past its due date when it was paid, also where it came back later', async () => {
  expect(await rowsOf('arrears')).toEqual([
    [month.days[0], 5_000, 4_000, 2_000, 3_000, 0, 0, 14_000],
    [month.days[1], 7_000, 11_870, 0, 0, 5_330, 0, 24_200],
    [month.days[2], -12_000, 0, 0, 0, 0, 0, -12_000],
  ]);
});

test('facilitations: each waiver with its decision', async () => {
  const rows = await rowsOf('facilitations');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.slice(0, 3)).toEqual([month.days[1], '17/2026', '2026-01-05']);
  expect(rows[0]?.slice(5)).toEqual(['يوسف النجار', 2_500]);
});

test('voids and reversals: of who took back, on that date', async () => {
  expect(await rowsOf('undone')).toEqual([
    [month.days[0], 'أمل الصباح', 1, 3_000, 0, 0],
    [month.days[1], 'يوسف النجار', 0, 0, 1, 5_000],
  ]);
});

test('count differences: who counted short, in which currency; a shift that was right is not there', async () => {
  expect(await rowsOf('differences')).toEqual([[month.days[0], 'أمل الصباح', 'KY01', -100, null, null]]);
});

test('a till or a cashier narrows every report of takings alike', async () => {
  const { cashiers, tills } = await month.till.call('reports.filters', {});
  expect(tills.map(({ code }) => code)).toEqual(['KY01']);
  const amal = cashiers.find(({ ar }) => ar === 'أمل الصباح')?.id ?? 0;
  for (const report of ['daily', 'cashiers', 'services', 'tenders', 'hours', 'arrears'] as const) {
    expect(totalOf(await run(report, { cashierId: amal }), 'net')).toBe(14_000);
    expect(totalOf(await run(report, { till: 'KY01' }), 'net')).toBe(26_200);
    expect((await run(report, { till: 'KY09' })).rows).toEqual([]);
  }
});

test('a period in which nothing happened is said in words, in both languages', async () => {
  const before = addDays(month.days[0], -40);
  for (const report of reportIds) {
    const table = await run(report, { from: before, to: before });
    expect(table.rows).toEqual([]);
    expect(reportSentence(table, 'ar')).toMatch(/هذه المدة/);
    expect(reportSentence(table, 'en')).toMatch(/this period/);
  }
});

test('bad periods are refused: reversed, too long, in the future, no dates at all', async () => {
  const [from, , to] = month.days;
  const ask = (edit: Partial<ReportQuery>) => month.till.ask('reports.run', query('daily', edit));
  expect(await ask({ from: to, to: from })).toMatchObject({ code: 'report.reversed' });
  expect(await ask({ from: addDays(to, -366) })).toMatchObject({
    code: 'report.tooLong',
    params: { days: 366 },
  });
  expect(await ask({ from: addDays(to, 1), to: addDays(to, 2) })).toMatchObject({ code: 'report.future' });
  expect(await ask({ from: '2026-02-30' })).toMatchObject({ code: 'request.invalid' });
});

test('a cashier sees no report', async () => {
  await signIn(month.till, 'amal');
  for (const channel of ['reports.run', 'reports.export'] as const)
    expect(
      await month.till.ask(
        channel,
        (channel === 'reports.run'
          ? query('tenders')
          : { query: query('tenders'), format: 'csv', language: 'ar' }) as never,
      ),
    ).toMatchObject({ code: 'session.forbidden' });
});

test('the long reports say how far they are, one date after another', () => {
  const db = openReadOnly(join(month.till.folder, 'sanduq.db'));
  for (const report of ['services', 'arrears', 'accounting'] as const) {
    const told: [number, number][] = [];
    const table = runReport(db, query(report), null, (done, total) => told.push([done, total]));
    expect(table.rows.length, report).toBeGreaterThan(0);
    const totals = new Set(told.map(([, total]) => total));
    expect(told.length, report).toBeGreaterThan(1);
    expect([totals.size, [...totals][0]], report).toEqual([1, told.length]);
    expect(told.map(([done]) => done)).toEqual(told.map((_, at) => at + (told[0]?.[0] ?? 0)));
  }
  db.close();
});

test('who is cancelled hears so, and a second report stops the first', async () => {
  const first = month.till.ask('reports.run', query('daily'));
  const second = month.till.ask('reports.run', query('services'));
  expect(await first).toMatchObject({ ok: false, code: 'report.cancelled' });
  expect(await second).toMatchObject({ ok: true });
  const third = month.till.ask('reports.run', query('daily'));
  await month.till.call('reports.cancel', {});
  expect(await third).toMatchObject({ ok: false, code: 'report.cancelled' });
});

test('CSV: with a byte order mark, decimals, the totals, and nothing that a spreadsheet takes for a formula', async () => {
  const asked = { query: query('daily'), format: 'csv', language: 'en' } as const;
  expect(await month.till.call('reports.export', asked)).toEqual({ isSaved: true });
  const text = saved[0]?.bytes.toString('utf8') ?? '';
  expect(saved[0]?.name).toBe(`Daily takings ${month.days[0]} ${month.days[2]}.csv`);
  const lines = text.split('\r\n');
  expect(lines[0]).toBe(
    '\u{feff}Date,Receipts,Taken,Change kept as credit,Taken back,Value taken back,Cheques and transfers that failed,Net',
  );
  expect(lines[1]).toBe(`${month.days[0]},5,170.00,0.00,1,-30.00,0.00,140.00`);
  expect(lines[4]).toBe('Total,9,460.70,1.30,2,-80.00,-120.00,262.00');
});

test('XLSX: every report from right to left, with typed cells and totals as formulas', async () => {
  for (const report of reportIds) {
    saved.length = 0;
    const asked = { query: query(report), format: 'xlsx', language: 'ar' } as const;
    expect(await month.till.call('reports.export', asked)).toEqual({ isSaved: true });
    const bytes = saved[0]?.bytes ?? Buffer.alloc(0);
    const sheet = unzip(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('rightToLeft="1"');
    const { rows, totals } = await run(report);
    const read = await readSheet(bytes);
    // Head, names, rows, totals.
    expect(read).toHaveLength(5 + rows.length + 1);
    const columns = totals.flatMap((total, index) => (total === null ? [] : [index]));
    const letters = columns.map((index) => String.fromCodePoint(65 + index));
    expect([...sheet.matchAll(/<f>([^<]*)<\/f>/g)].map(([, formula]) => formula)).toEqual(
      letters.map((letter) => `SUM(${letter}6:${letter}${5 + rows.length})`),
    );
    // What the formula will add up is what the report says.
    for (const index of columns) {
      const figures = read.slice(5, 5 + rows.length).map((cells) => cells[index] ?? 0);
      expect(figures.every((figure) => typeof figure === 'number')).toBe(true);
    }
  }
  saved.length = 0;
  await month.till.call('reports.export', { query: query('daily'), format: 'xlsx', language: 'ar' });
  const read = await readSheet(saved[0]?.bytes ?? Buffer.alloc(0));
  expect(read[5]).toEqual([new Date(`${month.days[0]}T00:00:00Z`), 5, 170, 0, 1, -30, 0, 140]);
});

test('a file that cannot be written is said in words; a closed dialog saves and journals nothing', async () => {
  const asked = { query: query('daily'), format: 'xlsx', language: 'ar' } as const;
  save.mockImplementation(() => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' })));
  expect(await month.till.ask('reports.export', asked)).toMatchObject({ ok: false, code: 'report.notSaved' });
  save.mockImplementation(() => Promise.resolve(false));
  const before = await journaled();
  expect(await month.till.call('reports.export', asked)).toEqual({ isSaved: false });
  expect(await journaled()).toBe(before);
  save.mockImplementation(saveDialog);
  await month.till.call('reports.export', asked);
  expect(await journaled()).toBe(before + 1);
});

test('a supervisor who keeps a drawer does not read in a report what it should hold', async () => {
  await openShift(month.till, 'huda', 10_000);
  await month.till.call(
    'payments.take',
    payment([{ kind: 'advance', accountId: 1, minor: 1_000 }], [shekels(1_000)]),
  );
  const own = await run('tenders');
  expect(own.leavesOutOwnShift).toBe(true);
  expect(totalOf(own, 'net')).toBe(26_200);
  await signIn(month.till, 'nader');
  expect(totalOf(await run('tenders'), 'net')).toBe(27_200);
});

/** One entry of a zip, as text: the central directory says where. */
function unzip(bytes: Buffer, name: string): string {
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    const nameLength = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) !== name) continue;
    const size = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    return inflateRawSync(bytes.subarray(start, start + size)).toString('utf8');
  }
  throw new Error(`no ${name} in the file`);
}
