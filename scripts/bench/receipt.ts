import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { developmentFontsFolder } from '../../electron/printing/developmentFonts.ts';
import { createDrawing } from '../../electron/printing/drawing.ts';
import { printPaper } from '../../electron/printing/escpos.ts';
import type { Transport } from '../../electron/printing/transport.ts';
import { demonstrationPrinter } from '../../electron/setup/demonstrationPeople.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf } from './statistics.ts';

const root = join(import.meta.dirname, '../..');
const receiptsPerRun = 40;
const dotsPerLine = 576;
/** People pay one after the other: the worker has long tidied up when the next receipt comes. */
const betweenMs = 25;

/** From a receipt's content to all bytes that print it: drawn in the worker, made into a job in main. */
export async function benchReceipt(receipts: readonly ReceiptContent[], runs: number): Promise<Row[]> {
  const drawing = createDrawing({
    workerFile: join(root, 'electron/printing/drawWorker.ts'),
    fontsFolder: developmentFontsFolder(),
    crestFile: join(root, 'resources/crest.svg'),
  });
  const times: number[][] = [];
  let drawn = 0;
  try {
    await drawing.warmUp();
    for (let run = 0; run <= runs; run++) {
      const one: number[] = [];
      for (let i = 0; i < receiptsPerRun; i++) {
        const receipt = receipts[drawn % receipts.length];
        if (receipt === undefined) throw new Error('there are no receipts to draw');
        drawn += 1;
        const from = performance.now();
        const { raster } = await drawing.draw(receipt, { dotsPerLine, copyNumber: 0 });
        await printPaper(nowhere, demonstrationPrinter, { raster, isAfterBreak: false }, never, () => {});
        one.push(performance.now() - from);
        await pause(betweenMs);
      }
      if (run > 0) times.push(one);
    }
  } finally {
    await drawing.close();
  }
  return [
    rowOf('receipt, bitmap and bytes', spreadOf(times), null, {
      text: 'p95 ≤ 15',
      isMet: ({ p95 }) => p95 <= 15,
    }),
  ];
}

const never = new AbortController().signal;
/** Takes the whole job at once. */
const nowhere: Transport = {
  send: () => Promise.resolve({ kind: 'confirmed' }),
  look: () => Promise.resolve(null),
  probe: () => Promise.resolve({ answersStatus: false, acknowledges: false, look: null }),
};
