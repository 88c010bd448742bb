import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaperDocument, PaperElement } from '../../shared/domain/paper.ts';
import { isolateWithin } from '../../electron/printing/bidi.ts';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { bitmapPng, isBlack } from '../../electron/printing/bitmap.ts';
import { developmentFontsFolder } from '../../electron/printing/developmentFonts.ts';
import type { ReceiptArtist } from '../../electron/printing/drawReceipt.ts';
import { findCrest } from '../../electron/printing/crestSource.ts';
import { fontFiles } from '../../electron/printing/fontFiles.ts';
import {
  coveredCharacters,
  lostLetters,
  printable,
  printableText,
} from '../../electron/printing/printableText.ts';
import { charactersOf } from './fontTables.ts';
import { depositSlip, samplePage, shiftReport } from './paperSamples.ts';
import { artistWith, crestFile, findInk, inkOf, readQr } from './printingFixtures.ts';
import { sampleContent } from './printingSamples.ts';

const papers = [576, 512, 384] as const;
const pictures = join(import.meta.dirname, '../../out/papers');

let artist: ReceiptArtist;
beforeAll(async () => {
  artist = await artistWith(crestFile);
  mkdirSync(pictures, { recursive: true });
});

function draw(document: PaperDocument, dotsPerLine = 576, copyNumber = 0): Bitmap {
  const bitmap = artist.draw(document, { dotsPerLine, copyNumber });
  writeFileSync(join(pictures, `${document.kind}-${dotsPerLine}.png`), bitmapPng(bitmap));
  return bitmap;
}

function inked(bitmap: Bitmap, columns: readonly number[]): boolean {
  for (let y = 0; y < bitmap.height; y++) {
    if (columns.some((x) => isBlack(bitmap, x, y))) return true;
  }
  return false;
}

const withElements = (...elements: PaperElement[]): PaperDocument => shiftReport({ elements });

describe('a report or a slip', () => {
  it.each(papers)('keeps clear of the outermost dots of %i, however wide its figures are', (dotsPerLine) => {
    const edges = [0, 1, 2, dotsPerLine - 3, dotsPerLine - 2, dotsPerLine - 1];
    for (const document of [shiftReport(), depositSlip()]) {
      expect(inked(draw(document, dotsPerLine), edges)).toBe(false);
    }
  });

  it.each(papers)(
    'shows its number, every figure of its tables and its amounts on %i dots',
    (dotsPerLine) => {
      const scale = Math.min(1.4, 0.79 + ((dotsPerLine - 384) / 192) * 0.21);
      const at = (size: number) => Math.round(size * scale);
      const report = draw(shiftReport(), dotsPerLine);
      for (const [text, size, weight] of [
        ['Z-KY01-000012', 30, 700],
        ['31,204.50', 24, 500],
        ['\u22121,234.50', 24, 500],
        ['37,971.05', 24, 700],
        ['\u221212.50', 29, 700],
        ['900.250', 25, 700],
        ['12-B', 25, 700],
      ] as const) {
        expect(findInk(report, inkOf(text, at(size), weight)), text).not.toBeNull();
      }
    },
  );

  it('sets figures below each other by their last digits', () => {
    const report = draw(shiftReport());
    const ends = ['31,204.50', '1,250.00', '2,040.00'].map((text) => {
      const pictures = inkOf(text, 24, 500);
      const place = findInk(report, pictures);
      if (place === null) throw new Error(`${text} is not there`);
      return place.x + (pictures[0]?.width ?? 0);
    });
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThanOrEqual(2);
  });

  it('that is a copy is the original between two bands', () => {
    const original = artist.draw(depositSlip(), { dotsPerLine: 576, copyNumber: 0 });
    const copy = artist.draw(depositSlip(), { dotsPerLine: 576, copyNumber: 3 });
    const band = (copy.height - original.height) / 2;
    expect(isBlack(copy, 0, 0) && isBlack(copy, 575, copy.height - 20)).toBe(true);
    const within = copy.bits.subarray(band * 72, (band + original.height) * 72);
    expect(Buffer.from(within).equals(Buffer.from(original.bits))).toBe(true);
  });

  it('of the demonstration says so at both ends', () => {
    const bitmap = artist.draw(shiftReport({ isDemonstration: true }), { dotsPerLine: 384, copyNumber: 0 });
    expect(isBlack(bitmap, 0, 0) && isBlack(bitmap, 383, bitmap.height - 20)).toBe(true);
  });

  it('puts the cells of a table below each other where they would be squeezed, and loses none', () => {
    const rows = [['30001274', 'شركة الأسطل للتجارة العامة والمقاولات', '2027-01-15', '999,999,999.99']];
    const columns = ['الشيك', 'الساحب', 'الاستحقاق', 'المبلغ'].map((title, index) => ({
      title,
      isFigure: index > 1,
      weight: 1,
    }));
    const bitmap = artist.draw(withElements({ kind: 'table', columns, rows, total: null }), {
      dotsPerLine: 384,
      copyNumber: 0,
    });
    const places = ['2027-01-15', '999,999,999.99'].map((text) =>
      findInk(bitmap, inkOf(text, Math.round(21 * 0.79), 700)),
    );
    expect(places[0]?.y).toBeLessThan(places[1]?.y ?? 0);
  });

  it('without a row of its table, or with an empty name, is drawn all the same', () => {
    const columns = [{ title: 'البيان', isFigure: false, weight: 1 }];
    const empty = withElements(
      { kind: 'table', columns, rows: [], total: null },
      { kind: 'signatures', people: [{ label: 'المشرف', name: '' }] },
      { kind: 'note', text: '' },
    );
    expect(artist.draw(empty, { dotsPerLine: 384, copyNumber: 0 }).height).toBeGreaterThan(300);
  });
});

