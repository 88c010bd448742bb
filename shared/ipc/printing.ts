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

/** How bytes get to a printer. */
const printerWay = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tcp'),
    host: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .regex(/^[A-Za-z0-9.:_-]+$/),
    port: z.number().int().min(1).max(65_535),
  }),
  /** The Windows spooler; type-4 drivers take XPS_PASS instead of RAW. */
  z.strictObject({
    kind: z.literal('spooler'),
    printer: z.string().trim().min(1).max(220),
    datatype: z.enum(['RAW', 'XPS_PASS']),
  }),
  z.strictObject({
    kind: z.literal('serial'),
    path: z
      .string()
      .trim()
      .regex(/^(COM\d{1,3}|\/dev\/[A-Za-z0-9._/-]{1,60})$/),
    baudRate: z.union([9600, 19_200, 38_400, 57_600, 115_200].map((rate) => z.literal(rate))),
  }),
  /** A printer that another PC shares: \\\\host\\name. */
  z.strictObject({
    kind: z.literal('share'),
    path: z
      .string()
      .trim()
      .regex(/^\\\\[^\\/:*?"<>|\s]{1,60}\\[^\\/:*?"<>|]{1,80}$/),
  }),
  /** Saved as pictures beside the database: for trying out. */
  z.strictObject({ kind: z.literal('picture') }),
]);
export type PrinterWay = z.infer<typeof printerWay>;

export const printerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,20}$/),
  name: z.string().trim().min(1).max(60),
  way: printerWay,
  /** Dots its head has: 576 or 512 on 80 mm paper, 384 on 58 mm. */
  dotsPerLine: z.number().int().min(200).max(1200),
  density: z.enum(['light', 'normal', 'dark']),
  cut: z.enum(['full', 'partial', 'none']),
  /** Lines fed past the cutter before it cuts. */
  feedLines: z.number().int().min(0).max(12),
  /** The drawer's plug: pin 2 or 5, and how long its coil is on and rests, in ms; null where none hangs on it. */
  drawer: z
    .strictObject({
      pin: z.union([z.literal(2), z.literal(5)]),
      onMs: z.number().int().min(20).max(510),
      offMs: z.number().int().min(20).max(510),
    })
    .nullable(),
  /** Found by the probe at set-up: it answers DLE EOT; it acknowledges a job by its process id (GS ( H). */
  answersStatus: z.boolean(),
  acknowledges: z.boolean(),
});
export type Printer = z.infer<typeof printerSchema>;

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
  | 'drawing'
  /** No printer, share or port of that name. */
  | 'notFound'
  | 'accessDenied'
  /** Another program has it. */
  | 'busy'
  /** It takes the connection, and says nothing although it used to. */
  | 'noAnswer'
  /** It says what no receipt printer says. */
  | 'garbage'
  /** Windows' print service does not do its work, or this is not Windows. */
  | 'spooler'
  /** The driver takes another kind of data. */
  | 'datatype';

export type PrintState = 'intended' | 'sending' | 'sent' | 'confirmed' | 'failedNotSent' | 'unknown';

export const reprintReasons = ['lost', 'damaged', 'citizenAsked', 'didNotComeOut', 'other'] as const;

export const printingChannels = {
  'printing.reprint': channel<{ jobId: number; copyNumber: number }>()(
    z.strictObject({
      requestId,
      paymentId: rowId,
      reason: z.enum(reprintReasons),
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
