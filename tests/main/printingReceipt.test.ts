import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isolate, isolateWithin } from '../../electron/printing/bidi.ts';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { bitmapPng, isBlack } from '../../electron/printing/bitmap.ts';
import type { ReceiptArtist } from '../../electron/printing/drawReceipt.ts';
import { dotsPerModule } from '../../electron/printing/qrCode.ts';
import { wrapWords } from '../../electron/printing/wrap.ts';
import { artistWith, crestFile, findInk, inkOf, readQr } from './printingFixtures.ts';
import {
  basket,
  bySettlement,
  cash,
  longContent,
  occasional,
  sampleContent,
  threeCurrencies,
  undoneContent,
  withoutCash,
} from './printingSamples.ts';

const papers = [576, 512, 384] as const;
const pictures = join(import.meta.dirname, '../../out/receipts');

let artist: ReceiptArtist;
beforeAll(async () => {
  artist = await artistWith(crestFile);
  mkdirSync(pictures, { recursive: true });
});

function picture(name: string, bitmap: Bitmap): Bitmap {
  writeFileSync(join(pictures, `${name}.png`), bitmapPng(bitmap));
  return bitmap;
}

describe('a receipt', () => {
  it.each(papers)('is drawn on paper of %i dots, and its QR reads back', (dotsPerLine) => {
    const content = sampleContent();
    const bitmap = picture(`receipt-${dotsPerLine}`, artist.draw(content, { dotsPerLine, copyNumber: 0 }));
    expect(bitmap.width).toBe(dotsPerLine);
    expect(readQr(bitmap)).toBe(content.qr);
  });

  it.each(papers)('is never written at the outermost dots of %i', (dotsPerLine) => {
    const bitmap = artist.draw(longContent(), { dotsPerLine, copyNumber: 0 });
    for (let y = 0; y < bitmap.height; y++) {
      for (const x of [0, 1, 2, dotsPerLine - 3, dotsPerLine - 2, dotsPerLine - 1]) {
        if (isBlack(bitmap, x, y)) throw new Error(`ink at ${x}, ${y}`);
      }
    }
  });

  it.each(papers)(
    'with forty bills and a very long name grows instead of cutting, on %i dots',
    (dotsPerLine) => {
      const short = artist.draw(sampleContent(), { dotsPerLine, copyNumber: 0 });
      const content = longContent();
      const long = picture(`long-${dotsPerLine}`, artist.draw(content, { dotsPerLine, copyNumber: 0 }));
      expect(long.height).toBeGreaterThan(short.height * 2);
      expect(readQr(long)).toBe(content.qr);
      // A canvas that grew for it must not leave anything of it on the next one.
      expect(artist.draw(sampleContent(), { dotsPerLine, copyNumber: 0 }).bits).toEqual(short.bits);
    },
  );

  it('of the largest amount keeps every figure', () => {
    const line = { ...sampleContent().lines[0], paidMinor: 99_999_999_999, leftMinor: 99_999_999_999 };
    const content = sampleContent({ lines: [line as ReturnType<typeof sampleContent>['lines'][number]] });
    for (const dotsPerLine of papers) {
      const bitmap = picture(`largest-${dotsPerLine}`, artist.draw(content, { dotsPerLine, copyNumber: 0 }));
      const scale = dotsPerLine === 576 ? 1 : dotsPerLine === 512 ? 0.93 : 0.79;
      // In the table below the service, in the total, and large.
      for (const size of [21, 29]) {
        const text = inkOf('999,999,999.99', Math.round(size * scale), 700);
        expect(findInk(bitmap, text), `${size} on ${dotsPerLine}`).not.toBeNull();
      }
    }
  });

  it('is the same to the dot when drawn again', () => {
    const once = artist.draw(sampleContent(), { dotsPerLine: 576, copyNumber: 0 });
    expect(artist.draw(sampleContent(), { dotsPerLine: 576, copyNumber: 0 })).toEqual(once);
  });

  it('that is a copy says so in black, with its number, and changes nothing else', () => {
    const original = artist.draw(sampleContent(), { dotsPerLine: 576, copyNumber: 0 });
    const copy = picture('copy-2', artist.draw(sampleContent(), { dotsPerLine: 576, copyNumber: 2 }));
    // The band is black from edge to edge; the original has nothing like it.
    expect(isBlack(copy, 0, 0) && isBlack(copy, 575, 0)).toBe(true);
    expect(isBlack(original, 0, 0)).toBe(false);
    const added = copy.height - original.height;
    const bandHeight = added / 2;
    const rows = (bitmap: Bitmap, from: number, count: number) =>
      bitmap.bits.subarray(from * 72, (from + count) * 72);
    expect(Buffer.from(rows(copy, bandHeight, original.height)).equals(Buffer.from(original.bits))).toBe(
      true,
    );
    const third = artist.draw(sampleContent(), { dotsPerLine: 576, copyNumber: 3 });
    expect(Buffer.from(third.bits).equals(Buffer.from(copy.bits))).toBe(false);
  });

  it('of the demonstration says at both ends that it is worth nothing', () => {
    const bitmap = picture(
      'demonstration',
      artist.draw(sampleContent({ isDemonstration: true }), { dotsPerLine: 576, copyNumber: 0 }),
    );
    const blackRows = Array.from(
      { length: bitmap.height },
      (_, y) => isBlack(bitmap, 0, y) && isBlack(bitmap, 575, y),
    );
    expect(blackRows.indexOf(true)).toBe(0);
    expect(blackRows.lastIndexOf(true)).toBeGreaterThan(bitmap.height - 20);
  });

  it.each([
    ['three-currencies', threeCurrencies()],
    ['without-cash', withoutCash()],
    ['settlement', bySettlement()],
    ['basket', basket()],
    ['occasional', occasional()],
    ['undone', undoneContent()],
    [
      'of-a-book',
      sampleContent({
        number: 'D7/000045',
        book: {
          code: 'D7',
          leaf: 45,
          writtenOn: '2026-11-22',
          writtenBy: { ar: 'سناء إبراهيم أبو دقة', en: 'Sanaa' },
        },
      }),
    ],
  ])('of every kind of payment is drawn on every paper: %s', (name, content) => {
    for (const dotsPerLine of papers) {
      const bitmap = picture(`${name}-${dotsPerLine}`, artist.draw(content, { dotsPerLine, copyNumber: 0 }));
      expect(readQr(bitmap)).toBe(content.undone === null ? content.qr : null);
    }
  });

  it('is drawn in dinars with three decimals and in dollars', () => {
    for (const currency of ['JOD', 'USD'] as const) {
      const content = sampleContent({
        currency,
        tenders: [cash(currency, 1_300_000)],
      });
      const bitmap = picture(currency, artist.draw(content, { dotsPerLine: 576, copyNumber: 0 }));
      const figures = currency === 'JOD' ? '123.450' : '1,234.50';
      expect(findInk(bitmap, inkOf(figures, 66, 700))).not.toBeNull();
    }
  });
});