describe('the test page', () => {
  it.each(papers)('reaches both ends of %i dots, and its code reads back', (dotsPerLine) => {
    const bitmap = draw(samplePage(dotsPerLine), dotsPerLine);
    expect(inked(bitmap, [0]) && inked(bitmap, [dotsPerLine - 1])).toBe(true);
    expect(readQr(bitmap)).toBe(`SANDUQ TEST ${dotsPerLine}`);
  });
});

describe('letters that the fonts do not have', () => {
  it.each([
    ['محمد 😀 علي', 'محمد علي'],
    ['👨‍👩‍👧 عائلة 🇵🇸', 'عائلة'],
    ['😀', lostLetters],
    ['משה כהן', `${lostLetters} ${lostLetters}`],
    ['Эмиль Zola', `${lostLetters} Zola`],
    ['張偉 محمد', `${lostLetters} محمد`],
    ['Güneş Yıldız Doğan', 'Güneş Yıldız Doğan'.replace('ş', 's').replace('ğ', 'g')],
    ['\ufefb \ufe8d', '\ufefb \ufe8d'.normalize('NFKC')],
    ['ＡＢＣ１２', 'ABC12'],
    ['a\u0000b\u0007', 'ab'],
    ['سطر\nسطر', 'سطر\nسطر'],
    ['\ud83d وحيد', 'وحيد'],
  ])('%s is written as %s', (given, written) => {
    expect(printableText(given)).toBe(written);
  });

  it.each(['500', '700'])('are let through only where the files of weight %s have them', (weight) => {
    // Not by drawing: for what our fonts lack the canvas takes any font of the machine, or draws a box.
    const has = new Set(
      fontFiles
        .filter((name) => name.includes(`-${weight}-`))
        .flatMap((name) => [...charactersOf(join(developmentFontsFolder(), name))]),
    );
    expect(has.has('ا'.charCodeAt(0)) && has.has('₪'.charCodeAt(0))).toBe(true);
    expect(coveredCharacters.filter((character) => !has.has(character.charCodeAt(0)))).toEqual([]);
  });

  it('are replaced on a receipt and in a report, but never in a code', () => {
    const receipt = printable(
      sampleContent({ qr: 'SQ1|😀', payer: { name: 'سعيد 😀', identityNumber: null } }),
    );
    expect([receipt.qr, receipt.payer.name]).toEqual(['SQ1|😀', 'سعيد']);
    const report = printable(withElements({ kind: 'qr', text: 'שלום', hint: 'שלום' }));
    expect(report.elements).toEqual([{ kind: 'qr', text: 'שלום', hint: lostLetters }]);
  });

  it('leave a receipt as it would be without them', () => {
    const at = { dotsPerLine: 576, copyNumber: 0 };
    const named = (name: string) => artist.draw(sampleContent({ payer: { name, identityNumber: null } }), at);
    expect(named('سعيد 😀\u200d🎉 أحمد')).toEqual(named('سعيد أحمد'));
  });
});

