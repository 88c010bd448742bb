import type { PrintOutcome, Printer, ProbeReport } from '../../shared/ipc/printing.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type { Devices } from './devices.ts';
import type { Drawing } from './drawing.ts';
import { printPaper } from './escpos.ts';
import { openDrawer } from './openDrawer.ts';
import type { SendResult, Transport } from './transport.ts';

export type TryOutParts = {
  readonly transportFor: (printer: Printer) => Transport;
  readonly devices: Devices;
  readonly drawing: Pick<Drawing, 'draw'>;
};

/** Tries printers at set-up, as typed, before they are saved. What is being printed on the same one goes first. */
export type TryOut = {
  readonly probe: (printer: Printer) => Promise<ProbeReport>;
  /** Prints a page at once, and opens the drawer if one is said to hang on it. It is nobody's receipt: no job is kept. */
  readonly page: (printer: Printer, page: PaperDocument) => Promise<PrintOutcome>;
};

/** Longer than every wait of a transport together: a way that hangs is told as such, not waited for. */
const mostMs = 60_000;

export function createTryOut({ transportFor, devices, drawing }: TryOutParts): TryOut {
  return {
    probe: (printer) =>
      devices.use(printer.way, () => transportFor(printer).probe(AbortSignal.timeout(mostMs))),
    page: async (printer, page) => {
      const { dotsPerLine, drawer } = printer;
      const { raster } = await drawing.draw(page, { dotsPerLine, copyNumber: 0 });
      return devices.use(printer.way, async () => {
        const signal = AbortSignal.timeout(mostMs);
        const paper = { raster, isAfterBreak: false };
        const result = await printPaper(transportFor(printer), printer, paper, signal, () => {});
        if (drawer !== null && (result.kind === 'confirmed' || result.kind === 'sent'))
          await openDrawer(transportFor, { ...printer, drawer }, signal);
        return outcomeOf(result);
      });
    },
  };
}

function outcomeOf(result: SendResult): PrintOutcome {
  return { kind: result.kind, problem: 'problem' in result ? result.problem : null };
}
