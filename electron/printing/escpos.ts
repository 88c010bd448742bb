import { ThermalPrinter, PrinterTypes } from 'node-thermal-printer';
import type { Bitmap } from './bitmap.ts';
import { rowBytes } from './bitmap.ts';
import type { SendResult, Transport } from './transport.ts';

/** Large single images garble some printers. */
const rowsInBand = 256;
/** Fewer blank rows than this cost less as dots than as a command. */
const leastFeed = 24;

/**
 * A bitmap as the raster commands that print it: `GS v 0` in bands of at most 256 rows, and paper fed where it is
 * blank. Runs in the drawing worker. Feeds count in dots after `jobStart` has set the motion units.
 */
export function rasterCommands(bitmap: Bitmap): Buffer {
  const bytes = rowBytes(bitmap.width);
  const parts: Uint8Array[] = [];
  let y = 0;
  while (y < bitmap.height) {
    const blank = blankRows(bitmap, y);
    if (blank >= leastFeed || y + blank === bitmap.height) {
      parts.push(feed(blank));
      y += blank;
      continue;
    }
    const rows = bandRows(bitmap, y);
    parts.push(Buffer.from([0x1d, 0x76, 0x30, 0, bytes & 0xff, bytes >> 8, rows & 0xff, rows >> 8]));
    parts.push(bitmap.bits.subarray(y * bytes, (y + rows) * bytes));
    y += rows;
  }
  return Buffer.concat(parts);
}

/** Rows until the next long blank, the end, or a full band. */
function bandRows(bitmap: Bitmap, from: number): number {
  let y = from;
  while (y < bitmap.height && y - from < rowsInBand) {
    const blank = blankRows(bitmap, y);
    if (blank >= leastFeed || (blank > 0 && y + blank === bitmap.height)) break;
    y += Math.max(1, blank);
  }
  return Math.min(y - from, rowsInBand);
}

function blankRows(bitmap: Bitmap, from: number): number {
  const bytes = rowBytes(bitmap.width);
  let y = from;
  while (y < bitmap.height) {
    for (let at = y * bytes; at < (y + 1) * bytes; at++) if (bitmap.bits[at] !== 0) return y - from;
    y += 1;
  }
  return y - from;
}

/** `ESC J`: at most 255 dots at a time. */
function feed(rows: number): Buffer {
  const parts: number[] = [];
  for (let left = rows; left > 0; left -= 255) parts.push(0x1b, 0x4a, Math.min(255, left));
  return Buffer.from(parts);
}

/** `ESC @`, then `GS P 203 203`: one motion unit is one dot, whatever the model's own unit is. */
const jobStart = Buffer.from([0x1b, 0x40, 0x1d, 0x50, 203, 203]);

/**
 * After a job that broke off the printer may still wait for the rest of a band and take the next job's bytes for it.
 * As many zeros as the largest band has bytes complete it with white; a printer that waits for nothing ignores them.
 * Then the half receipt is cut off, so that it never hangs on the next one.
 */
function afterBreak(dotsPerLine: number): Buffer {
  const zeros = Buffer.alloc(rowBytes(dotsPerLine) * rowsInBand);
  const feedAndCut = [0x1b, 0x40, 0x1b, 0x64, 4, 0x1d, 0x56, 0];
  return Buffer.concat([zeros, Buffer.from(feedAndCut)]);
}

export type PaperToPrint = {
  /** From `rasterCommands`. */
  readonly raster: Uint8Array;
  readonly dotsPerLine: number;
  /** The job before this one broke off. */
  readonly isAfterBreak: boolean;
};

/**
 * Sends one paper: the library is the command buffer and the printer's profile, and our transport is its interface
 * (its own transports report success for paper that never came out: handbook, printing.md).
 */
export async function printPaper(
  transport: Transport,
  paper: PaperToPrint,
  signal: AbortSignal,
  beforeFirstByte: () => void,
): Promise<SendResult> {
  let result: SendResult | null = null;
  const ours = {
    getPrinterName: () => 'receipt',
    isPrinterConnected: () => Promise.resolve(true),
    execute: async (job: Uint8Array) => {
      result = await transport.send(job, signal, beforeFirstByte);
      return result.kind;
    },
  };
  // The library takes an object here; only its types say text.
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: ours as unknown as string });
  if (paper.isAfterBreak) printer.add(afterBreak(paper.dotsPerLine));
  const { raster } = paper;
  printer.add(jobStart);
  printer.add(Buffer.from(raster.buffer, raster.byteOffset, raster.byteLength));
  // Four lines carry the last row past the cutter.
  printer.cut({ verticalTabAmount: 1 });
  await printer.execute();
  if (result === null) throw new Error('the printer library did not use its interface');
  return result;
}
