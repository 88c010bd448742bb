import type { CashAmount } from './counting.ts';
import type { MoveKind } from './custody.ts';
import type { Currency } from './money.ts';
import type { Tender } from './tender.ts';

/** What was done in a shift, without any sum: what its own cashier may see while it runs. */
export type ShiftActs = {
  readonly shiftId: number;
  readonly till: string;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly atMs: number;
  readonly cashier: { readonly ar: string; readonly en: string };
  readonly receipts: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
  /** Receipts entered from paper books. */
  readonly fromBooks: number;
  readonly voids: number;
  readonly reversals: number;
  readonly copies: number;
  readonly abandoned: number;
  readonly drawerOpenings: number;
  readonly refusedApprovals: number;
  readonly suspensions: number;
  readonly counts: number;
  readonly moves: number;
};

export type TenderFigure = {
  readonly kind: Tender['kind'];
  readonly currency: Currency;
  readonly count: number;
  readonly receivedMinor: number;
  /** Agorot at the frozen rates. */
  readonly valueMinor: number;
  readonly wornMinor: number;
};

/** All that the report of a shift says, for programs; the paper is drawn from it. Minor units. */
export type ShiftFigures = {
  readonly version: 1;
  readonly acts: ShiftActs;
  /** Z: its number in the till's own series; X: null. */
  readonly zNumber: number | null;
  readonly receiptsMinor: number;
  readonly roundingMinor: number;
  readonly tenders: readonly TenderFigure[];
  readonly change: readonly (CashAmount & { readonly valueMinor: number })[];
  readonly changeCreditMinor: number;
  /** Code null: paid on account. */
  readonly services: readonly {
    readonly code: string | null;
    readonly ar: string;
    readonly en: string;
    readonly count: number;
    readonly minor: number;
  }[];
  readonly voidsMinor: number;
  readonly reversalsMinor: number;
  /** Cash that went back over the counter for receipts taken back; negative came in. */
  readonly returned: readonly CashAmount[];
  readonly float: readonly CashAmount[];
  readonly moves: readonly {
    readonly kind: MoveKind;
    readonly direction: 'in' | 'out';
    readonly currency: Currency;
    readonly count: number;
    readonly minor: number;
  }[];
  readonly count: {
    readonly countId: number;
    readonly kind: string;
    readonly countedBy: { readonly ar: string; readonly en: string };
    readonly witness: { readonly ar: string; readonly en: string } | null;
    readonly reason: string;
    readonly results: readonly {
      readonly currency: Currency;
      readonly countedMinor: number;
      readonly wornMinor: number;
      readonly expectedMinor: number;
      readonly expectedWornMinor: number;
      readonly differenceMinor: number;
    }[];
    readonly papers: number;
    readonly missing: readonly string[];
    readonly explanations: readonly { readonly currency: Currency | null; readonly text: string }[];
    readonly leftInDrawer: readonly CashAmount[];
    readonly toSafe: readonly CashAmount[];
  } | null;
  /** Listed, never blocking. */
  readonly pending: {
    readonly transfers: readonly {
      readonly receiptNumber: string;
      readonly provider: string;
      readonly minor: number;
    }[];
    readonly unknownPapers: readonly string[];
    readonly unsent: number;
  };
  /** All of the till's receipts ever, with these. */
  readonly perpetual: {
    readonly receipts: number;
    readonly minor: number;
    readonly undone: number;
    readonly undoneMinor: number;
  } | null;
  /** Where the journal stood before the report. */
  readonly journal: { readonly sequence: number; readonly hash: string };
};
