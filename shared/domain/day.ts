import type { CashAmount } from './counting.ts';
import type { MoveKind } from './custody.ts';
import type { Currency } from './money.ts';
import { currencies } from './money.ts';
import type { ShiftFigures, TenderFigure } from './shiftFigures.ts';

/** A person's name in both languages. */
type Name = { readonly ar: string; readonly en: string };

export type DifferenceResult = NonNullable<ShiftFigures['count']>['results'][number];

/** What one person said about a difference; `isReview`: a supervisor in the day's review, not the cashier at the close. */
export type DayExplanation = {
  /** Null: of papers that are missing. */
  readonly currency: Currency | null;
  readonly text: string;
  readonly by: Name;
  readonly role: string;
  readonly isReview: boolean;
  readonly atMs: number;
};

/** A closed shift as the day's review sees it: its last count counts, the ones before it stay. */
export type ReviewedShift = {
  readonly shiftId: number;
  readonly till: string;
  readonly userId: number;
  readonly cashier: Name;
  readonly zId: number;
  readonly figures: ShiftFigures;
  readonly countId: number;
  readonly isRecounted: boolean;
  readonly results: readonly DifferenceResult[];
  /** Receipts whose cheque or slip the last count did not find. */
  readonly missing: readonly string[];
  readonly explanations: readonly DayExplanation[];
  /** Sent back to be counted again, and not counted yet. */
  readonly isReturned: boolean;
};

/** A shift of the date that is still open: no sum of it is told. */
export type OpenShiftOfDay = {
  readonly shiftId: number;
  readonly till: string;
  readonly cashier: Name;
  /** Its own day is over: a supervisor closes it with a witnessed count. */
  readonly isOver: boolean;
};

/** What is in the way of closing a day, in the order in which it is worked off. */
export type DayObstacle =
  | { readonly kind: 'notYet' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'earlierDay'; readonly businessDate: string }
  | ({ readonly kind: 'openShift' } & OpenShiftOfDay)
  | ({ readonly kind: 'returned' } & Pick<ReviewedShift, 'shiftId' | 'till' | 'cashier'>)
  | ({
      readonly kind: 'unexplained';
      readonly countId: number;
      readonly currency: Currency | null;
      readonly by: 'cashier' | 'supervisor';
    } & Pick<ReviewedShift, 'shiftId' | 'till' | 'cashier'>);

/** What has to be explained about a count: each currency that differs, and papers that are missing (null). */
export function differencesOf({
  results,
  missing,
}: Pick<ReviewedShift, 'results' | 'missing'>): (Currency | null)[] {
  return [
    ...results.filter(({ differenceMinor }) => differenceMinor !== 0).map(({ currency }) => currency),
    ...(missing.length > 0 ? [null] : []),
  ];
}

export type DayToJudge = {
  readonly businessDate: string;
  /** The date in Gaza now. */
  readonly today: string;
  /** The first date before it with shifts that is not closed; null: none. */
  readonly earlierOpen: string | null;
  readonly open: readonly OpenShiftOfDay[];
  readonly closed: readonly ReviewedShift[];
};

/**
 * Everything in the way of closing a day; empty: it can be closed. Days are closed in order and not before they begin, with
 * every shift closed and every difference explained by who counted and by a supervisor. What is still unmatched, unsent,
 * unprinted or undeposited is never in the way.
 */
export function dayObstacles(day: DayToJudge): DayObstacle[] {
  if (day.businessDate > day.today) return [{ kind: 'notYet' }];
  if (day.open.length + day.closed.length === 0) return [{ kind: 'nothing' }];
  return [
    ...(day.earlierOpen === null ? [] : [{ kind: 'earlierDay', businessDate: day.earlierOpen } as const]),
    ...day.open.map((shift) => ({ kind: 'openShift', ...shift }) as const),
    ...day.closed.flatMap(obstaclesOf),
  ];
}

function obstaclesOf(shift: ReviewedShift): DayObstacle[] {
  const { shiftId, till, cashier, countId } = shift;
  // It is counted again anyway: what the count before it lacks is nobody's work.
  if (shift.isReturned) return [{ kind: 'returned', shiftId, till, cashier }];
  return differencesOf(shift).flatMap((currency) => {
    const said = shift.explanations.filter((one) => one.currency === currency);
    const lacks = [
      ...(said.some(({ isReview }) => !isReview) ? [] : (['cashier'] as const)),
      ...(said.some(({ isReview }) => isReview) ? [] : (['supervisor'] as const)),
    ];
    return lacks.map(
      (by) => ({ kind: 'unexplained', shiftId, till, cashier, countId, currency, by }) as const,
    );
  });
}