describe('Latin words in a row', () => {
  const shown = (text: string) => isolateWithin(text).replaceAll('\u2066', '‹').replaceAll('\u2069', '›');
  it.each([
    ['شركة Abu Daqqa & Sons Ltd للتجارة', 'شركة ‹Abu Daqqa & Sons Ltd› للتجارة'],
    ['Abu Daqqa & Sons Ltd.', '‹Abu Daqqa & Sons Ltd.›'],
    ['طابعة EPSON TM-T20III، شباك 3', 'طابعة ‹EPSON TM-T20III›، شباك ‹3›'],
    ['الفرق -12.50 دينار', 'الفرق ‹-12.50› دينار'],
    ['هاتف +970 8 205 1234، خان يونس', 'هاتف ‹+970 8 205 1234›، خان يونس'],
    ['غرف 3 5 7', 'غرف ‹3› ‹5› ‹7›'],
    ['شارع 5 – 7', 'شارع ‹5› – ‹7›'],
  ])('are one phrase, numbers are not: %s', (given, expected) => {
    expect(shown(given)).toBe(expected);
  });
});

describe('a crest of the municipality’s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crest-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = { dotsPerLine: 576, copyNumber: 0 };

  async function withCrest(name: string, bytes: Uint8Array | string): Promise<ReceiptArtist> {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return artistWith(file);
  }

  const svg = (width: number, height: number, inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`;
  const rowsAbove = (bitmap: Bitmap, plain: Bitmap) => bitmap.height - plain.height;

  it.each([
    ['empty.png', ''],
    ['words.png', 'not a picture at all'],
    ['torn.png', bitmapPng({ width: 64, height: 64, bits: new Uint8Array(512) }).subarray(0, 60)],
    ['huge.svg', svg(9_000, 20, '')],
    ['heavy.png', new Uint8Array(5_000_000)],
  ])('that is no usable picture (%s) leaves receipts without one and says why', async (name, bytes) => {
    const broken = await withCrest(name, bytes);
    const none = await artistWith(null);
    expect(broken.draw(sampleContent(), at)).toEqual(none.draw(sampleContent(), at));
  });

  it('that would unpack to gigabytes is refused by what it says of itself, unread', async () => {
    const claims = Buffer.from(bitmapPng({ width: 64, height: 64, bits: new Uint8Array(512).fill(255) }));
    claims.writeUInt32BE(60_000, 16);
    expect(await findCrest(claims, null)).toEqual({ crest: null, problem: 'tooLarge' });
  });

  it('that is missing leaves receipts without one', async () => {
    expect(await findCrest(null, join(folder, 'nowhere.svg'))).toEqual({ crest: null, problem: 'missing' });
  });

  it('that is wide keeps its shape and stays on the paper', async () => {
    const none = await artistWith(null);
    const wide = await withCrest('wide.svg', svg(1_000, 100, '<rect width="1000" height="100"/>'));
    const plain = none.draw(sampleContent(), at);
    const bitmap = wide.draw(sampleContent(), at);
    expect(rowsAbove(bitmap, plain)).toBeGreaterThan(40);
    expect(rowsAbove(bitmap, plain)).toBeLessThan(60);
    expect(isBlack(bitmap, 70, 20)).toBe(true);
    expect(inked(bitmap, [0, 1, 574, 575])).toBe(false);
  });

  it('that is shaded is scattered into dots instead of turning black or white', async () => {
    const shades =
      '<linearGradient id="g"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/></linearGradient>';
    const shaded = await withCrest(
      'shaded.svg',
      svg(200, 200, `<defs>${shades}</defs><rect width="200" height="200" fill="url(#g)"/>`),
    );
    const bitmap = shaded.draw(sampleContent(), at);
    const blackAt = (from: number) => {
      let black = 0;
      for (let x = from; x < from + 20; x++)
        for (let y = 0; y < 116; y++) if (isBlack(bitmap, x, y)) black += 1;
      return black / (20 * 116);
    };
    const middle = blackAt(278);
    expect(middle).toBeGreaterThan(0.3);
    expect(middle).toBeLessThan(0.7);
    expect(blackAt(232)).toBeGreaterThan(middle);
  });
});
