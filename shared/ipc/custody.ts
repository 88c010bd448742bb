import { z } from 'zod';
import type { CashAmount, CashLine } from '../domain/counting.ts';
import { cashMoveReasons } from '../domain/custody.ts';
import type { CashMoved } from '../domain/custody.ts';
import { cashLines, channel, nothing, requestId, rowId, sentence, tillCode, witness } from './pieces.ts';

/** A move with its people and words. */
export type CashMoveView = CashMoved & {
  readonly reason: string;
  readonly note: string;
  readonly bagNumber: string;
  readonly byAr: string;
  readonly byEn: string;
  /** Who gave or received at the other end. */
  readonly counterpartAr: string | null;
  readonly counterpartEn: string | null;
  readonly approvedByAr: string | null;
  readonly approvedByEn: string | null;
  readonly countId: number | null;
  readonly atMs: number;
  readonly businessDate: string;
};

export type SafeView = {
  /** What should lie in the safe, by currency and by kind of note; a kind may be negative after unlike exchanges. */
  readonly amounts: readonly CashAmount[];
  readonly lines: readonly CashLine[];
  /** What should lie in drawers without a shift. */
  readonly tills: readonly { readonly till: string; readonly amounts: readonly CashAmount[] }[];
};

const note = z.string().trim().max(200);
const bagNumber = z.string().trim().max(40);
/** All that an approval of cash in or out is bound to. */
export const cashMoveContents = z.strictObject({
  direction: z.enum(['in', 'out']),
  reason: z.enum(cashMoveReasons),
  note: sentence,
  lines: cashLines,
});

const keepers = ['cashier', 'supervisor'] as const;
const watchers = ['supervisor', 'administrator', 'auditor'] as const;

export const custodyChannels = {
  /** توريد: from one's drawer to the safe, in a bag; a supervisor receives it with their own PIN. */
  'custody.payIn': channel<CashMoveView>()(
    z.strictObject({ requestId, lines: cashLines, bagNumber, note, receiver: witness }),
    keepers,
  ),
  /** More change from the safe into one's drawer; a supervisor gives it with their own PIN. */
  'custody.topUp': channel<CashMoveView>()(
    z.strictObject({ requestId, lines: cashLines, note, giver: witness }),
    keepers,
  ),
  /** Into the drawer or out of it without a receipt; above the limit with an approval of 'cash.move'. */
  'custody.cashMove': channel<CashMoveView>()(
    z.strictObject({ requestId, move: cashMoveContents, approvalId: rowId.nullable() }),
    keepers,
  ),
  /** Above how much a supervisor has to approve; agorot. */
  'custody.limit': channel<{ limitMinor: number }>()(nothing, keepers),
  /** Change between two open drawers: the same value of one currency; the other cashier proves it with their PIN. */
  'custody.exchange': channel<CashMoveView>()(
    z.strictObject({ requestId, given: cashLines, taken: cashLines, note, other: witness }),
    keepers,
  ),
  /** The next float from the safe into a drawer without a shift, or back. */
  'custody.prepareFloat': channel<CashMoveView>()(
    z.strictObject({
      requestId,
      till: tillCode,
      direction: z.enum(['toTill', 'toSafe']),
      lines: cashLines,
      note,
    }),
    ['supervisor'],
  ),
  /** Between the safe and outside, in front of a second person. */
  'custody.safeMove': channel<CashMoveView>()(
    z.strictObject({
      requestId,
      direction: z.enum(['in', 'out']),
      reason: z.enum(['fund', 'toFinance', 'exchangeAtBank', 'other']),
      note: sentence,
      bagNumber,
      lines: cashLines,
      witness,
    }),
    ['supervisor'],
  ),
  'custody.safe': channel<SafeView>()(nothing, watchers),
  /** Of one shift; a cashier asks for their own. */
  'custody.movesOfShift': channel<readonly CashMoveView[]>()(z.strictObject({ shiftId: rowId }), 'signedIn'),
  'custody.moves': channel<readonly CashMoveView[]>()(
    z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    watchers,
  ),
  /** The clock had been ahead and is right now: money is taken again although older acts have later times. */
  'clock.confirm': channel<{ aheadUntilMs: number }>()(nothing, ['supervisor', 'administrator']),
} as const;
