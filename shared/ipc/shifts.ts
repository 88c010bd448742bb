import { z } from 'zod';
import type { CashAmount } from '../domain/counting.ts';
import type { Currency } from '../domain/money.ts';
import { currencies } from '../domain/money.ts';
import type { PaperDocument } from '../domain/paper.ts';
import type { ShiftActs, ShiftFigures } from '../domain/shiftFigures.ts';
import type { Tender } from '../domain/tender.ts';
import {
  cashLines,
  channel,
  name,
  nothing,
  requestId,
  rowId,
  sentence,
  tillCode,
  witness,
} from './pieces.ts';

/** A drawer that is served from this database. */
export type TillView = {
  readonly code: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Whose shift is open on it; null: none. */
  readonly keeper: { readonly ar: string; readonly en: string } | null;
};

export type ShiftState = {
  readonly id: number;
  readonly till: string;
  /** Everything in the shift belongs to it, also what is taken after midnight. */
  readonly businessDate: string;
  readonly openedAtMs: number;
  /** What was counted at the opening. */
  readonly float: readonly CashAmount[];
  /** Receipts only: a cashier's count is blind, so no sum leaves main. */
  readonly receiptCount: number;
  /** suspended: the till is locked, the drawer stays theirs. counted: it waits for its close. */
  readonly state: 'open' | 'suspended' | 'counted';
  /** The last count since selling went on: with it the shift is closed, or handed over. Null while it sells. */
  readonly count: { readonly id: number; readonly kind: CountKind } | null;
  /** Its day is over: it takes no more money and can only be counted and closed. */
  readonly isOver: boolean;
};

export type CountKind = 'opening' | 'close' | 'recount' | 'surprise' | 'handover' | 'witnessed';

export type CountResult = {
  readonly currency: Currency;
  readonly countedMinor: number;
  /** Of it in worn notes. */
  readonly wornMinor: number;
  readonly expectedMinor: number;
  /** What came in as worn and has not gone out as such. */
  readonly expectedWornMinor: number;
  /** Counted less expected: negative is a shortage. */
  readonly differenceMinor: number;
};

/** A cheque or slip as it lies in the drawer, with what is written on it. */
export type CountPaper = {
  readonly paymentId: number;
  /** The tender's line in its payment. */
  readonly line: number;
  readonly receiptNumber: string;
  readonly kind: Exclude<Tender['kind'], 'cash' | 'credit'>;
  readonly currency: Currency;
  readonly minor: number;
  readonly details: Readonly<Record<string, string | number>>;
};

/** What is to be counted, without a total of anything. Denominations are those of shared/domain/denominations.ts. */
export type CountSheet = {
  readonly shiftId: number;
  readonly till: string;
  readonly cashier: { readonly ar: string; readonly en: string };
  readonly businessDate: string;
  readonly papers: readonly CountPaper[];
  /** How far the shift had come: goes back with the count, which is refused when it has come further. */
  readonly mark: string;
  /** A close was counted before and selling did not go on since: another count needs a reason. */
  readonly needsReason: boolean;
};

export type Explanation = {
  /** Null: of missing papers. */
  readonly currency: Currency | null;
  readonly text: string;
  readonly personAr: string;
  readonly personEn: string;
  readonly role: string;
  readonly atMs: number;
};

/** A committed count with what should have been there. */
export type CountOutcome = {
  readonly id: number;
  readonly kind: CountKind;
  readonly shiftId: number | null;
  readonly till: string | null;
  readonly countedBy: { readonly ar: string; readonly en: string };
  readonly witness: { readonly ar: string; readonly en: string } | null;
  readonly reason: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly lines: readonly {
    readonly currency: Currency;
    readonly denominationMinor: number;
    readonly isWorn: boolean;
    readonly quantity: number;
  }[];
  readonly results: readonly CountResult[];
  readonly papers: number;
  readonly missing: readonly CountPaper[];
  readonly explanations: readonly Explanation[];
};

export type ShiftOpened = { readonly shift: ShiftState; readonly count: CountOutcome };

export type ZSummary = {
  readonly id: number;
  readonly till: string;
  readonly number: number;
  readonly shiftId: number;
  readonly cashierAr: string;
  readonly cashierEn: string;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly atMs: number;
  readonly receipts: number;
  readonly differences: readonly CashAmount[];
};
export type ZReport = ZSummary & {
  readonly figures: ShiftFigures;
  readonly paper: PaperDocument;
  /** The print job of its original, for copies; null where it was closed before there was one. */
  readonly jobId: number | null;
};

export type ShiftClosed = {
  readonly report: ZReport;
  /** True when the same request had already closed it: nothing was written this time. */
  readonly wasAlreadyClosed: boolean;
};

export type OpenShiftView = {
  readonly shiftId: number;
  readonly till: string;
  readonly personId: number;
  readonly cashierAr: string;
  readonly cashierEn: string;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly state: ShiftState['state'];
  readonly isOver: boolean;
  readonly receiptCount: number;
};

/** A report of the running shift. Its own cashier gets acts only; who looks at another's, the sums of receipts as well. */
export type XReport = { readonly acts: ShiftActs; readonly figures: ShiftFigures | null };

