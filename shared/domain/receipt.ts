import type { BillKind } from './bill.ts';
import type { Currency } from './money.ts';
import type { Tender } from './tender.ts';

/**
 * Everything a receipt says, frozen in the payment's transaction. Every paper, picture and copy is drawn from this
 * and from nothing else, so a reprint years later is the same receipt.
 */
export type ReceiptContent = {
  readonly version: 1;
  readonly number: string;
  readonly municipality: { readonly ar: string; readonly en: string };
  readonly centre: { readonly ar: string; readonly en: string };
  readonly till: string;
  readonly atMs: number;
  readonly businessDate: string;
  /** Minutes east of UTC that the clock on the wall showed, so that the printed time never moves. */
  readonly offsetMinutes: number;
  readonly payer: { readonly name: string; readonly identityNumber: string | null };
  /** The payer's own; null for who is not registered. */
  readonly account: { readonly number: string; readonly category: string; readonly address: string } | null;
  readonly lines: readonly ReceiptLine[];
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly amountInWords: string;
  readonly tenders: readonly ReceiptTender[];
  /** Money given back, each currency by itself. */
  readonly change: readonly ReceiptChange[];
  /** Change that could not be given, now credit of this account. */
  readonly changeCredit: { readonly accountNumber: string; readonly minor: number } | null;
  /** What rounding to the smallest coin kept, or gave away when negative. */
  readonly roundingMinor: number;
  /** What the accounts of this receipt still owe after it, as this till knows it; null where there is no account. */
  readonly remainingMinor: number | null;
  /** What their credit comes to after it. */
  readonly creditMinor: number;
  /** Entered from a paper book, whose leaf the payer already has; null for the till's own receipt. */
  readonly book: {
    readonly code: string;
    readonly leaf: number;
    readonly writtenOn: string;
    readonly writtenBy: { readonly ar: string; readonly en: string };
  } | null;
  /** Who approved the waivers; null where there are none. */
  readonly waivedBy: { readonly ar: string; readonly en: string } | null;
  /** Set on the slip that takes the receipt back; null on the receipt itself. */
  readonly undone: Undone | null;
  readonly cashier: { readonly ar: string; readonly en: string };
  readonly isDemonstration: boolean;
  /** The signed text in the QR: docs/receipt-qr.md */
  readonly qr: string;
};

/** How a receipt was taken back (إلغاء سند، قيد عكسي). */
export type Undone = {
  readonly kind: 'void' | 'reversal';
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly reason: UndoReason;
  readonly explanation: string;
  readonly by: { readonly ar: string; readonly en: string };
  readonly approvedBy: { readonly ar: string; readonly en: string };
  /** Cash over the counter, each currency by itself: given back to the payer, or by the payer when negative. */
  readonly returned: readonly { readonly currency: Currency; readonly minor: number }[];
};

export const undoReasons = [
  'wrongAccount',
  'wrongAmount',
  'wrongTender',
  'payerAsked',
  'takenTwice',
  'other',
] as const;
export type UndoReason = (typeof undoReasons)[number];

export type ReceiptLine = ReceiptBill | ReceiptAdvance | ReceiptFee;

type ReceiptAccount = { readonly number: string; readonly name: string };

export type ReceiptBill = {
  readonly kind: BillKind;
  readonly account: ReceiptAccount;
  readonly billNumber: string;
  readonly service: { readonly ar: string; readonly en: string };
  readonly period: string;
  readonly paidMinor: number;
  /** Left to pay on this bill after this payment. */
  readonly leftMinor: number;
};

/** A payment on account (دفعة على الحساب). */
export type ReceiptAdvance = {
  readonly kind: 'advance';
  readonly account: ReceiptAccount;
  readonly paidMinor: number;
};

export type ReceiptFee = {
  readonly kind: 'fee';
  readonly service: { readonly ar: string; readonly en: string };
  readonly quantity: number;
  readonly unitMinor: number;
  readonly note: string;
  readonly paidMinor: number;
};

/** As it was put on the counter, with what it was worth in agorot at the frozen rate (ten-thousandths of a shekel). */
export type ReceiptTender = Tender & {
  readonly valueMinor: number;
  readonly rate: number | null;
  /** Whose credit was used; null for every other tender. */
  readonly creditOf: string | null;
};

export type ReceiptChange = {
  readonly currency: Currency;
  readonly minor: number;
  readonly valueMinor: number;
  readonly rate: number | null;
};

/** 'KY01-2026-000123': till, year, six digits. Numbers past a million simply grow wider. */
export function receiptNumber(till: string, year: number, sequence: number): string {
  return `${till}-${year}-${String(sequence).padStart(6, '0')}`;
}

/** 'D7/000045': a leaf of a paper book, never to be taken for a number of the till. */
export function leafNumber(book: string, leaf: number): string {
  return `${book}/${String(leaf).padStart(6, '0')}`;
}
