import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { developmentFontsFolder } from '../../electron/printing/developmentFonts.ts';
import { createDrawing } from '../../electron/printing/drawing.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { VirtualPrinter } from '../printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../printer/virtualPrinter.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf } from './statistics.ts';

const root = join(import.meta.dirname, '../..');
const receiptsPerRun = 3;
/** As fast as a receipt printer's interface reads. */
const bytesPerSecond = 115_000;

/**
 * How long a receipt is on its way to a printer that reads slowly, from the transport's start to the printer's last byte,
 * against a bare connection that writes the same bytes to the same printer.
 */
export async function benchLine(receipts: readonly ReceiptContent[], runs: number): Promise<Row[]> {
  const drawing = createDrawing({
    workerFile: join(root, 'electron/printing/drawWorker.ts'),
    fontsFolder: developmentFontsFolder(),
    crestFile: join(root, 'resources/crest.svg'),
  });
  const printer = await startVirtualPrinter();
  const ours: number[][] = [];
  const limit: number[][] = [];
  try {
    printer.set({ bytesPerSecond });
    const transport = createTcpTransport({
      host: '127.0.0.1',
      port: printer.port,
      abilities: { answersStatus: true, acknowledges: true },
    });
    for (let run = 0; run <= runs; run++) {
      const times = { ours: [] as number[], limit: [] as number[] };
      for (let at = 0; at < receiptsPerRun; at++) {
        const receipt = receipts[(run * receiptsPerRun + at) % receipts.length];
        if (receipt === undefined) throw new Error('there are no receipts to print');
        const { raster } = await drawing.draw(receipt, { dotsPerLine: 576, copyNumber: 0 });
        const job = Buffer.concat([Buffer.from([0x1b, 0x40]), raster, Buffer.from([0x1d, 0x56, 0])]);
        times.limit.push(await untilPaper(printer, () => writeBare(printer.port, job)));
        times.ours.push(await untilPaper(printer, () => transport.send(job, never, () => {})));
      }
      // The first run warms everything up.
      if (run === 0) continue;
      ours.push(times.ours);
      limit.push(times.limit);
    }
  } finally {
    await printer.close();
    await drawing.close();
  }
  return [
    rowOf('receipt, to the last byte at 115 kB/s', spreadOf(ours), spreadOf(limit), {
      text: '≤ 1.05× limit',
      isMet: ({ ratio }) => ratio <= 1.05,
    }),
  ];
}

const never = new AbortController().signal;

/** Milliseconds until the printer has cut the paper off, which is the job's last byte. */
async function untilPaper(printer: VirtualPrinter, send: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  let cutAt = from;
  printer.once('paper', () => (cutAt = performance.now()));
  await send();
  return cutAt - from;
}

async function writeBare(port: number, job: Uint8Array): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
  socket.resume();
  socket.end(job);
  await once(socket, 'close');
}