/** What became of a safe's cash in the time of a day: since the last closed day until this one's close. Minor units. */
export type SafeOfDay = {
  readonly before: readonly CashAmount[];
  readonly moves: readonly SafeMoveSum[];
  readonly after: readonly CashAmount[];
};
export type SafeMoveSum = {
  readonly kind: MoveKind;
  readonly direction: 'in' | 'out';
  readonly currency: Currency;
  readonly count: number;
  readonly minor: number;
};

/** Listed beside the day, never in its way. */
export type DayPending = {
  readonly transfers: readonly {
    readonly receiptNumber: string;
    readonly provider: string;
    readonly minor: number;
  }[];
  readonly unknownPapers: readonly string[];
  readonly unsent: number;
  /** In hand although their day has come. */
  readonly chequesDue: readonly (CashAmount & { readonly count: number })[];
};

/** All that the day's report says, for programs; the paper is drawn from it. Minor units. */
export type DayFigures = {
  readonly version: 1;
  readonly businessDate: string;
  readonly atMs: number;
  readonly closedBy: Name;
  /** The administrator who allowed a supervisor with receipts of their own to close; null: was not needed. */
  readonly exceptionBy: Name | null;
  readonly shifts: readonly DayShiftFigures[];
  readonly receipts: { readonly count: number; readonly minor: number };
  readonly roundingMinor: number;
  readonly tenders: readonly TenderFigure[];
  readonly change: readonly (CashAmount & { readonly valueMinor: number })[];
  readonly changeCreditMinor: number;
  readonly services: ShiftFigures['services'];
  readonly cashiers: readonly DayCashier[];
  readonly voids: { readonly count: number; readonly minor: number };
  readonly reversals: { readonly count: number; readonly minor: number };
  readonly returned: readonly CashAmount[];
  readonly fromBooks: number;
  readonly copies: number;
  readonly abandoned: number;
  readonly drawerOpenings: number;
  readonly refusedApprovals: number;
  /** Of the last count of each shift, by currency. */
  readonly results: readonly CurrencyResult[];
  readonly safe: SafeOfDay;
  readonly pending: DayPending;
  readonly journal: { readonly sequence: number; readonly hash: string };
};

export type DayShiftFigures = Pick<
  ReviewedShift,
  'shiftId' | 'till' | 'cashier' | 'zId' | 'countId' | 'isRecounted' | 'results' | 'missing' | 'explanations'
> & {
  readonly zNumber: number | null;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
  readonly receipts: number;
  readonly receiptsMinor: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
  readonly voidsMinor: number;
  readonly reversalsMinor: number;
};

export type DayCashier = {
  readonly userId: number;
  readonly cashier: Name;
  readonly shifts: number;
  readonly receipts: number;
  readonly receiptsMinor: number;
  readonly undoneMinor: number;
};

export type CurrencyResult = {
  readonly currency: Currency;
  readonly countedMinor: number;
  readonly expectedMinor: number;
  readonly differenceMinor: number;
};

export type DayParts = Pick<
  DayFigures,
  'businessDate' | 'atMs' | 'closedBy' | 'exceptionBy' | 'safe' | 'pending' | 'journal'
> & { readonly shifts: readonly ReviewedShift[] };

/** The day is the sum of its shifts: nothing in it is counted anew. */
export function dayFigures({ shifts, ...day }: DayParts): DayFigures {
  const figures = shifts.map((shift) => shift.figures);
  const acts = figures.map((shift) => shift.acts);
  return {
    version: 1,
    ...day,
    shifts: shifts.map(shiftOfDay),
    receipts: {
      count: sum(acts, ({ receipts }) => receipts),
      minor: sum(figures, ({ receiptsMinor }) => receiptsMinor),
    },
    roundingMinor: sum(figures, ({ roundingMinor }) => roundingMinor),
    tenders: sumTenders(figures.flatMap(({ tenders }) => tenders)),
    change: currencies.flatMap((currency) => {
      const of = figures.flatMap(({ change }) => change).filter((one) => one.currency === currency);
      return of.length === 0
        ? []
        : [
            {
              currency,
              minor: sum(of, ({ minor }) => minor),
              valueMinor: sum(of, ({ valueMinor }) => valueMinor),
            },
          ];
    }),
    changeCreditMinor: sum(figures, ({ changeCreditMinor }) => changeCreditMinor),
    services: sumServices(figures.flatMap(({ services }) => services)),
    cashiers: sumCashiers(shifts),
    voids: { count: sum(acts, ({ voids }) => voids), minor: sum(figures, ({ voidsMinor }) => voidsMinor) },
    reversals: {
      count: sum(acts, ({ reversals }) => reversals),
      minor: sum(figures, ({ reversalsMinor }) => reversalsMinor),
    },
    returned: sumAmounts(figures.flatMap(({ returned }) => returned)),
    fromBooks: sum(acts, ({ fromBooks }) => fromBooks),
    copies: sum(acts, ({ copies }) => copies),
    abandoned: sum(acts, ({ abandoned }) => abandoned),
    drawerOpenings: sum(acts, ({ drawerOpenings }) => drawerOpenings),
    refusedApprovals: sum(acts, ({ refusedApprovals }) => refusedApprovals),
    results: sumResults(shifts.flatMap(({ results }) => results)),
  };
}

