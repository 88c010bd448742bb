import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { reportIds } from '../../shared/domain/reports/report.ts';
import { readOptions } from '../../scripts/bench/options.ts';
import type { Row } from '../../scripts/bench/report.ts';
import { rowOf, tableOf } from '../../scripts/bench/report.ts';
import { percentile, spreadOf } from '../../scripts/bench/statistics.ts';
import { removeFolder, temporaryFolder } from '../helpers/counter.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const rowShape: z.ZodType<Row> = z.strictObject({
  name: z.string().min(1),
  unit: z.literal('ms'),
  p50: z.number().positive(),
  p95: z.number().positive(),
  limit: z.number().positive().nullable(),
  ratio: z.number().positive().nullable(),
  goal: z.string().min(1),
  ok: z.boolean(),
});

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

test('a small bench prints its table and writes rows of the promised form', { timeout: 60_000 }, async () => {
  const jsonFile = join(folder, 'bench.json');
  const only = 'search,account,payment,receipt,reports,day';
  const args = ['--accounts', '500', '--runs', '1', '--only', only, '--json', jsonFile];
  const { stdout } = await run(process.execPath, [join(root, 'scripts/bench.ts'), ...args]);
  const rows = z.array(rowShape).parse(JSON.parse(readFileSync(jsonFile, 'utf8')));
  expect(rows.map(({ name }) => name)).toEqual([
    'search by name, each keystroke',
    'search by number, each keystroke',
    'opening an account',
    'one row, committed durably',
    'payment, the whole transaction',
    'receipt, bitmap and bytes',
    ...reportIds.map((report) => `report ${report}, a month of 240 receipts`),
    'main held while a report is made and written',
    'shift counted and closed, 2 payments',
    'day close, 20 shifts of 2 payments',
    'day close, 20 shifts of 2 payments, with its commit',
  ]);
  for (const row of rows) {
    expect(row.p95).toBeGreaterThanOrEqual(row.p50);
    expect(row.limit === null).toBe(row.ratio === null);
    expect(stdout).toContain(row.name);
  }
});

test('the quick form has a tenth of the data', () => {
  const [full, quick] = [readOptions([]), readOptions(['--quick'])];
  expect(full.accounts * full.billsPerAccount).toBe(5_000_000);
  expect(quick.accounts * quick.billsPerAccount).toBe(500_000);
});

test('a part that does not exist and a number that is none are refused', () => {
  expect(() => readOptions(['--only', 'search,speed'])).toThrow('no such part: speed');
  expect(() => readOptions(['--runs', '0'])).toThrow('--runs');
  expect(() => readOptions(['--accounts', '1e3'])).toThrow('--accounts');
});

test('a figure is the median of the runs, so that one disturbed run does not make it', () => {
  const calm = Array.from({ length: 100 }, (_, index) => index + 1);
  const disturbed = calm.map((time) => time * 50);
  expect(spreadOf([calm, disturbed, calm])).toEqual({ p50: 50, p95: 95 });
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test('a missed goal is said', () => {
  const spread = { p50: 2, p95: 9 };
  const goal = { text: 'p95 ≤ 2×', isMet: ({ ratio }: { ratio: number }) => ratio <= 2 };
  const missed = rowOf('slow', spread, { p50: 1, p95: 3 }, goal);
  expect(missed).toMatchObject({ limit: 3, ratio: 3, ok: false });
  expect(tableOf([missed])).toContain('MISSED');
  expect(rowOf('by its median', spread, { p50: 1, p95: 3 }, goal, 'p50')).toMatchObject({
    ratio: 2,
    ok: true,
  });
});
