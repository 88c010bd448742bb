import { z } from 'zod';
import type { CashAmount } from '../domain/counting.ts';
import type {
  DayFigures,
  DayObstacle,
  DayShiftFigures,
  OpenShiftOfDay,
  ReviewedShift,
} from '../domain/day.ts';
import { currencies } from '../domain/money.ts';
import type { PaperDocument } from '../domain/paper.ts';
import { cashLines, channel, isoDate, nothing, requestId, rowId, sentence, witness } from './pieces.ts';
import type { CountOutcome, CountPaper } from './shifts.ts';

type Name = { readonly ar: string; readonly en: string };

export type DayEntry = {
  readonly businessDate: string;
  readonly shifts: number;
  readonly openShifts: number;
  /** Of closed shifts only. */
  readonly receipts: number;
  readonly receiptsMinor: number;
  readonly closed: { readonly by: Name; readonly atMs: number } | null;
};

/** A shift that was sent back to be counted again; countId null: it waits. */
export type DayReturn = {
  readonly id: number;
  readonly reason: string;
  readonly by: Name;
  readonly atMs: number;
  readonly countId: number | null;
};

export type DayShift = Omit<
  DayShiftFigures,
  'voidsMinor' | 'reversalsMinor' | 'firstReceipt' | 'lastReceipt'
> &
  Pick<ReviewedShift, 'isReturned'> & {
    readonly undoneMinor: number;
    /** What of it was put into the safe. */
    readonly toSafe: readonly CashAmount[];
    readonly returns: readonly DayReturn[];
  };

export type DayView = {
  readonly businessDate: string;
  readonly today: string;
  /** skipped: it had no shift, and a later day is closed. */
  readonly state: 'open' | 'closed' | 'skipped';
  readonly closed: { readonly id: number; readonly by: Name; readonly atMs: number } | null;
  readonly open: readonly OpenShiftOfDay[];
  readonly shifts: readonly DayShift[];
  /** Of a closed day as they were frozen, of an open one as they would be now. */
  readonly figures: DayFigures;
  /** What is in the way of the close; empty: nothing. */
  readonly obstacles: readonly DayObstacle[];
  /** The signed-in person took money on that date: an administrator has to allow the close. */
  readonly needsException: boolean;
  /** Goes back with the close, which is refused when the day is no longer what was reviewed. */
  readonly mark: string;
};

export type DayReport = {
  readonly id: number;
  readonly businessDate: string;
  readonly figures: DayFigures;
  readonly paper: PaperDocument;
};

/** What a returned shift's second count needs: papers one by one, and of cash nothing but what to count. */
export type RecountSheet = {
  readonly returnedId: number;
  readonly shiftId: number;
  readonly till: string;
  readonly cashier: Name;
  readonly cashierLogin: string;
  readonly reason: string;
  /** Stayed in the drawer at the close and is not counted again. */
  readonly leftInDrawer: readonly CashAmount[];
  readonly papers: readonly CountPaper[];
};

export type ShiftReceipt = {
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly payerName: string;
  readonly accountNumber: string | null;
  readonly totalMinor: number;
  readonly atMs: number;
  readonly undone: 'void' | 'reversal' | null;
};

const supervisors = ['supervisor'] as const;
const watchers = ['supervisor', 'administrator', 'auditor'] as const;

/** All that an administrator's exception is bound to. */
export const dayException = z.strictObject({ requestId, businessDate: isoDate });

export const dayChannels = {
  /** Days with shifts, the newest first, and today. */
  'days.list': channel<readonly DayEntry[]>()(nothing, watchers),
  'days.view': channel<DayView>()(z.strictObject({ businessDate: isoDate }), watchers),
  'days.report': channel<DayReport>()(z.strictObject({ businessDate: isoDate }), watchers),
  /** The receipts behind a shift's figures, in their order, from after one on. */
  'days.receipts': channel<readonly ShiftReceipt[]>()(
    z.strictObject({ shiftId: rowId, afterId: z.number().int().min(0) }),
    watchers,
  ),
  /**
   * A supervisor's words about a difference; or with `cashier`, who counted and proves it with their PIN, theirs about a
   * second count.
   */
  'days.explain': channel<DayView>()(
    z.strictObject({
      requestId,
      countId: rowId,
      currency: z.enum(currencies).nullable(),
      text: sentence,
      cashier: witness.nullable(),
    }),
    supervisors,
  ),
  /** A closed shift is to be counted again. */
  'days.returnShift': channel<DayView>()(
    z.strictObject({ requestId, shiftId: rowId, reason: sentence }),
    supervisors,
  ),
  'days.recountSheet': channel<RecountSheet>()(z.strictObject({ returnedId: rowId }), supervisors),
  /** What was put into the safe at the close, counted again by its cashier (or another) in front of the supervisor. */
  'days.recount': channel<{ readonly outcome: CountOutcome; readonly day: DayView }>()(
    z.strictObject({
      requestId,
      returnedId: rowId,
      lines: cashLines,
      papers: z
        .array(
          z.strictObject({
            paymentId: rowId,
            line: z.number().int().min(1).max(1000),
            isPresent: z.boolean(),
          }),
        )
        .max(20_000),
      isSure: z.boolean(),
      counter: witness,
    }),
    supervisors,
  ),
  /** Closes a date for ever, and every date before it. */
  'days.close': channel<{ readonly day: DayView; readonly wasAlreadyClosed: boolean }>()(
    z.strictObject({
      requestId,
      businessDate: isoDate,
      mark: z.string().max(60),
      exceptionId: rowId.nullable(),
    }),
    supervisors,
  ),
} as const;

export type { DayFigures, DayObstacle } from '../domain/day.ts';
