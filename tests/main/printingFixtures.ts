import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import * as jsqrModule from 'jsqr';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { Person, Settings } from '../../shared/ipc/contract.ts';
import { transact } from '../../electron/db/connection.ts';
import { createJournal } from '../../electron/journal/append.ts';
import type { TillKey } from '../../electron/journal/tillKey.ts';
import { createTillKey, fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { isBlack, rowBytes } from '../../electron/printing/bitmap.ts';
import { developmentFontsFolder } from '../../electron/printing/developmentFonts.ts';
import { createDevices } from '../../electron/printing/devices.ts';
import { findCrest } from '../../electron/printing/crestSource.ts';
import type { Drawing } from '../../electron/printing/drawing.ts';
import type { ReceiptArtist } from '../../electron/printing/drawReceipt.ts';
import { createReceiptArtist } from '../../electron/printing/drawReceipt.ts';
import { createDrawing } from '../../electron/printing/drawing.ts';
import { family, loadFonts } from '../../electron/printing/fonts.ts';
import { insertOriginal } from '../../electron/printing/printJobs.ts';
import type { PrintQueue, PrintQueueParts } from '../../electron/printing/queue.ts';
import { createPrintQueue } from '../../electron/printing/queue.ts';
import type { Patience } from '../../electron/printing/transports/patience.ts';
import { transportFor } from '../../electron/printing/transports/index.ts';
import { windowsLibraries } from '../../electron/printing/transports/spoolMessages.ts';
import { createSpooler } from '../../electron/printing/transports/spooler.ts';
import { printersAt } from '../../electron/setup/demonstrationPeople.ts';
import { workers } from '../helpers/workers.ts';
import { insertAccounts, openAccountsFile, openWriting } from './accountFixtures.ts';
import { sampleContent } from './printingSamples.ts';

export const crestFile = join(import.meta.dirname, '../../resources/crest.svg');

/** An artist with this crest above its papers, or none. */
export async function artistWith(file: string | null): Promise<ReceiptArtist> {
  const artist = createReceiptArtist(developmentFontsFolder());
  artist.useCrest((await findCrest(null, file)).crest);
  return artist;
}

export function openDrawing(changes: Partial<Parameters<typeof createDrawing>[0]> = {}): Drawing {
  return createDrawing({
    workerFile: workers().draw,
    fontsFolder: developmentFontsFolder(),
    crestFile,
    ...changes,
  });
}

/** The spooler's worker is started when it is first needed, which here it never is. */
const transports = {
  spooler: createSpooler({ workerFile: workers().spool, libraries: windowsLibraries }),
  pictureFolder: '',
};

/** Patience that a test can wait for. */
export const impatient: Patience = {
  connectMs: 1_000,
  statusMs: 150,
  stallMs: 500,
  lookMs: 60,
  settleMs: 400,
  silenceMs: 900,
  closeMs: 200,
};

export const cashier: Person = {
  id: 1,
  login: 'sanaa',
  nameAr: 'سناء إبراهيم أبو دقة',
  nameEn: 'Sanaa Abu Daqqa',
  role: 'cashier',
};

export type JobRow = {
  readonly id: number;
  readonly copy_number: number;
  readonly state: string;
  readonly attempts: number;
  readonly problem: string | null;
  readonly bitmap: Buffer | null;
  readonly bitmap_width: number | null;
  readonly bitmap_height: number | null;
};

/** A till's database on disk with one cashier and one account, ready to have receipts printed. */
export function openPrintingFile() {
  const file = openAccountsFile();
  const { db } = file;
  insertAccounts(db, [{ id: 1, name: 'محمد عبد الرحمن خليل الأسطل' }]);
  db.prepare(
    `INSERT INTO users (id, login, name_ar, name_en, role, secret_hash, created_at_ms)
     VALUES (1, 'sanaa', 'سناء', 'Sanaa', 'cashier', 'x', 0)`,
  ).run();
  db.prepare(
    `INSERT INTO shifts (id, open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
     VALUES (1, ?, 'KY01', 1, '2026-11-24', 0, 0)`,
  ).run(randomUUID());
  const key = createTillKey(join(file.folder, 'till.key'), fileProtection);
  let nowMs = Date.UTC(2026, 10, 24, 8);
  return printingFileOf(file, key, () => (nowMs += 1));
}

/** The same file in another process. */
export function reopenPrintingFile(folder: string): PrintingFile {
  const db = openWriting(join(folder, 'sanduq.db'));
  const file = { db, folder, file: join(folder, 'sanduq.db'), close: () => void db.close() };
  return printingFileOf(file, loadTillKey(join(folder, 'till.key'), fileProtection), Date.now);
}

function printingFileOf(file: ReturnType<typeof openAccountsFile>, key: TillKey, clock: () => number) {
  const { db } = file;
  const journal = createJournal(db, key, 'KY01', clock);
  return {
    ...file,
    journal,
    clock,
    /** A payment and its print job in one transaction, as the counter makes them. */
    pay: (changes: Partial<ReceiptContent> = {}) => transact(db, (tx) => insertPaymentWithJob(tx, changes)),
    job: (id: number): JobRow => {
      const row = db.prepare<[number], JobRow>('SELECT * FROM print_jobs WHERE id = ?').get(id);
      if (row === undefined) throw new Error(`no job ${id}`);
      return row;
    },
    acts: (): string[] =>
      db
        .prepare<[], { act: string }>('SELECT act FROM journal ORDER BY sequence')
        .all()
        .map((row) => row.act),
    bodies: (act: string): Record<string, unknown>[] =>
      db
        .prepare<[string], { text: string }>('SELECT text FROM journal WHERE act = ? ORDER BY sequence')
        .all(act)
        .map((row) => (JSON.parse(row.text) as { body: Record<string, unknown> }).body),
  };
}

function insertPaymentWithJob(
  tx: Parameters<Parameters<typeof transact>[1]>[0],
  changes: Partial<ReceiptContent>,
) {
  const sequence =
    (tx.prepare<[], { last: number | null }>('SELECT max(receipt_sequence) AS last FROM payments').get()
      ?.last ?? 0) + 1;
  const number = `KY01-2026-${String(sequence).padStart(6, '0')}`;
  const content = sampleContent({ number, ...changes });
  const requestId = randomUUID();
  const payment = tx
    .prepare(
      `INSERT INTO payments (request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
         shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
       VALUES (?, 'x', 'KY01', 2026, ?, ?, 1, 1, 1, ?, ?, '2026-11-24', 'ILS', ?, 0)`,
    )
    .run(requestId, sequence, number, content.payer.name, content.atMs, content.totalMinor);
  const paymentId = Number(payment.lastInsertRowid);
  const jobId = insertOriginal(tx, {
    document: 'receipt',
    paymentId,
    title: number,
    content: canonicalJson(content),
    userId: 1,
    atMs: content.atMs,
  });
  return { paymentId, jobId, number, content };
}

export type PrintingFile = ReturnType<typeof openPrintingFile>;

/** As a printer of before, or one that was typed and never tried: asked each time what it answers. */
function neverProbed<T extends Pick<Settings, 'printers'>>(settings: T): T {
  const printers = settings.printers.map((one) => ({ ...one, answersStatus: null, acknowledges: false }));
  return { ...settings, printers };
}

export function openQueue(
  file: PrintingFile,
  drawing: Pick<Drawing, 'draw' | 'crestProblem'>,
  port: number,
  changes: Partial<PrintQueueParts> & { readonly patience?: Partial<Patience> } = {},
): PrintQueue & { readonly errors: unknown[] } {
  const { patience, ...parts } = changes;
  const errors: unknown[] = [];
  const queue = createPrintQueue({
    db: file.db,
    settings: () => neverProbed(printersAt(port)),
    transportFor: (printer) =>
      transportFor(printer, { ...transports, patience: { ...impatient, ...patience } }),
    devices: createDevices(),
    drawing,
    clock: file.clock,
    journal: file.journal,
    onChange: () => {},
    onError: (error) => errors.push(error),
    retryMs: { first: 40, longest: 160 },
    lookMs: null,
    ...parts,
  });
  return { ...queue, errors };
}

/** Waits until it is so; says what was last seen when it never is. */
export async function until<T>(read: () => T, isSo: (seen: T) => boolean, timeoutMs = 8_000): Promise<T> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const seen = read();
    if (isSo(seen)) return seen;
    if (performance.now() > endsAt) throw new Error(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * A text drawn by itself, left to right, cropped to its ink. On a receipt it may begin between two dots, so there is
 * one picture for each quarter of a dot.
 */
export function inkOf(text: string, sizePx: number, weight: 500 | 700): Bitmap[] {
  loadFonts(developmentFontsFolder());
  return [0, 0.25, 0.5, 0.75].map((offset) => {
    const canvas = createCanvas(1200, 160);
    const ctx = canvas.getContext('2d', { alpha: false });
    ctx.fillStyle = 'white';
    ctx.fillRect(0, 0, 1200, 160);
    ctx.fillStyle = 'black';
    ctx.lang = 'ar';
    ctx.font = `${weight} ${sizePx}px "${family}"`;
    ctx.direction = 'ltr';
    ctx.textAlign = 'left';
    ctx.fillText(text, 20 + offset, 100);
    const { data } = ctx.getImageData(0, 0, 1200, 160);
    return cropped(1200, 160, (x, y) => (data[(y * 1200 + x) * 4 + 1] ?? 255) < 160);
  });
}

function cropped(width: number, height: number, dark: (x: number, y: number) => boolean): Bitmap {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!dark(x, y)) continue;
      [left, right, top, bottom] = [
        Math.min(left, x),
        Math.max(right, x),
        Math.min(top, y),
        Math.max(bottom, y),
      ];
    }
  }
  const ink = { width: right - left + 1, height: bottom - top + 1 };
  const bits = new Uint8Array(rowBytes(ink.width) * ink.height);
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      const at = y * rowBytes(ink.width) + (x >> 3);
      if (dark(left + x, top + y)) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { ...ink, bits };
}

