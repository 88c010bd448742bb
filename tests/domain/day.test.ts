import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayToJudge, DifferenceResult, ReviewedShift } from '../../shared/domain/day.ts';
import { dayFigures, dayObstacles, differencesOf, sumAmounts } from '../../shared/domain/day.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ShiftFigures } from '../../shared/domain/shiftFigures.ts';

const someone = { ar: 'أمل', en: 'Amal' };

function result(currency: Currency, countedMinor: number, expectedMinor: number): DifferenceResult {
  return {
    currency,
    countedMinor,
    expectedMinor,
    wornMinor: 0,
    expectedWornMinor: 0,
    differenceMinor: countedMinor - expectedMinor,
  };
}

function figures(edit: Partial<ShiftFigures> = {}): ShiftFigures {
  return {
    version: 1,
    acts: {
      shiftId: 1,
      till: 'KY01',
      businessDate: '2026-11-24',
      openedAtMs: 1,
      atMs: 2,
      cashier: someone,
      receipts: 0,
      firstReceipt: null,
      lastReceipt: null,
      fromBooks: 0,
      voids: 0,
      reversals: 0,
      copies: 0,
      abandoned: 0,
      drawerOpenings: 0,
      refusedApprovals: 0,
      suspensions: 0,
      counts: 1,
      moves: 0,
    },
    zNumber: 1,
    receiptsMinor: 0,
    roundingMinor: 0,
    tenders: [],
    change: [],
    changeCreditMinor: 0,
    services: [],
    voidsMinor: 0,
    reversalsMinor: 0,
    returned: [],
    float: [],
    moves: [],
    count: null,
    pending: { transfers: [], unknownPapers: [], unsent: 0 },
    perpetual: null,
    journal: { sequence: 1, hash: '' },
    ...edit,
  };
}

function shift(edit: Partial<ReviewedShift> = {}): ReviewedShift {
  return {
    shiftId: 1,
    till: 'KY01',
    userId: 1,
    cashier: someone,
    zId: 1,
    figures: figures(),
    countId: 7,
    isRecounted: false,
    results: [result('ILS', 100, 100)],
    missing: [],
    explanations: [],
    isReturned: false,
    ...edit,
  };
}

const said = (currency: Currency | null, isReview: boolean) => ({
  currency,
  text: 'كذا',
  by: someone,
  role: isReview ? 'supervisor' : 'cashier',
  isReview,
  atMs: 3,
});

const judged = (edit: Partial<DayToJudge> = {}): DayToJudge => ({
  businessDate: '2026-11-24',
  today: '2026-11-24',
  earlierOpen: null,
  open: [],
  closed: [shift()],
  ...edit,
});

test('a day with closed shifts that agree can be closed, today or later', () => {
  expect(dayObstacles(judged())).toEqual([]);
  expect(dayObstacles(judged({ today: '2026-12-01' }))).toEqual([]);
});

test('a day to come and a day without shifts are not closed, whatever else there is', () => {
  expect(dayObstacles(judged({ today: '2026-11-23' }))).toEqual([{ kind: 'notYet' }]);
  expect(dayObstacles(judged({ closed: [], earlierOpen: '2026-11-20' }))).toEqual([{ kind: 'nothing' }]);
});

test('an earlier day comes first, then open shifts, then what is sent back or unexplained', () => {
  const open = { shiftId: 3, till: 'KY02', cashier: someone, isOver: true };
  const short = shift({ results: [result('ILS', 90, 100)], explanations: [said('ILS', false)] });
  const back = shift({ isReturned: true, results: [result('ILS', 90, 100)] });
  const obstacles = dayObstacles(judged({ earlierOpen: '2026-11-20', open: [open], closed: [back, short] }));
  expect(obstacles.map(({ kind }) => kind)).toEqual(['earlierDay', 'openShift', 'returned', 'unexplained']);
  expect(obstacles.at(-1)).toMatchObject({ by: 'supervisor', currency: 'ILS', countId: 7 });
});

test('each currency that differs and the missing papers need two people’s words of their own', () => {
  const results = [result('ILS', 90, 100), result('JOD', 5, 5), result('USD', 7, 6)];
  const both = [said('ILS', false), said('ILS', true), said('USD', true), said(null, false)];
  const day = judged({ closed: [shift({ results, missing: ['KY01-2026-000001'], explanations: both })] });
  expect(dayObstacles(day).map((one) => (one.kind === 'unexplained' ? [one.currency, one.by] : []))).toEqual([
    ['USD', 'cashier'],
    [null, 'supervisor'],
  ]);
});

