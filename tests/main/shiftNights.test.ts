import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isShiftOver } from '../../shared/domain/businessDay.ts';
import { addDays, businessDate, formatTime, offsetMinutesAt } from '../../shared/domain/dates.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn } from '../helpers/counter.ts';
import { witness } from '../helpers/days.ts';
import { paymentOf } from '../helpers/payments.ts';
import { closingOf, countAndClose, countDrawer, countedFrom, drawerOf, ils } from '../helpers/shifts.ts';
import { expectNothingWritten } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let till: TestCounter;
let nowMs = 0;
tillForEach({ clock: () => nowMs }, async (fresh) => {
  till = fresh;
  nowMs = Date.parse('2026-11-25T08:00:00Z');
});

/** A moment by the clock on the wall in Gaza; of an hour that comes twice the first. */
function inGaza(date: string, time: string): number {
  const guess = Date.parse(`${date}T${time}:00Z`);
  for (const offset of [180, 120]) {
    const moment = guess - offset * minuteMs;
    if (businessDate(moment) === date && formatTime(moment) === time) return moment;
  }
  throw new Error(`${date} has no ${time}`);
}

async function open(login = 'amal'): Promise<number> {
  await signIn(till, login);
  const { shift } = await till.call('shifts.open', { requestId: randomUUID(), counts: ils([1000, 5]) });
  return shift.id;
}

async function pay() {
  return till.ask('payments.take', paymentOf(await accountWithBills(till, 1)));
}