/** Where one of these pictures of a text stands on a paper; null when it is nowhere. */
export function findInk(paper: Bitmap, pictures: readonly Bitmap[]): { x: number; y: number } | null {
  const dots = new Uint8Array(paper.width * paper.height);
  for (let y = 0; y < paper.height; y++) {
    for (let x = 0; x < paper.width; x++) dots[y * paper.width + x] = isBlack(paper, x, y) ? 1 : 0;
  }
  for (const ink of pictures) {
    const found = findOne(paper, dots, ink);
    if (found !== null) return found;
  }
  return null;
}

function findOne(paper: Bitmap, dots: Uint8Array, ink: Bitmap): { x: number; y: number } | null {
  const offsets: number[] = [];
  const wanted: number[] = [];
  let black = 0;
  // Every 97th dot first: a wrong place is seen after a few of them.
  const count = ink.width * ink.height;
  for (let start = 0; start < 97; start++) {
    for (let index = start; index < count; index += 97) {
      const [x, y] = [index % ink.width, Math.floor(index / ink.width)];
      const isDark = isBlack(ink, x, y);
      if (isDark) black += 1;
      offsets.push(y * paper.width + x);
      wanted.push(isDark ? 1 : 0);
    }
  }
  const allowed = black * 0.12;
  const sampled = Math.min(count, Math.max(120, Math.floor(count / 97)));
  for (let top = 0; top + ink.height <= paper.height; top++) {
    for (let left = 0; left + ink.width <= paper.width; left++) {
      const base = top * paper.width + left;
      let wrong = 0;
      for (let index = 0; index < count && wrong <= allowed; index++) {
        if (dots[base + (offsets[index] ?? 0)] !== wanted[index]) wrong += 1;
        // A fifth wrong among the first is not this text a dot aside.
        if (index < sampled && wrong > 24) wrong = count;
      }
      if (wrong <= allowed) return { x: left, y: top };
    }
  }
  return null;
}

type ReadQr = (rgba: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

/** What a phone would read from the paper's QR; null when it reads nothing. */
export function readQr(bitmap: Bitmap): string | null {
  const rgba = new Uint8ClampedArray(bitmap.width * bitmap.height * 4).fill(255);
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      if (isBlack(bitmap, x, y)) rgba.fill(0, (y * bitmap.width + x) * 4, (y * bitmap.width + x) * 4 + 3);
    }
  }
  // The package is CommonJS with a default of its own: a bundler unwraps it, Node does not.
  const { default: outer } = jsqrModule as unknown as { default: ReadQr | { default: ReadQr } };
  const read = typeof outer === 'function' ? outer : outer.default;
  return read(rgba, bitmap.width, bitmap.height)?.data ?? null;
}
