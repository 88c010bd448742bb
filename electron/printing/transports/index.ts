import type { Printer } from '../../../shared/ipc/printing.ts';
import type { Transport } from '../transport.ts';
import type { Patience } from './patience.ts';
import { createPictureTransport } from './picture.ts';
import { createSerialTransport, listSerialPorts } from './serial.ts';
import { createShareTransport } from './share.ts';
import type { Spooler } from './spooler.ts';
import { createTcpTransport } from './tcp.ts';

export type TransportParts = {
  /** One for the program: it keeps a worker. */
  readonly spooler: Spooler;
  /** Where papers go that are only tried out. */
  readonly pictureFolder: string;
  readonly patience?: Partial<Patience>;
};

/** The way to this printer. Nothing is opened or loaded before it is used. */
export function transportFor(printer: Printer, parts: TransportParts): Transport {
  const { way, answersStatus, acknowledges } = printer;
  const patience = parts.patience ?? {};
  // Never probed: asked each time.
  const known = answersStatus === null ? {} : { abilities: { answersStatus, acknowledges } };
  switch (way.kind) {
    case 'tcp':
      return createTcpTransport({ host: way.host, port: way.port, ...known, patience });
    case 'serial':
      return createSerialTransport({ path: way.path, baudRate: way.baudRate, ...known, patience });
    case 'spooler':
      return parts.spooler.transportFor(way);
    case 'share':
      return createShareTransport({ path: way.path, patience });
    case 'picture':
      return createPictureTransport({ folder: parts.pictureFolder, dotsPerLine: printer.dotsPerLine });
  }
}

/** What can be chosen from at set-up: Windows' printers and the PC's serial ports, by the names that settings take. */
export async function listWays(
  spooler: Spooler,
): Promise<{ readonly spooler: readonly string[]; readonly serial: readonly string[] }> {
  const [spooled, serial] = await Promise.all([spooler.list(), listSerialPorts()]);
  return { spooler: spooled, serial };
}
