import { z } from 'zod';
import { channel, counts, nothing, requestId } from './pieces.ts';

export type ShiftState = {
  readonly id: number;
  readonly till: string;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly floatMinor: number;
  /** Receipts only: a cashier's count is blind, so no sum leaves main. */
  readonly receiptCount: number;
};

export const shiftChannels = {
  'shifts.current': channel<ShiftState | null>()(nothing, 'signedIn'),
  'shifts.open': channel<ShiftState>()(z.strictObject({ requestId, counts }), ['cashier', 'supervisor']),
  'shifts.close': channel<Record<never, never>>()(z.strictObject({ requestId }), ['cashier', 'supervisor']),
} as const;
