import type { Currency } from './money.ts';
import { minorDigits } from './money.ts';

/**
 * The text of a receipt's QR (docs/receipt-qr.md): eight fields and a signature, joined by '|'. Everything before the
 * last '|' is what the till's Ed25519 key signed, byte for byte, so that openssl alone can check a receipt.
 */
export type ReceiptQr = {
  readonly keyId: string;
  readonly number: string;
  /** Whole seconds are printed; the rest is cut. */
  readonly atMs: number;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly accountNumber: string;
  /** First 16 hex digits of the journal entry before this one: the chain goes through the paper. */
  readonly link: string;
};

export const receiptQrScheme = 'SANDUQ1';

/** What is signed. */
export function receiptQrText(qr: ReceiptQr): string {
  const digits = minorDigits[qr.currency];
  const padded = String(qr.totalMinor).padStart(digits + 1, '0');
  const amount = `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
  const at = `${new Date(qr.atMs).toISOString().slice(0, 19)}Z`;
  return [
    receiptQrScheme,
    qr.keyId,
    qr.number,
    at,
    qr.currency,
    amount,
    encodeURIComponent(qr.accountNumber),
    qr.link,
  ].join('|');
}

/** Splits a scanned QR into what was signed and the signature (base64url); null when it is not one of ours. */
export function splitReceiptQr(
  text: string,
): { signed: string; signature: string; number: string; keyId: string } | null {
  const fields = text.trim().split('|');
  const [scheme, keyId, number] = fields;
  const signature = fields.at(-1);
  if (fields.length !== 9 || scheme !== receiptQrScheme) return null;
  if (keyId === undefined || number === undefined || signature === undefined) return null;
  return { signed: fields.slice(0, -1).join('|'), signature, number, keyId };
}
