import { expect, it } from 'vitest';
import { useReports } from '../../renderer/stores/reports.ts';
import type { ReportTable } from '../../shared/domain/reports/report.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const reports = () => useReports.getState();
const table = { rows: [], totals: [] } as unknown as ReportTable;

it('a long report says how far it is until it is there; the one that took its place is told apart', async () => {
  const answers = [later<Reply<unknown>>(), later<Reply<unknown>>()];
  let asked = 0;
  const { tell } = standIn({
    'reports.filters': () => ok({ tills: [], cashiers: [] }),
    'reports.run': () => answers[asked++]?.promise ?? ok(table),
  });
  const first = reports().begin('2026-11-25');
  await expect.poll(() => asked).toBe(1);
  expect(reports()).toMatchObject({ isWorking: true, percent: null });
  tell('report.progress', { done: 11, total: 30 });
  expect(reports().percent).toBe(37);

  const second = reports().chooseReport('services');
  expect(reports()).toMatchObject({ isWorking: true, percent: null });
  answers[0]?.resolve({ ok: false, code: 'report.cancelled', params: {} });
  await first;
  expect(reports()).toMatchObject({ isWorking: true, failure: null });
  tell('report.progress', { done: 3, total: 4 });
  expect(reports().percent).toBe(75);
  answers[1]?.resolve(ok(table));
  await second;
  expect(reports()).toMatchObject({ isWorking: false, table });
  tell('report.progress', { done: 4, total: 4 });
  expect(reports().percent).toBe(75);
});
