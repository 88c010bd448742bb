import { z } from 'zod';
import type { CrestProblem, PrintedDocument, PrintState } from '../domain/printed.ts';
import {
  drawerReasons,
  mostPrinters,
  printedDocuments,
  printStates,
  reprintReasons,
} from '../domain/printed.ts';
import { channel, nothing, requestId, rowId } from './pieces.ts';

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
  /** Found by the probe at set-up: it answers DLE EOT (null: never probed, so it is asked each time); it acknowledges
   * a job by its process id (GS ( H). */
  answersStatus: z.boolean().nullable(),
  acknowledges: z.boolean(),
});
export type Printer = z.infer<typeof printerSchema>;

const printerId = printerSchema.shape.id;
export const printersSchema = z.array(printerSchema).max(mostPrinters);
export const routesSchema = z.strictObject({
  /** Where every document goes that has no printer of its own; null: no printer is set up. */
  main: printerId.nullable(),
  /** What is offered first when a printer fails. */
  fallback: printerId.nullable(),
  documents: z.partialRecord(z.enum(printedDocuments), printerId),
});
export type Routes = z.infer<typeof routesSchema>;

/** The printer of a document, by the routes. */
export function printerIdOf(document: PrintedDocument, routes: Routes): string | null {
  return routes.documents[document] ?? routes.main;
}

/** How wide a document is drawn for the screen: as on the paper that it will come out on; 80 mm without a printer. */
export function dotsOf(
  document: PrintedDocument,
  { printers, routes }: { readonly printers: readonly Printer[]; readonly routes: Routes },
): number {
  const id = printerIdOf(document, routes);
  return printers.find((printer) => printer.id === id)?.dotsPerLine ?? 576;
}

/** Which settings of printers contradict each other; null when none do. */
export function wrongPrinterSetting({
  printers,
  routes,
}: {
  readonly printers: readonly Printer[];
  readonly routes: Routes;
}): 'printers' | 'routes' | null {
  const ids = new Set(printers.map(({ id }) => id));
  if (ids.size !== printers.length) return 'printers';
  const targets = [routes.main, routes.fallback, ...Object.values(routes.documents)];
  return targets.every((id) => id === null || ids.has(id)) ? null : 'routes';
}

/** A job as it is named to a person. */
export type NamedJob = {
  readonly jobId: number;
  readonly document: PrintedDocument;
  readonly title: string;
  readonly copyNumber: number;
  readonly paymentId: number | null;
};

/** How one printer stands. */
export type OnePrinterStatus = {
  readonly id: string;
  readonly name: string;
  readonly state: 'idle' | 'printing' | 'failing';
  /** Its jobs that are not on paper yet. */
  readonly waiting: number;
  /** What keeps it from printing: told by the last try, or by the printer itself while nothing waits. */
  readonly problem: PrintProblem | null;
  readonly isPaperNearEnd: boolean;
  /** When what waits is tried again by itself. */
  readonly nextTryAtMs: number | null;
  readonly hasDrawer: boolean;
};

/** How the receipts' printer stands, what waits on any, and each of them. */
export type PrinterStatus = {
  readonly state: 'idle' | 'printing' | 'failing' | 'askPerson' | 'notConfigured';
  /** Jobs not yet on paper. */
  readonly waiting: number;
  /** Jobs of which only a person knows whether the paper came out. */
  readonly unknown: readonly NamedJob[];
  readonly lastProblem: PrintProblem | null;
  readonly printers: readonly OnePrinterStatus[];
  /** The receipts' printer, and the one to offer when another fails. */
  readonly mainId: string | null;
  readonly fallbackId: string | null;
  /** Why papers are printed without the crest or logo; null when they have it. */
  readonly crestProblem: CrestProblem | null;
  /** The drawer that did not open when it should have; until it opens, or a person has read it. */
  readonly drawerProblem: { readonly problem: PrintProblem; readonly atMs: number } | null;
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

/** What a printer turned out to be able to, and how it is now; null: it does not say. */
export type ProbeReport = {
  readonly answersStatus: boolean;
  readonly acknowledges: boolean;
  readonly look: { readonly problem: PrintProblem | null; readonly isPaperNearEnd: boolean } | null;
};

/** What became of a page that was printed to try a printer. */
export type PrintOutcome = {
  readonly kind: 'confirmed' | 'sent' | 'failedNotSent' | 'unknown';
  readonly problem: PrintProblem | null;
};

/** A line of the print journal. */
export type PrintJobRow = NamedJob & {
  readonly state: PrintState;
  readonly problem: PrintProblem | null;
  /** The printer that it was sent to, or that a person chose; null: by the routes. */
  readonly printer: string | null;
  /** Why there is a copy; null for an original. */
  readonly reason: (typeof reprintReasons)[number] | null;
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly personAr: string;
  readonly personEn: string;
};

const everyoneButAuditors = ['cashier', 'supervisor', 'administrator'] as const;

export const printingChannels = {
  /** A marked copy: of a payment's receipt, or of any job's paper. */
  'printing.reprint': channel<{ jobId: number; copyNumber: number }>()(
    z.union([
      z.strictObject({ requestId, paymentId: rowId, reason: z.enum(reprintReasons) }),
      z.strictObject({ requestId, jobId: rowId, reason: z.enum(reprintReasons) }),
    ]),
    everyoneButAuditors,
  ),
  /** The person's answer to «هل خرج السند؟». */
  'printing.answer': channel<PrinterStatus>()(
    z.strictObject({ jobId: rowId, cameOut: z.boolean() }),
    everyoneButAuditors,
  ),
  /**
   * The print journal, newest first. A cashier sees receipts and slips, the reports of their own shifts and what they
   * printed themselves.
   */
  'printing.list': channel<{ rows: readonly PrintJobRow[]; hasMore: boolean }>()(
    z.strictObject({
      text: z.string().max(100),
      document: z.enum(printedDocuments).nullable(),
      state: z.enum(printStates).nullable(),
      /** Only jobs before this one: the next page. */
      before: rowId.nullable(),
    }),
    'signedIn',
  ),
  /** The very dots of a job, as a PNG data URL. */
  'printing.picture': channel<{ png: string; width: number; height: number }>()(
    z.strictObject({ jobId: rowId }),
    'signedIn',
  ),
  'printing.retry': channel<PrinterStatus>()(nothing, everyoneButAuditors),
  /** What waits for one printer (all of it, or one job) goes to another. */
  'printing.move': channel<PrinterStatus>()(
    z.strictObject({ from: printerId, to: printerId, jobId: rowId.nullable() }),
    everyoneButAuditors,
  ),
  /** Opens the drawer without a sale. */
  'printing.openDrawer': channel<PrinterStatus>()(
    z.strictObject({
      requestId,
      reason: z.enum(drawerReasons),
      note: z.string().trim().max(200),
    }),
    ['cashier', 'supervisor'],
  ),
  /** What a printer can be chosen from at set-up. */
  'printing.installed': channel<{
    readonly spooler: readonly string[];
    readonly serial: readonly string[];
  }>()(nothing, ['administrator']),
  /** Tries a printer as it is typed, before it is saved. */
  'printing.probe': channel<ProbeReport>()(z.strictObject({ printer: printerSchema }), ['administrator']),
  'printing.testPage': channel<PrintOutcome>()(z.strictObject({ printer: printerSchema }), ['administrator']),
  /** The person has read that the drawer did not open. */
  'printing.drawerSeen': channel<PrinterStatus>()(nothing, ['cashier', 'supervisor']),
} as const;
