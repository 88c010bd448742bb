import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { bitmapPng } from '../../electron/printing/bitmap.ts';
import { printPaper } from '../../electron/printing/escpos.ts';
import { demonstrationPrinter } from '../../electron/setup/demonstrationPeople.ts';
import { rasterCommands } from '../../electron/printing/raster.ts';
import { createPictureTransport } from '../../electron/printing/transports/picture.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import { running, sampleJob, sampleRows } from './sampleJob.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'sanduq-pictures-')), 'papers');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const picture = () => createPictureTransport({ folder, dotsPerLine: 576 });
const names = () => readdirSync(folder).sort();
const read = (name: string) => readFileSync(join(folder, name));

/** Dots in every row but a long blank: bands, a feed and an end. */
function someBitmap(): Bitmap {
  const bits = new Uint8Array(72 * 900);
  for (let at = 0; at < bits.length; at++) if (at < 72 * 300 || at > 72 * 500) bits[at] = (at * 37) & 0xff;
  return { width: 576, height: 900, bits };
}

describe('a job saved as a picture', () => {
  it('shows what a printer would have printed, dot for dot, also after a job that broke off', async () => {
    const printer = await startVirtualPrinter();
    const tcp = createTcpTransport({ host: '127.0.0.1', port: printer.port });
    for (const isAfterBreak of [false, true]) {
      const paper = { raster: rasterCommands(someBitmap()), isAfterBreak };
      expect(await printPaper(picture(), demonstrationPrinter, paper, running, () => {})).toEqual({
        kind: 'sent',
      });
      await printPaper(tcp, demonstrationPrinter, paper, running, () => {});
    }
    const papers = await printer.waitForPapers(3);
    await printer.close();
    expect(names()).toEqual(['paper-00001.png', 'paper-00002.png', 'paper-00003.png']);
    for (const [at, name] of names().entries())
      expect(read(name).equals(papers[at]?.png ?? Buffer.alloc(0))).toBe(true);
  });

  it('is a PNG of the width of the head, numbered on from what is there', async () => {
    await picture().send(sampleJob, running, () => {});
    await picture().send(sampleJob, running, () => {});
    expect(names()).toEqual(['paper-00001.png', 'paper-00002.png']);
    const { width, height } = PNG.sync.read(read('paper-00002.png'));
    expect([width, height]).toEqual([576, sampleRows]);
    const narrow = createPictureTransport({ folder, dotsPerLine: 384 });
    await narrow.send(sampleJob, running, () => {});
    expect(PNG.sync.read(read('paper-00003.png')).width).toBe(384);
  });

  it('is not begun when the folder cannot be, and keeps what has no cut', async () => {
    writeFileSync(folder, 'a file');
    expect((await picture().send(sampleJob, running, () => {})).kind).toBe('failedNotSent');
    rmSync(folder);
    await picture().send(sampleJob.subarray(0, sampleJob.length - 3), running, () => {});
    const bits = new Uint8Array(72 * sampleRows).fill(0xaa);
    expect(read('paper-00001.png').equals(bitmapPng({ width: 576, height: sampleRows, bits }))).toBe(true);
  });
});
