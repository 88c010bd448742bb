import { z } from 'zod';
import { moveKinds } from '../../shared/domain/custody.ts';
import { currencies } from '../../shared/domain/money.ts';

/** What the entries of shifts, counts and moves must say; unknown fields of later versions pass. */

const currency = z.enum(currencies);
const whole = z.number().int();

const line = z.looseObject({
  currency,
  denominationMinor: whole.positive(),
  isWorn: z.boolean(),
  quantity: whole.positive(),
});
const amount = z.looseObject({ currency, minor: whole.positive() });
const result = z.looseObject({
  currency,
  countedMinor: whole.nonnegative(),
  wornMinor: whole.nonnegative(),
  expectedMinor: whole.nonnegative(),
  expectedWornMinor: whole,
  differenceMinor: whole,
});
const place = z.union([
  z.looseObject({ kind: z.literal('safe') }),
  z.looseObject({ kind: z.literal('outside') }),
  z.looseObject({ kind: z.literal('shift'), shiftId: whole }),
  z.looseObject({ kind: z.literal('till'), till: z.string() }),
]);

export const paidBody = z.looseObject({
  paymentId: whole,
  shiftId: whole,
  businessDate: z.string().optional(),
  totalMinor: whole,
  tenders: z.array(
    z.looseObject({ kind: z.string(), currency, receivedMinor: whole, wornMinor: whole.default(0) }),
  ),
  change: z.array(z.looseObject({ currency, minor: whole })),
});
export const takenBackBody = z.looseObject({
  paymentId: whole,
  shiftId: whole,
  businessDate: z.string().optional(),
  totalMinor: whole,
  returned: z.array(z.looseObject({ currency, minor: whole })),
});
export const openedBody = z.union([
  z.looseObject({
    shiftId: whole,
    requestId: z.string(),
    till: z.string(),
    businessDate: z.string(),
    countId: whole,
    float: z.array(amount),
  }),
  // Before floats were counts of several currencies.
  z.looseObject({ shiftId: whole, requestId: z.string(), currency, floatMinor: whole.nonnegative() }),
]);
export const countBody = z.looseObject({
  countId: whole,
  requestId: z.string(),
  kind: z.string(),
  shiftId: whole,
  till: z.string(),
  businessDate: z.string(),
  witness: z.string().nullable(),
  reason: z.string(),
  lines: z.array(line),
  results: z.array(result),
  papers: whole.nonnegative(),
  missing: z.array(z.looseObject({ paymentId: whole, line: whole })),
});
export const moveBody = z.looseObject({
  moveId: whole,
  requestId: z.string().nullable(),
  kind: z.enum(moveKinds),
  from: place,
  to: place,
  amounts: z.array(amount).min(1),
  lines: z.array(line),
  reason: z.string(),
  note: z.string(),
  bagNumber: z.string(),
  counterpart: z.string().nullable(),
  approvalId: whole.nullable(),
  countId: whole.nullable(),
  pairedWith: whole.nullable(),
  businessDate: z.string(),
});
export const closedBody = z.union([
  z.looseObject({
    shiftId: whole,
    requestId: z.string(),
    till: z.string(),
    businessDate: z.string(),
    countId: whole,
    reportId: whole,
    zNumber: whole,
    receipts: whole,
    receiptsMinor: whole,
    undone: whole,
    undoneMinor: whole,
    results: z.array(result),
    perpetual: z.looseObject({ receipts: whole, minor: whole, undone: whole, undoneMinor: whole }),
    figuresSha256: z.string(),
    contentSha256: z.string(),
  }),
  // Before there were reports: nothing was counted.
  z.looseObject({ shiftId: whole, requestId: z.string(), receipts: whole }),
]);
export const recountedBody = z.looseObject({ shiftId: whole, countId: whole });
export const explainedBody = z.looseObject({
  countId: whole,
  currency: currency.nullable(),
  role: z.string(),
  text: z.string(),
});
export const stepBody = z.looseObject({
  shiftId: whole,
  requestId: z.string(),
  reason: z.string(),
  countId: whole.optional(),
});
export const tillBody = z.looseObject({
  till: z.string(),
  name: z.string(),
  isActive: z.boolean().default(true),
});
export const clockBody = z.looseObject({ aheadUntilMs: whole });

export type CountBody = z.output<typeof countBody>;
export type MoveBody = z.output<typeof moveBody>;
export type OpenedBody = Extract<z.output<typeof openedBody>, { float: unknown }>;
export type ClosedBody = Extract<z.output<typeof closedBody>, { zNumber: unknown }>;