describe('how it was paid', () => {
  const at = { dotsPerLine: 576, copyNumber: 0 };
  const onPaper = (bitmap: Bitmap, text: string, size: number, weight: 500 | 700) =>
    findInk(bitmap, inkOf(text, size, weight)) ?? { x: -1, y: -1 };

  it('reads as a multiplication from the right, with its value in shekels at the left', () => {
    const bitmap = artist.draw(threeCurrencies(), at);
    const received = onPaper(bitmap, '120.000', 25, 500);
    const rate = onPaper(bitmap, '5.2345', 25, 500);
    const value = onPaper(bitmap, '628.14', 25, 700);
    expect(value.x).toBeGreaterThan(0);
    expect(rate.x).toBeGreaterThan(value.x);
    expect(received.x).toBeGreaterThan(rate.x);
    expect(Math.max(received.y, rate.y, value.y) - Math.min(received.y, rate.y, value.y)).toBeLessThan(8);
  });

  it('adds up to the total: what was received, what went back, what became credit, what was rounded', () => {
    const bitmap = artist.draw(threeCurrencies(), at);
    const amounts = ['1,399.34', '148.48', '11.40', '5.00', '0.04'];
    const places = amounts.map((text) => onPaper(bitmap, text, 25, 700));
    expect(places.every(({ x }) => x > 0)).toBe(true);
    expect(1_399.34 - 148.48 - 11.4 - 5 + 0.04).toBeCloseTo(1_234.5);
  });

  it('names the cheque, the transfer and their references', () => {
    const bitmap = artist.draw(withoutCash(), at);
    expect(onPaper(bitmap, '30001274', 25, 500).x).toBeGreaterThan(0);
    expect(onPaper(bitmap, 'TRX-2026-778120', 21, 500).x).toBeGreaterThan(0);
  });

  it('marks a cheque that is due later, and only such a cheque', () => {
    const late = withoutCash();
    const due = (dueOn: string) =>
      artist.draw(
        {
          ...late,
          tenders: late.tenders.map((tender) => (tender.kind === 'cheque' ? { ...tender, dueOn } : tender)),
        },
        at,
      );
    const [today, tomorrow] = [due(late.businessDate), due('2026-11-25')];
    // The mark stands in a line that is there anyway, so the paper is no longer, only blacker.
    expect(tomorrow.height).toBe(today.height);
    expect(blackDots(tomorrow) - blackDots(today)).toBeGreaterThan(1_000);
  });

  it('names nobody when everything is the payer’s own, and everybody in a basket', () => {
    const own = artist.draw(sampleContent(), at);
    expect(findInk(own, inkOf('100234', 23, 700))).toBeNull();
    const shared = artist.draw(basket(), at);
    const places = ['100234', '100871', '204410'].map((number) => onPaper(shared, number, 23, 700).y);
    expect(places.every((y) => y > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('names the account of a bill that the payer pays for another', () => {
    const content = basket();
    const mothers = content.lines.filter((line) => line.kind !== 'fee' && line.account.number === '100871');
    expect(onPaper(artist.draw({ ...content, lines: mothers }, at), '100871', 23, 700).x).toBeGreaterThan(0);
  });

  it('on the slip that takes it back says so in black at both ends', () => {
    const bitmap = artist.draw(undoneContent(), at);
    expect(isBlack(bitmap, 0, 0) && isBlack(bitmap, 575, 0)).toBe(true);
    const last = bitmap.height - 20;
    expect(isBlack(bitmap, 0, last) && isBlack(bitmap, 575, last)).toBe(true);
    expect(onPaper(bitmap, '388.60', 26, 700).x).toBeGreaterThan(0);
  });

  it('without an account has no balance on it', () => {
    const content = occasional();
    const withBalance = artist.draw({ ...content, remainingMinor: 0 }, at);
    expect(withBalance.height).toBeGreaterThan(artist.draw(content, at).height);
  });
});

function blackDots({ bits }: Bitmap): number {
  return bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

describe('what stands in Arabic text', () => {
  const at = { dotsPerLine: 576, copyNumber: 0 };

  it('keeps the receipt number in reading order', () => {
    const bitmap = artist.draw(sampleContent(), at);
    expect(findInk(bitmap, inkOf('KY01-2026-004512', 30, 700))).not.toBeNull();
    expect(findInk(bitmap, inkOf('004512-2026-KY01', 30, 700))).toBeNull();
  });

  it.each([
    ['0599-123456', '123456-0599'],
    ['12-B', 'B-12'],
    ['2026-004512', '004512-2026'],
    ['٢٠٢٦-٠٠٤٥', '٠٠٤٥-٢٠٢٦'],
  ])('keeps %s in an address from turning round', (identifier, turned) => {
    const content = sampleContent({
      account: { number: '100234', category: '', address: `شارع البحر، ${identifier}، معن` },
    });
    const bitmap = artist.draw(content, at);
    const alone = (text: string) => inkOf(/[٠-٩]/.test(text) ? `\u202d${text}\u202c` : text, 25, 700);
    expect(findInk(bitmap, alone(identifier))).not.toBeNull();
    expect(findInk(bitmap, alone(turned))).toBeNull();
  });

  it('would turn round without the isolates, so the cases above prove something', () => {
    expect(isolate('2026-004512')).toBe('\u20662026-004512\u2069');
    expect(isolateWithin('رقم 2026-004512، شقة 12-B')).toBe(
      'رقم \u20662026-004512\u2069، شقة \u206612-B\u2069',
    );
    expect(isolateWithin('٢٠٢٦-٠٠٤')).toBe('\u2066\u202d٢٠٢٦-٠٠٤\u202c\u2069');
  });

  it('loses marks that came with it, so that a name cannot turn the line round', () => {
    expect(isolateWithin('محمد\u202e علي')).toBe('محمد علي');
  });

  it('keeps amounts as figures, left to right', () => {
    const bitmap = artist.draw(sampleContent(), at);
    expect(findInk(bitmap, inkOf('1,234.50', 66, 700))).not.toBeNull();
    expect(findInk(bitmap, inkOf('1,300.00', 25, 700))).not.toBeNull();
  });
});

describe('lines', () => {
  const byLetters = (text: string) => [...text.replace(/[\u2066\u2069\u202c\u202d]/g, '')].length;

  it('break at spaces and lose no letter', () => {
    const text = 'عبد الرحمن عبد الحميد عبد المعطي أبو شمالة';
    const lines = wrapWords(text, 12, byLetters);
    expect(lines.join(' ')).toBe(text);
    expect(lines.every((line) => byLetters(line) <= 12)).toBe(true);
  });

  it('break inside a word only when it is wider than the paper, and keep each piece an island', () => {
    const lines = wrapWords(isolate('B-2026-09-100234-1'), 8, byLetters);
    expect(lines).toEqual(['\u2066B-2026-0\u2069', '\u20669-100234\u2069', '\u2066-1\u2069']);
  });
});

describe('the QR', () => {
  it('has at least four dots a module on 80 mm paper, and shrinks before it is cut', () => {
    expect(dotsPerModule(57, 576)).toBeGreaterThanOrEqual(4);
    expect(dotsPerModule(97, 576)).toBeGreaterThanOrEqual(4);
    expect(dotsPerModule(25, 576)).toBe(7);
    expect(dotsPerModule(121, 384) * (121 + 8)).toBeLessThanOrEqual(384);
  });
});
