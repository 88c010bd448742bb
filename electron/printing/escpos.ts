import { ThermalPrinter, PrinterTypes } from 'node-thermal-printer';
import { rowBytes } from './bitmap.ts';
import { rowsInBand } from './raster.ts';
import type { SendResult, Transport } from './transport.ts';

/**
 * `ESC @`; `GS a 14`: the printer tells by itself when paper, cover or line change, however shortly; `GS P 203 203`: one
 * motion unit is one dot, whatever the model's own unit is.
 */
const jobStart = Buffer.from([0x1b, 0x40, 0x1d, 0x61, 0x0e, 0x1d, 0x50, 203, 203]);

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
