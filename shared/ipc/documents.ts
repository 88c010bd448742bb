import { z } from 'zod';
import { channel, rowId } from './pieces.ts';
import { reprintReasons } from '../domain/printed.ts';

export const documentChannels = {
  /**
   * A payment's receipt, or any job's paper, as an A4 page where the person says: a marked copy, counted like a printed
   * one. The copy's number; null when the person closed the dialog.
   */
  'documents.savePdf': channel<{ copyNumber: number | null }>()(
    z.union([
      z.strictObject({ paymentId: rowId, reason: z.enum(reprintReasons) }),
      z.strictObject({ jobId: rowId, reason: z.enum(reprintReasons) }),
    ]),
    ['cashier', 'supervisor', 'administrator'],
  ),
} as const;