const papers = z
  .array(
    z.strictObject({
      paymentId: rowId,
      line: z.number().int().min(1).max(1000),
      isPresent: z.boolean(),
    }),
  )
  .max(20_000);
const mark = z.string().max(60);
const counted = { requestId, lines: cashLines, papers, mark, isSure: z.boolean() };
const explanations = z
  .array(z.strictObject({ currency: z.enum(currencies).nullable(), text: sentence }))
  .max(4);

const keepers = ['cashier', 'supervisor'] as const;
const watchers = ['supervisor', 'administrator', 'auditor'] as const;

export const shiftChannels = {
  'tills.list': channel<readonly TillView[]>()(nothing, 'signedIn'),
  'tills.add': channel<readonly TillView[]>()(z.strictObject({ code: tillCode, name }), ['administrator']),
  'tills.update': channel<readonly TillView[]>()(
    z.strictObject({ code: tillCode, name, isActive: z.boolean() }),
    ['administrator'],
  ),

  'shifts.current': channel<ShiftState | null>()(nothing, 'signedIn'),
  /** Whose drawers are open now, for who counts by surprise or closes a forgotten one. */
  'shifts.listOpen': channel<readonly OpenShiftView[]>()(nothing, watchers),
  /** With a counted float; till null: this installation's first. What should have lain there is told only now. */
  'shifts.open': channel<ShiftOpened>()(
    z.strictObject({
      requestId,
      till: tillCode.nullable().default(null),
      counts: cashLines,
      isSure: z.boolean().default(false),
    }),
    keepers,
  ),
  'shifts.suspend': channel<ShiftState>()(z.strictObject({ requestId }), keepers),
  'shifts.resume': channel<ShiftState>()(z.strictObject({ requestId }), keepers),

  /** One's own open shift (null), or another's for who may watch. */
  'shifts.countSheet': channel<CountSheet>()(z.strictObject({ shiftId: rowId.nullable() }), [
    'cashier',
    'supervisor',
    'auditor',
  ]),
  /** The cashier's blind count before the close; from then on the shift takes no money. A second one needs its reason. */
  'shifts.count': channel<CountOutcome>()(
    z.strictObject({ ...counted, reason: z.string().trim().max(300) }),
    keepers,
  ),
  /** «أتابع العمل»: the count stays, and another will be needed. */
  'shifts.resumeSelling': channel<ShiftState>()(z.strictObject({ requestId, reason: sentence }), keepers),
  /**
   * With the shift's last count; what differs or is missing is explained. Of what was counted, `leftInDrawer` stays as the
   * next float and the rest goes to the safe.
   */
  'shifts.close': channel<ShiftClosed>()(
    z.strictObject({ requestId, countId: rowId, explanations, leftInDrawer: cashLines }),
    keepers,
  ),
  /** A forgotten shift of somebody else, counted by a supervisor and a second person; then `shifts.close`. */
  'shifts.countWitnessed': channel<CountOutcome>()(
    z.strictObject({ ...counted, shiftId: rowId, reason: sentence, witness }),
    ['supervisor'],
  ),
  /** Without closing: by an auditor in their own session (auditor null), or at the cashier's PC with their PIN. */
  'shifts.countSurprise': channel<{ countId: number; outcome: CountOutcome | null }>()(
    z.strictObject({
      ...counted,
      shiftId: rowId,
      remark: z.string().trim().max(300),
      auditor: witness.nullable(),
    }),
    ['cashier', 'supervisor', 'auditor'],
  ),

  /** The next cashier counts the signed-in cashier's drawer, with their own PIN. */
  'shifts.handoverCount': channel<CountOutcome>()(z.strictObject({ ...counted, receiver: witness }), keepers),
  /** Custody passes: the giver's shift is closed with that count, the receiver's opens with exactly those notes. */
  'shifts.handoverAccept': channel<ShiftClosed & { readonly next: ShiftState }>()(
    z.strictObject({ requestId, countId: rowId, explanations, receiver: witness }),
    keepers,
  ),
  /** Custody stays; the difference is stored. */
  'shifts.handoverRefuse': channel<ShiftState>()(
    z.strictObject({ requestId, countId: rowId, reason: sentence, receiver: witness }),
    keepers,
  ),

  /** Of one's own shift (null), or of any open one for who may watch. */
  'shifts.xReport': channel<XReport>()(z.strictObject({ shiftId: rowId.nullable() }), [
    'cashier',
    'supervisor',
    'administrator',
    'auditor',
  ]),
  /** The same on paper, as one may see it: of one's own shift what was done, of another's its sums as well. */
  'shifts.printX': channel<{ jobId: number }>()(z.strictObject({ shiftId: rowId.nullable() }), [
    'cashier',
    'supervisor',
    'auditor',
  ]),
  /** A committed count: of one's own shifts, or any for who may watch. */
  'counts.get': channel<CountOutcome>()(z.strictObject({ countId: rowId }), 'signedIn'),
  'counts.ofShift': channel<readonly CountOutcome[]>()(z.strictObject({ shiftId: rowId }), watchers),
  /** Numbers of closed shifts, newest first; a cashier sees their own. */
  'zReports.list': channel<readonly ZSummary[]>()(
    z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    'signedIn',
  ),
  'zReports.get': channel<ZReport>()(z.strictObject({ id: rowId }), 'signedIn'),
} as const;
