import type { Printer, PrintProblem } from '../../shared/ipc/printing.ts';
import { drawerPulse, drawerPulseAtOnce, pulseDrawer } from './escpos.ts';
import type { SendResult, Transport } from './transport.ts';

/** A printer that is there and can't print: its drawer opens all the same, by a command in real time. */
const withoutPaper: ReadonlySet<PrintProblem> = new Set<PrintProblem>(['paperOut', 'coverOpen', 'offline']);

/**
 * Opens the drawer that hangs on a printer, whether it has paper or not. Once: nobody wants a drawer that opens by
 * itself a minute later.
 * @returns what kept it shut, or null when the printer took the pulse
 */
export async function openDrawer(
  transportFor: (printer: Printer) => Transport,
  printer: Printer & { readonly drawer: NonNullable<Printer['drawer']> },
  signal: AbortSignal,
): Promise<PrintProblem | null> {
  const { drawer } = printer;
  const result = await pulseDrawer(transportFor(printer), drawerPulse(drawer), signal);
  if (result.kind !== 'failedNotSent' || !withoutPaper.has(result.problem)) return problemIn(result);
  // Asked nothing: it would only say again that it can't print.
  const mute = transportFor({ ...printer, answersStatus: false, acknowledges: false });
  return problemIn(await pulseDrawer(mute, drawerPulseAtOnce(drawer), signal));
}

function problemIn(result: SendResult): PrintProblem | null {
  return result.kind === 'failedNotSent' || result.kind === 'unknown' ? result.problem : null;
}
