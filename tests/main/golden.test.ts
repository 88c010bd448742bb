import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaperContent } from '../../shared/domain/paper.ts';
import { blackenDots } from '../../electron/printing/bitmap.ts';
import type { ReceiptArtist } from '../../electron/printing/drawReceipt.ts';
import { decode, encode, expectGolden } from './golden.ts';
import { depositSlip, identifiers, samplePage, shiftReport } from './paperSamples.ts';
import { artistWith, crestFile } from './printingFixtures.ts';
import {
  hostileContent,
  longContent,
  sampleContent,
  threeCurrencies,
  undoneContent,
  zeroCashWaiver,
} from './printingSamples.ts';

let artist: ReceiptArtist;
const folder = mkdtempSync(join(tmpdir(), 'golden-'));
beforeAll(async () => {
  artist = await artistWith(crestFile);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('to the dot as it was', () => {
  it.each<[name: string, content: PaperContent, dotsPerLine: number, copyNumber: number]>([
    ['identifiers', identifiers(), 576, 0],
    ['receipt', sampleContent(), 576, 0],
    ['receipt-512', sampleContent(), 512, 0],
    ['three-currencies-58mm', threeCurrencies(), 384, 0],
    ['long-names-58mm', hostileContent(), 384, 0],
    ['forty-lines', longContent(), 576, 0],
    ['copy-58mm', sampleContent({ isDemonstration: true }), 384, 2],
    ['void-slip', undoneContent(), 576, 0],
    ['zero-cash-waiver-58mm', zeroCashWaiver(), 384, 0],
    ['shift-report', shiftReport(), 576, 0],
    ['shift-report-58mm', shiftReport({ isDemonstration: true }), 384, 1],
    ['deposit-slip', depositSlip(), 576, 0],
    ['deposit-slip-58mm', depositSlip(), 384, 0],
    ['test-page', samplePage(576), 576, 0],
  ])('%s', (name, content, dotsPerLine, copyNumber) => {
    expectGolden(name, artist.draw(content, { dotsPerLine, copyNumber }));
  });
});

describe('a golden picture', () => {
  const places = { golden: join(folder, 'golden'), differences: join(folder, 'differences') };
  const drawn = () => artist.draw(samplePage(384), { dotsPerLine: 384, copyNumber: 0 });

  it('that is not there yet is asked for, and written when it is wanted', () => {
    expect(() => expectGolden('page', drawn(), places, false)).toThrow('SANDUQ_GOLDEN=write');
    expectGolden('page', drawn(), places, true);
    expectGolden('page', drawn(), places, false);
    expect(decode(encode(drawn()))).toEqual(drawn());
  });

  it('is told from one that differs by a single dot, and the picture shows it in red', () => {
    expectGolden('dot', drawn(), places, true);
    const changed = drawn();
    blackenDots(changed, 20, 3, 1, 1);
    const isExact = process.platform === 'linux' && process.arch === 'x64';
    if (!isExact) blackenDots(changed, 0, 0, 384, 200);
    const picture = join(places.differences, 'dot.png');
    expect(() => expectGolden('dot', changed, places, false)).toThrow(`see ${picture}`);
    const png = PNG.sync.read(readFileSync(picture));
    expect(png.width).toBe(384 * 3 + 32);
    const at = (3 * png.width + (384 + 16) * 2 + 20) * 4;
    expect([...png.data.subarray(at, at + 3)]).toEqual([220, 0, 0]);
    // Mended, it leaves no picture of a difference behind.
    expectGolden('dot', drawn(), places, false);
    expect(existsSync(picture)).toBe(false);
  });

  it('is told from a longer one', () => {
    expectGolden('length', drawn(), places, true);
    const { width, height, bits } = drawn();
    const longer = {
      width,
      height: height + 40,
      bits: new Uint8Array([...bits, ...new Uint8Array(48 * 40)]),
    };
    blackenDots(longer, 0, height, width, 40);
    expect(() => expectGolden('length', longer, places, false)).toThrow(`384 × ${height + 40} is`);
  });
});