function shiftOfDay({
  figures,
  userId: _userId,
  isReturned: _isReturned,
  ...shift
}: ReviewedShift): DayShiftFigures {
  return {
    ...shift,
    zNumber: figures.zNumber,
    openedAtMs: figures.acts.openedAtMs,
    closedAtMs: figures.acts.atMs,
    receipts: figures.acts.receipts,
    receiptsMinor: figures.receiptsMinor,
    firstReceipt: figures.acts.firstReceipt,
    lastReceipt: figures.acts.lastReceipt,
    voidsMinor: figures.voidsMinor,
    reversalsMinor: figures.reversalsMinor,
  };
}

/** Counted, expected and their difference by currency. */
export function sumResults(results: readonly DifferenceResult[]): CurrencyResult[] {
  return currencies.flatMap((currency) => {
    const of = results.filter((result) => result.currency === currency);
    return of.length === 0
      ? []
      : [
          {
            currency,
            countedMinor: sum(of, ({ countedMinor }) => countedMinor),
            expectedMinor: sum(of, ({ expectedMinor }) => expectedMinor),
            differenceMinor: sum(of, ({ differenceMinor }) => differenceMinor),
          },
        ];
  });
}

/** Amounts by currency, in the order of the currencies; those that come to nothing are left out. */
export function sumAmounts(amounts: readonly CashAmount[]): CashAmount[] {
  return currencies.flatMap((currency) => {
    const minor = sum(
      amounts.filter((amount) => amount.currency === currency),
      (amount) => amount.minor,
    );
    return minor === 0 ? [] : [{ currency, minor }];
  });
}

function sumTenders(tenders: readonly TenderFigure[]): TenderFigure[] {
  return merged(
    tenders,
    ({ kind, currency }) => `${kind} ${currency}`,
    (a, b) => ({
      ...a,
      count: a.count + b.count,
      receivedMinor: a.receivedMinor + b.receivedMinor,
      valueMinor: a.valueMinor + b.valueMinor,
      wornMinor: a.wornMinor + b.wornMinor,
    }),
  );
}

function sumServices(services: ShiftFigures['services']): ShiftFigures['services'] {
  return merged(
    services,
    ({ code }) => code ?? '',
    (a, b) => ({ ...a, count: a.count + b.count, minor: a.minor + b.minor }),
  ).toSorted((a, b) => b.minor - a.minor || ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
}

function sumCashiers(shifts: readonly ReviewedShift[]): DayCashier[] {
  return merged(
    shifts.map(({ userId, cashier, figures }) => ({
      userId,
      cashier,
      shifts: 1,
      receipts: figures.acts.receipts,
      receiptsMinor: figures.receiptsMinor,
      undoneMinor: figures.voidsMinor + figures.reversalsMinor,
    })),
    ({ userId }) => String(userId),
    (a, b) => ({
      ...a,
      shifts: a.shifts + b.shifts,
      receipts: a.receipts + b.receipts,
      receiptsMinor: a.receiptsMinor + b.receiptsMinor,
      undoneMinor: a.undoneMinor + b.undoneMinor,
    }),
  );
}

/** One of each key, in the order in which they first come. */
function merged<T>(all: readonly T[], keyOf: (one: T) => string, add: (a: T, b: T) => T): T[] {
  const byKey = new Map<string, T>();
  for (const one of all) {
    const key = keyOf(one);
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? one : add(before, one));
  }
  return [...byKey.values()];
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
