import { Worker } from 'node:worker_threads';
import type { PaperContent } from '../../shared/domain/paper.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type {
  CrestNotice,
  DrawnJob,
  DrawnPicture,
  DrawReply,
  DrawRequest,
  DrawWorkerData,
} from './drawMessages.ts';
import type { DrawOptions } from './drawReceipt.ts';

export type DrawingOptions = DrawWorkerData & {
  /** drawWorker.ts in a checkout, the bundled drawWorker.cjs in the program. */
  readonly workerFile: string | URL;
  /** A drawing that takes longer than this is given up and the worker replaced. */
  readonly timeoutMs?: number;
  /** Told once when the crest can't be used; papers are drawn without it. */
  readonly onCrestProblem?: (message: string) => void;
};

export type Drawing = {
  /** The job that prints this receipt, report or slip. Rejects when it can't be drawn; the next one has a fresh worker if need be. */
  readonly draw: (content: PaperContent, options: DrawOptions) => Promise<DrawnJob>;
  /** The same dots as a PNG for the screen. */
  readonly picture: (content: PaperContent, options: DrawOptions) => Promise<DrawnPicture>;
  /** Loads the canvas and the fonts and draws one receipt, so that the first real one is as quick as the others. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly resolve: (reply: DrawReply) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** Keeps one drawing worker, and starts another when it crashes or hangs. */
export function createDrawing(options: DrawingOptions): Drawing {
  // The canvas reads the real environment: fonts of the machine must never stand in for ours.
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] ??= '1';
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;
  let isClosed = false;
  let isCrestSaid = false;

  function start(): Worker {
    const { fontsFolder, crestFile } = options;
    const workerData: DrawWorkerData = { fontsFolder, crestFile };
    const started = new Worker(options.workerFile, { workerData });
    // A receipt that is being drawn does not keep the program alive; its job is on disk.
    started.unref();
    started.on('message', (reply: DrawReply | CrestNotice) => {
      if (reply.kind === 'crest') return sayOnce(reply.message);
      const entry = take(reply.id);
      if (reply.kind === 'failed') entry?.reject(new Error(reply.message));
      else entry?.resolve(reply);
    });
    const gone = (error: Error) => {
      if (worker !== started) return;
      worker = null;
      for (const id of waiting.keys()) take(id)?.reject(error);
    };
    started.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))));
    started.on('exit', (code) => gone(new Error(`the drawing worker ended with ${code}`)));
    return started;
  }

  /** A worker that had to be replaced finds the same again. */
  function sayOnce(message: string): void {
    if (!isCrestSaid) options.onCrestProblem?.(message);
    isCrestSaid = true;
  }

  function take(id: number): Waiting | undefined {
    const entry = waiting.get(id);
    if (entry !== undefined) clearTimeout(entry.timer);
    waiting.delete(id);
    return entry;
  }

  function ask(kind: DrawRequest['kind'], content: PaperContent, draw: DrawOptions): Promise<DrawReply> {
    if (isClosed) return Promise.reject(new Error('drawing is closed'));
    worker ??= start();
    const asked = worker;
    const id = ++lastId;
    const { dotsPerLine, copyNumber } = draw;
    return new Promise<DrawReply>((resolve, reject) => {
      const timer = setTimeout(() => void asked.terminate(), options.timeoutMs ?? 20_000);
      waiting.set(id, { resolve, reject, timer });
      const request: DrawRequest = { id, kind, content, dotsPerLine, copyNumber };
      asked.postMessage(request);
    });
  }

  async function draw(content: PaperContent, drawOptions: DrawOptions): Promise<DrawnJob> {
    const reply = await ask('job', content, drawOptions);
    if (reply.kind !== 'job') throw new Error(`asked for a job, got ${reply.kind}`);
    const { width, height, deflated, raster } = reply;
    return { width, height, deflated, raster };
  }

  return {
    draw,
    picture: async (content, drawOptions) => {
      const reply = await ask('picture', content, drawOptions);
      if (reply.kind !== 'picture') throw new Error(`asked for a picture, got ${reply.kind}`);
      return { width: reply.width, height: reply.height, png: reply.png };
    },
    warmUp: async () => {
      await draw(specimen, { dotsPerLine: 576, copyNumber: 0 });
    },
    close: async () => {
      isClosed = true;
      const closing = worker;
      worker = null;
      for (const id of waiting.keys()) take(id)?.reject(new Error('drawing is closed'));
      await closing?.terminate();
    },
  };
}

/** Any receipt will do to warm up: it is thrown away. */
const specimen: ReceiptContent = {
  version: 1,
  number: 'A1-2026-000001',
  municipality: { ar: 'بلدية', en: '' },
  centre: { ar: 'مركز', en: '' },
  till: 'A1',
  atMs: 0,
  businessDate: '1970-01-01',
  offsetMinutes: 120,
  payer: { name: 'اسم', identityNumber: '000000000' },
  account: { number: '1', category: 'فئة', address: 'عنوان' },
  lines: [
    {
      kind: 'charge',
      account: { number: '1', name: 'اسم' },
      billNumber: 'B-1',
      service: { ar: 'مياه', en: '' },
      period: '2026-01',
      paidMinor: 1,
      leftMinor: 0,
    },
  ],
  currency: 'ILS',
  totalMinor: 1,
  amountInWords: 'أغورة',
  tenders: [
    {
      kind: 'cash',
      currency: 'ILS',
      receivedMinor: 1,
      wornMinor: 0,
      valueMinor: 1,
      rate: null,
      creditOf: null,
    },
  ],
  change: [],
  changeCredit: null,
  roundingMinor: 0,
  remainingMinor: 0,
  creditMinor: 0,
  undone: null,
  book: null,
  waivedBy: null,
  cashier: { ar: 'اسم', en: '' },
  isDemonstration: true,
  qr: 'specimen',
};
