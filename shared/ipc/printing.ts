import { z } from 'zod';
import { channel, nothing, requestId, rowId } from './pieces.ts';

export const printerSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]*$/),
  port: z.number().int().min(1).max(65_535),
  dotsPerLine: z.number().int().min(200).max(1200),
});

export type PrinterStatus = {
  readonly state: 'idle' | 'printing' | 'failing' | 'askPerson' | 'notConfigured';
  /** Jobs not yet on paper. */
  readonly waiting: number;
  /** Jobs of which only a person knows whether the paper came out. */
  readonly unknown: readonly { readonly jobId: number; readonly receiptNumber: string }[];
  readonly lastProblem: PrintProblem | null;
};
export type PrintProblem =
  | 'unreachable'
  | 'refused'
  | 'paperOut'
  | 'coverOpen'
  | 'offline'
  | 'timedOut'
  | 'brokenOff'
  | 'drawing';

export type PrintState = 'intended' | 'sending' | 'sent' | 'confirmed' | 'failedNotSent' | 'unknown';

export const printingChannels = {
  'printing.reprint': channel<{ jobId: number; copyNumber: number }>()(
    z.strictObject({
      requestId,
      paymentId: rowId,
      reason: z.enum(['lost', 'damaged', 'citizenAsked', 'didNotComeOut', 'other']),
    }),
    ['cashier', 'supervisor', 'administrator'],
  ),
  /** The person's answer to «هل خرج السند؟». */
  'printing.answer': channel<PrinterStatus>()(z.strictObject({ jobId: rowId, cameOut: z.boolean() }), [
    'cashier',
    'supervisor',
    'administrator',
  ]),
  'printing.retry': channel<PrinterStatus>()(nothing, ['cashier', 'supervisor', 'administrator']),
} as const;