const amount = fc.integer({ min: 0, max: 10_000_000 });
const anyShift = fc
  .record({
    userId: fc.integer({ min: 1, max: 3 }),
    receipts: fc.integer({ min: 0, max: 50 }),
    receiptsMinor: amount,
    voidsMinor: amount,
    tenders: fc.array(
      fc.record({
        kind: fc.constantFrom('cash' as const, 'cheque' as const, 'transfer' as const),
        currency: fc.constantFrom(...currencies),
        count: fc.integer({ min: 1, max: 9 }),
        receivedMinor: amount,
        valueMinor: amount,
        wornMinor: fc.constant(0),
      }),
      { maxLength: 5 },
    ),
    services: fc.array(
      fc.record({
        code: fc.constantFrom('water', 'waste', null),
        ar: fc.constant('خدمة'),
        en: fc.constant('Service'),
        count: fc.integer({ min: 1, max: 9 }),
        minor: amount,
      }),
      { maxLength: 4 },
    ),
    results: fc
      .uniqueArray(fc.constantFrom(...currencies), { maxLength: 3 })
      .chain((all) => fc.tuple(...all.map((currency) => fc.tuple(fc.constant(currency), amount, amount)))),
  })
  .map(({ userId, receipts, receiptsMinor, voidsMinor, tenders, services, results }) =>
    shift({
      userId,
      figures: figures({
        acts: { ...figures().acts, receipts },
        receiptsMinor,
        voidsMinor,
        tenders,
        services,
      }),
      results: results.map(([currency, counted, expected]) => result(currency, counted, expected)),
    }),
  );

test('the day is the sum of its shifts to the minor unit, whichever way it is broken down', () => {
  fc.assert(
    fc.property(fc.array(anyShift, { maxLength: 8 }), (shifts) => {
      const day = dayFigures({
        businessDate: '2026-11-24',
        atMs: 1,
        closedBy: someone,
        exceptionBy: null,
        shifts,
        safe: { before: [], moves: [], after: [] },
        pending: { transfers: [], unknownPapers: [], unsent: 0, chequesDue: [] },
        journal: { sequence: 1, hash: '' },
      });
      const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
      const sumOf = shifts.map((one) => one.figures.receiptsMinor);
      expect(day.receipts.minor).toBe(total(sumOf));
      expect(total(day.shifts.map(({ receiptsMinor }) => receiptsMinor))).toBe(day.receipts.minor);
      expect(total(day.cashiers.map(({ receiptsMinor }) => receiptsMinor))).toBe(day.receipts.minor);
      expect(total(day.cashiers.map(({ receipts }) => receipts))).toBe(day.receipts.count);
      expect(day.voids.minor).toBe(total(shifts.map((one) => one.figures.voidsMinor)));
      for (const currency of currencies) {
        const tenders = shifts.flatMap(({ figures: { tenders: all } }) => all);
        const of = (all: typeof tenders): number =>
          total(all.flatMap((one) => (one.currency === currency ? [one.receivedMinor] : [])));
        expect(of([...day.tenders])).toBe(of(tenders));
        const results = shifts.flatMap((one) => one.results).filter((one) => one.currency === currency);
        const summed = day.results.find((one) => one.currency === currency);
        expect(summed?.differenceMinor ?? 0).toBe(total(results.map((one) => one.differenceMinor)));
        expect((summed?.countedMinor ?? 0) - (summed?.expectedMinor ?? 0)).toBe(summed?.differenceMinor ?? 0);
      }
      expect(new Set(day.tenders.map(({ kind, currency }) => `${kind} ${currency}`)).size).toBe(
        day.tenders.length,
      );
      expect(total(day.services.map(({ minor }) => minor))).toBe(
        total(shifts.flatMap(({ figures: { services } }) => services.map(({ minor }) => minor))),
      );
      // What differs is what has to be explained.
      for (const one of shifts)
        expect(differencesOf(one)).toHaveLength(
          one.results.filter(({ differenceMinor }) => differenceMinor !== 0).length,
        );
    }),
    { numRuns: 150 },
  );
});

test('amounts that cancel out are not named', () => {
  expect(
    sumAmounts([
      { currency: 'USD', minor: 5 },
      { currency: 'ILS', minor: 3 },
      { currency: 'USD', minor: -5 },
    ]),
  ).toEqual([{ currency: 'ILS', minor: 3 }]);
});
