import type { Printer } from '../../shared/ipc/printing.ts';
import { rowBytes } from './bitmap.ts';
import { rowsInBand } from './raster.ts';
import type { SendResult, Transport } from './transport.ts';

/**
 * `ESC @`; `GS a 14`: the printer tells by itself when paper, cover or line change, however shortly; `GS P 203 203`: one
 * motion unit is one dot, whatever the model's own unit is.
 */
const jobStart = [0x1b, 0x40, 0x1d, 0x61, 0x0e, 0x1d, 0x50, 203, 203];

/** `GS ( K` function 49, steps from the printer's own setting, which `ESC @` brings back. */
const densitySteps = { light: 253, normal: null, dark: 3 } as const;

/** `GS V`: through, or leaving a point to tear at. */
const cuts = { full: [0x1d, 0x56, 0], partial: [0x1d, 0x56, 1], none: [] } as const;

/**
 * After a job that broke off the printer may still wait for the rest of a band and take the next job's bytes for it.
 * As many zeros as the largest band has bytes complete it with white; a printer that waits for nothing ignores them.
 * Then the half receipt is cut off, so that it never hangs on the next one.
 */
function afterBreak({ dotsPerLine, cut }: PaperPrinter): Buffer {
  const zeros = Buffer.alloc(rowBytes(dotsPerLine) * rowsInBand);
  const feedAndCut = [0x1b, 0x40, 0x1b, 0x64, 4, ...cuts[cut]];
  return Buffer.concat([zeros, Buffer.from(feedAndCut)]);
}

/** What of a printer's settings goes into a job. */
export type PaperPrinter = Pick<Printer, 'dotsPerLine' | 'density' | 'cut' | 'feedLines'>;

export type PaperToPrint = {
  /** From `rasterCommands`. */
  readonly raster: Uint8Array;
  /** The job before this one broke off. */
  readonly isAfterBreak: boolean;
};

/** Sends one paper, in the printer's own way. */
export async function printPaper(
  transport: Transport,
  printer: PaperPrinter,
  paper: PaperToPrint,
  signal: AbortSignal,
  beforeFirstByte: () => void,
): Promise<SendResult> {
  const step = densitySteps[printer.density];
  const { raster } = paper;
  return hand(
    transport,
    [
      ...(paper.isAfterBreak ? [afterBreak(printer)] : []),
      Buffer.from([...jobStart, ...(step === null ? [] : [0x1d, 0x28, 0x4b, 2, 0, 49, step])]),
      Buffer.from(raster.buffer, raster.byteOffset, raster.byteLength),
      // Lines that carry the last row past the cutter.
      Buffer.from([0x1b, 0x64, printer.feedLines, ...cuts[printer.cut]]),
    ],
    signal,
    beforeFirstByte,
  );
}

/** `ESC p m t1 t2`: pin 2 is m 0 and pin 5 is m 1, times in units of 2 ms (the library's own command has none). */
export function drawerPulse({ pin, onMs, offMs }: NonNullable<Printer['drawer']>): Buffer {
  return Buffer.from([0x1b, 0x70, pin === 2 ? 0 : 1, inUnits(onMs), inUnits(offMs)]);
}

/**
 * `DLE DC4 1 m t`: the same pulse, carried out at once also by a printer that has no paper or an open cover, where
 * `ESC p` would wait in its memory and open the drawer when nobody stands before it. In units of 100 ms.
 */
export function drawerPulseAtOnce({ pin, onMs }: NonNullable<Printer['drawer']>): Buffer {
  const units = Math.min(8, Math.max(1, Math.round(onMs / 100)));
  return Buffer.from([0x10, 0x14, 1, pin === 2 ? 0 : 1, units]);
}

function inUnits(ms: number): number {
  return Math.min(255, Math.max(1, Math.round(ms / 2)));
}

/** Opens a drawer: a short transmission of its own. */
export function pulseDrawer(transport: Transport, pulse: Buffer, signal: AbortSignal): Promise<SendResult> {
  return hand(transport, [pulse], signal, () => {});
}

/**
 * The library is the command buffer and the printer's profile, and our transport is its interface (its own transports
 * report success for paper that never came out: handbook, printing.md).
 */
async function hand(
  transport: Transport,
  commands: readonly Buffer[],
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
  // Loaded with the first paper: no start of the program waits for it.
  const { ThermalPrinter, PrinterTypes } = await import('node-thermal-printer');
  // The library takes an object here; only its types say text.
  const buffer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: ours as unknown as string });
  for (const command of commands) buffer.add(command);
  await buffer.execute();
  if (result === null) throw new Error('the printer library did not use its interface');
  return result;
}
