import { Worker } from 'node:worker_threads';
import type { PaperContent } from '../../shared/domain/paper.ts';
import type { CrestProblem } from '../../shared/domain/printed.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type {
  CrestNotice,
  CrestRequest,
  DrawnJob,
  DrawnPicture,
  DrawReply,
  DrawWorkerData,
  PaperRequest,
  TriedCrest,
} from './drawMessages.ts';
import type { DrawOptions } from './drawReceipt.ts';

export type DrawingOptions = Omit<DrawWorkerData, 'logo'> & {
  /** The municipality's own logo, instead of the crest in the file; read when a worker starts. */
  readonly logo?: () => Uint8Array | null;
  /** drawWorker.ts in a checkout, the bundled drawWorker.cjs in the program. */
  readonly workerFile: string | URL;
  /** A drawing that takes longer than this is given up and the worker replaced. */
  readonly timeoutMs?: number;
  /** `crestProblem()` is another one: a worker started and found it, or another logo is used. */
  readonly onCrest?: () => void;
};

export type Drawing = {
  /** The job that prints this receipt, report or slip. Rejects when it can't be drawn; the next one has a fresh worker if need be. */
  readonly draw: (content: PaperContent, options: DrawOptions) => Promise<DrawnJob>;
  /** The same dots as a PNG for the screen. */
  readonly picture: (content: PaperContent, options: DrawOptions) => Promise<DrawnPicture>;
  /** How that logo, or the crest that comes with the program (null), comes out on paper, or why it does not. */
  readonly tryCrest: (logo: Uint8Array | null) => Promise<TriedCrest>;
  /** Why papers are drawn without their crest; null when they have it, or nothing was drawn yet. */
  readonly crestProblem: () => CrestProblem | null;
  /** Puts it above all papers from now on. */
  readonly useCrest: (logo: Uint8Array | null) => Promise<void>;
  /** Loads the canvas and the fonts and draws one receipt, so that the first real one is as quick as the others. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Without the number by which its reply is known. */
type Asked = Omit<PaperRequest, 'id'> | Omit<CrestRequest, 'id'>;

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
  let crestProblem: CrestProblem | null = null;

  function start(): Worker {
    const { fontsFolder, crestFile } = options;
    const workerData: DrawWorkerData = { fontsFolder, crestFile, logo: options.logo?.() ?? null };
    const started = new Worker(options.workerFile, { workerData });
    // A receipt that is being drawn does not keep the program alive; its job is on disk.
    started.unref();
    started.on('message', (reply: DrawReply | CrestNotice) => {
      if (reply.kind === 'crestAtStart') return hasCrest(reply.problem);
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

  function hasCrest(problem: CrestProblem | null): void {
    if (isClosed || problem === crestProblem) return;
    crestProblem = problem;
    options.onCrest?.();
  }

  function take(id: number): Waiting | undefined {
    const entry = waiting.get(id);
    if (entry !== undefined) clearTimeout(entry.timer);
    waiting.delete(id);
    return entry;
  }

  function ask(request: Asked): Promise<DrawReply> {
    if (isClosed) return Promise.reject(new Error('drawing is closed'));
    worker ??= start();
    const asked = worker;
    const id = ++lastId;
    return new Promise<DrawReply>((resolve, reject) => {
      const timer = setTimeout(() => void asked.terminate(), options.timeoutMs ?? 20_000);
      waiting.set(id, { resolve, reject, timer });
      asked.postMessage({ ...request, id });
    });
  }

  async function draw(content: PaperContent, drawOptions: DrawOptions): Promise<DrawnJob> {
    const { dotsPerLine, copyNumber } = drawOptions;
    const reply = await ask({ kind: 'job', content, dotsPerLine, copyNumber });
    if (reply.kind !== 'job') throw new Error(`asked for a job, got ${reply.kind}`);
    const { width, height, deflated, raster } = reply;
    return { width, height, deflated, raster };
  }

  async function askCrest(kind: 'tryCrest' | 'useCrest', logo: Uint8Array | null): Promise<TriedCrest> {
    const reply = await ask({ kind, logo });
    if (reply.kind !== 'crest') throw new Error(`asked for a crest, got ${reply.kind}`);
    return { problem: reply.problem, png: reply.png };
  }

  return {
    draw,
    crestProblem: () => crestProblem,
    tryCrest: (logo) => askCrest('tryCrest', logo),
    useCrest: async (logo) => {
      hasCrest((await askCrest('useCrest', logo)).problem);
    },
    picture: async (content, { dotsPerLine, copyNumber }) => {
      const reply = await ask({ kind: 'picture', content, dotsPerLine, copyNumber });
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
