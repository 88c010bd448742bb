import type { BillKind } from './bill.ts';
import type { Currency } from './money.ts';

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
  readonly account: { readonly number: string; readonly category: string; readonly address: string };
  readonly lines: readonly ReceiptLine[];
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly amountInWords: string;
  readonly tenders: readonly ReceiptTender[];
  readonly changeMinor: number;
  /** What the account still owes after this payment, as this till knows it. */
  readonly remainingMinor: number;
  readonly cashier: { readonly ar: string; readonly en: string };
  readonly isDemonstration: boolean;
  /** The signed text in the QR: docs/receipt-qr.md */
  readonly qr: string;
};

export type ReceiptLine = {
  readonly billNumber: string;
  readonly service: { readonly ar: string; readonly en: string };
  readonly period: string;
  readonly kind: BillKind;
  readonly paidMinor: number;
  /** Left to pay on this bill after this payment. */
  readonly leftMinor: number;
};

export type ReceiptTender = {
  readonly kind: 'cash';
  readonly currency: Currency;
  readonly receivedMinor: number;
};

/** 'KY01-2026-000123': till, year, six digits. Numbers past a million simply grow wider. */
export function receiptNumber(till: string, year: number, sequence: number): string {
  return `${till}-${year}-${String(sequence).padStart(6, '0')}`;
}