/** The first moment of each change of the clock, in a year: forward in spring, back in autumn. */
function changesOf(year: number): { readonly atMs: number; readonly isForward: boolean }[] {
  const changes: { atMs: number; isForward: boolean }[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  let before = offsetMinutesAt(Date.UTC(year, 0, 1));
  for (let atMs = Date.UTC(year, 0, 1); atMs < end; atMs += 30 * minuteMs) {
    const offset = offsetMinutesAt(atMs);
    if (offset !== before) changes.push({ atMs, isForward: offset > before });
    before = offset;
  }
  return changes;
}

describe('the night of a shift', () => {
  test('its date stays its date after midnight: receipts, what is taken back, moves and the report', async () => {
    nowMs = inGaza('2026-12-31', '23:50');
    await open();
    nowMs = inGaza('2027-01-01', '00:10');
    const taken = await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
    expect(taken.receipt).toMatchObject({ businessDate: '2026-12-31', atMs: nowMs });
    expect(taken.receipt.number).toMatch(/^KY01-2026-/);
    const lines = ils([1000, 1]);
    const payIn = { requestId: randomUUID(), lines, bagNumber: 'B-1', note: '', receiver: witness('huda') };
    expect(await till.call('custody.payIn', payIn)).toMatchObject({ businessDate: '2026-12-31' });
    const { report } = await countAndClose(till);
    expect(report).toMatchObject({ businessDate: '2026-12-31', atMs: nowMs });
    await open();
    expect(await till.call('shifts.current', {})).toMatchObject({ businessDate: '2027-01-01' });
    const next = await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
    expect(next.receipt.number).toMatch(/^KY01-2027-/);
  });

  test('it takes money until one minute before four, and from four on can only be counted and closed', async () => {
    nowMs = inGaza('2026-11-25', '22:00');
    await open();
    nowMs = inGaza('2026-11-26', '03:59');
    expect(await pay()).toMatchObject({ ok: true });
    expect(await till.call('shifts.current', {})).toMatchObject({ isOver: false });
    nowMs = inGaza('2026-11-26', '04:00');
    expect(await pay()).toMatchObject({
      ok: false,
      code: 'shift.forgotten',
      params: { businessDate: '2026-11-25' },
    });
    expect(await till.call('shifts.current', {})).toMatchObject({ isOver: true });
    const { report } = await countAndClose(till);
    expect(report.businessDate).toBe('2026-11-25');
  });

  const changes = changesOf(2026);
  test('the clocks are changed twice a year, once each way', () => {
    expect(changes.map(({ isForward }) => isForward)).toEqual([true, false]);
  });

  test.each(changes.map((change) => [change.isForward ? 'forward' : 'back', change.atMs] as const))(
    'a night in which the clocks go %s: one shift, one date, and its four o’clock comes once',
    async (_, changeMs) => {
      const evening = addDays(businessDate(changeMs), formatTime(changeMs) < '04:00' ? -1 : 0);
      nowMs = inGaza(evening, '22:00');
      await open();
      const over = inGaza(addDays(evening, 1), '04:00');
      // A minute before the change, at it, and half an hour after it.
      for (const atMs of [changeMs - minuteMs, changeMs, changeMs + hourMs / 2, over - minuteMs]) {
        nowMs = atMs;
        const taken = await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
        expect(taken.receipt.businessDate).toBe(evening);
      }
      nowMs = over;
      expect(await pay()).toMatchObject({ ok: false, code: 'shift.forgotten' });
      const { report } = await countAndClose(till);
      expect(report).toMatchObject({ businessDate: evening, receipts: 4 });
    },
  );

  test.each([2024, 2025, 2026, 2027, 2028])(
    'in %s no shift that is over begins again, on any night',
    (year) => {
      for (const { atMs } of changesOf(year)) {
        const evening = addDays(businessDate(atMs), -1);
        for (const date of [evening, addDays(evening, 1)]) {
          const from = inGaza(date, '12:00');
          const states = Array.from({ length: 26 * 60 }, (_, minute) =>
            isShiftOver(date, from + minute * minuteMs),
          );
          const first = states.indexOf(true);
          expect(first).toBeGreaterThan(14 * 60);
          expect(states.slice(first).every(Boolean)).toBe(true);
          expect(formatTime(from + first * minuteMs)).toBe('04:00');
        }
      }
    },
  );
});

describe('a clock that was set back', () => {
  test('stops the money, never the count and the close', async () => {
    const { shiftId, lastMs } = await takeThenSetBack(6 * minuteMs);
    expect(await pay()).toMatchObject({
      ok: false,
      code: 'clock.setBack',
      params: { time: `${businessDate(lastMs)} ${formatTime(lastMs)}` },
    });
    const lines = ils([1000, 1]);
    const payIn = { requestId: randomUUID(), lines, bagNumber: 'B-1', note: '', receiver: witness('huda') };
    await expectNothingWritten(till, 'custody.payIn', payIn, 'clock.setBack');
    expect((await countAndClose(till)).report).toMatchObject({ shiftId, differences: [] });
    nowMs -= hourMs;
    await expectNothingWritten(till, 'shifts.open', { requestId: randomUUID(), counts: [] }, 'clock.setBack');
  });

  test('by the few minutes of a correction is nothing to anybody', async () => {
    await takeThenSetBack(5 * minuteMs);
    expect(await pay()).toMatchObject({ ok: true });
  });

  test('to yesterday does not make the shift another day’s', async () => {
    await takeThenSetBack(26 * hourMs);
    expect(await pay()).toMatchObject({ ok: false, code: 'clock.setBack' });
    expect((await countAndClose(till)).report.businessDate).toBe('2026-11-25');
  });

  test('after having been ahead is answered for once, by a supervisor, and money is taken again', async () => {
    const { lastMs } = await takeThenSetBack(3 * hourMs);
    await expectNothingWritten(till, 'clock.confirm', {}, 'session.forbidden');
    await signIn(till, 'huda');
    expect(await till.call('clock.confirm', {})).toEqual({ aheadUntilMs: lastMs });
    await signIn(till, 'amal');
    expect(await pay()).toMatchObject({ ok: true });
    // What is set back later has to be answered for again.
    nowMs -= hourMs;
    expect(await pay()).toMatchObject({ ok: false, code: 'clock.setBack' });
  });

  async function takeThenSetBack(byMs: number) {
    const shiftId = await open();
    nowMs += hourMs;
    expect(await pay()).toMatchObject({ ok: true });
    const lastMs = nowMs;
    nowMs -= byMs;
    return { shiftId, lastMs };
  }
});

describe('a forgotten shift', () => {
  async function forgotten(): Promise<number> {
    const shiftId = await open();
    nowMs += 24 * hourMs;
    await signIn(till, 'huda');
    return shiftId;
  }
  async function witnessed(shiftId: number, who = 'nader') {
    const sheet = await till.call('shifts.countSheet', { shiftId });
    const counted = countedFrom(sheet, drawerOf(till, shiftId));
    return { ...counted, shiftId, reason: 'مريض منذ أمس', witness: witness(who) };
  }

  test('is counted by a supervisor before a second person and closed on its own date; who and why is in the report', async () => {
    const shiftId = await forgotten();
    expect(await till.call('shifts.listOpen', {})).toEqual([
      expect.objectContaining({ shiftId, isOver: true, businessDate: '2026-11-25', receiptCount: 0 }),
    ]);
    const count = await till.call('shifts.countWitnessed', await witnessed(shiftId));
    expect(count).toMatchObject({ kind: 'witnessed', reason: 'مريض منذ أمس', businessDate: '2026-11-25' });
    const { report } = await till.call('shifts.close', closingOf(count));
    expect(report).toMatchObject({ shiftId, businessDate: '2026-11-25', number: 1 });
    expect(report.figures.count).toMatchObject({ kind: 'witnessed', reason: 'مريض منذ أمس' });
    expect(report.paper.elements).toContainEqual(
      expect.objectContaining({ label: 'السبب', value: 'مريض منذ أمس' }),
    );
    await signIn(till, 'amal');
    expect(await till.call('shifts.current', {})).toBeNull();
  });

  test('is not counted alone, nor by who took its money, nor by a cashier, and not without a reason', async () => {
    const shiftId = await forgotten();
    const count = await witnessed(shiftId);
    await expectNothingWritten(
      till,
      'shifts.countWitnessed',
      { ...count, witness: witness('huda') },
      'custody.receiverIsGiver',
    );
    await expectNothingWritten(till, 'shifts.countWitnessed', { ...count, reason: ' ' }, 'request.invalid');
    await expectNothingWritten(till, 'shifts.countWitnessed', { ...count, shiftId: 99 }, 'shift.notOpen');
    await signIn(till, 'yousef');
    await expectNothingWritten(till, 'shifts.countWitnessed', count, 'session.forbidden');
    await signIn(till, 'amal');
    await countAndClose(till);
    const own = await open('huda');
    await expectNothingWritten(till, 'shifts.countWitnessed', await witnessed(own), 'shift.own');
    await countAndClose(till);
  });

  test('two supervisors at once: one closes it, the other is told', async () => {
    await signIn(till, 'admin');
    const rana = { login: 'rana', nameAr: 'رنا الفرا', nameEn: 'Rana Al-Farra', role: 'supervisor' } as const;
    await till.call('users.create', { ...rana, secret: '740269' });
    const shiftId = await forgotten();
    const first = await till.call('shifts.countWitnessed', await witnessed(shiftId));
    await till.call('session.signIn', { login: 'rana', secret: '740269' });
    // Both counted: the last count is the one to close with, and only its counter closes.
    const second = await till.call('shifts.countWitnessed', await witnessed(shiftId));
    await expectNothingWritten(till, 'shifts.close', closingOf(first), 'count.notLast');
    await signIn(till, 'huda');
    await expectNothingWritten(till, 'shifts.close', closingOf(second), 'shift.notOpen');
    await till.call('session.signIn', { login: 'rana', secret: '740269' });
    await till.call('shifts.close', closingOf(second));
    await signIn(till, 'huda');
    await expectNothingWritten(till, 'shifts.close', closingOf(first), 'shift.closed');
    await expectNothingWritten(
      till,
      'shifts.countWitnessed',
      { ...(await againOf(second)), shiftId },
      'shift.closed',
    );
  });

  async function againOf(count: { readonly lines: readonly object[] }) {
    return {
      requestId: randomUUID(),
      lines: count.lines as never,
      papers: [],
      mark: '',
      isSure: true,
      reason: 'مرة أخرى',
      witness: witness('nader'),
    };
  }
});

test('two closes at once with ids of their own: one wins, the other is told; the report is one', async () => {
  await open();
  const count = await countDrawer(till);
  const replies = await Promise.all([1, 2].map(() => till.ask('shifts.close', closingOf(count))));
  expect(replies.map((reply) => (reply.ok ? 'closed' : reply.code)).toSorted()).toEqual([
    'closed',
    'shift.closed',
  ]);
  const day = { from: '2026-11-25', to: '2026-11-25' };
  expect(await till.call('zReports.list', day)).toHaveLength(1);
});
