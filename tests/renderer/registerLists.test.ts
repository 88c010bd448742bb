import { beforeEach, expect, it } from 'vitest';
import { entitlementSum, forgetEntitlements, useEntitlements } from '../../renderer/stores/entitlements.ts';
import { forgetUndone, periodProblems, useUndone } from '../../renderer/stores/undone.ts';
import type { EntitlementView } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const entitlement = (minor: number, isUndone = false) => ({ minor, isUndone }) as EntitlementView;

beforeEach(() => {
  forgetEntitlements();
  forgetUndone();
});

it('what was taken back is not in the sum of the entitlements', () => {
  expect(entitlementSum([entitlement(12_050), entitlement(99_900, true), entitlement(5)])).toBe(12_055);
});

it('an answer for another month comes too late', async () => {
  const slow = later<Reply<unknown>>();
  standIn({
    'registers.entitlements': (input) =>
      (input as { month: string | null }).month === null ? slow.promise : ok([entitlement(1)]),
  });
  const first = useEntitlements.getState().load();
  await useEntitlements.getState().choose('2026-09');
  slow.resolve(ok([entitlement(1), entitlement(2)]));
  await first;
  expect(useEntitlements.getState()).toMatchObject({ month: '2026-09', rows: [{ minor: 1 }] });
});

it('receipts taken back are shown from the first of the month to today, until other days are typed', async () => {
  const { asked } = standIn({ 'reports.undone': () => ok([]) });
  await useUndone.getState().begin('2026-11-25');
  useUndone.getState().type({ fromText: '1/9/26' });
  await useUndone.getState().load();
  await useUndone.getState().begin('2026-11-25');
  expect(asked.map(({ input }) => input)).toEqual([
    { from: '2026-11-01', to: '2026-11-25' },
    { from: '2026-09-01', to: '2026-11-25' },
    { from: '2026-09-01', to: '2026-11-25' },
  ]);
});

it('days that are none, or stand the wrong way round, are not asked for', async () => {
  const { asked } = standIn({ 'reports.undone': () => ok([]) });
  expect(periodProblems({ fromText: '31/2/2026', toText: '' })).toEqual({ from: 'notADate', to: 'notADate' });
  expect(periodProblems({ fromText: '2/3/2026', toText: '1/3/2026' })).toEqual({ from: null, to: 'order' });
  expect(periodProblems({ fromText: '1/3/2026', toText: '1/3/2026' })).toEqual({ from: null, to: null });
  useUndone.getState().type({ fromText: '2/3/2026', toText: '1/3/2026' });
  await useUndone.getState().load();
  expect(asked).toEqual([]);
});
