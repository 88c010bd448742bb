import { createCanvas } from '@napi-rs/canvas';
import type { PaperContent } from '../../shared/domain/paper.ts';
import { isPaperDocument } from '../../shared/domain/paper.ts';
import type { Bitmap } from './bitmap.ts';
import { blackenDots, rowBytes } from './bitmap.ts';
import type { Block, Paper } from './blocks.ts';
import { freshPen } from './blocks.ts';
import type { Crest } from './crest.ts';
import { loadFonts } from './fonts.ts';
import { paperLayout } from './paperLayout.ts';
import { printable } from './printableText.ts';
import { receiptLayout } from './receiptLayout.ts';

export type DrawOptions = {
  /** Dots the printer's head has: 576 or 512 for 80 mm paper, 384 for 58 mm. */
  readonly dotsPerLine: number;
  /** 0: the original. 1, 2 …: marked copies. */
  readonly copyNumber: number;
};

export type ReceiptArtist = {
  readonly draw: (content: PaperContent, options: DrawOptions) => Bitmap;
  /** Puts another crest above all papers from now on; null for none. */
  readonly useCrest: (crest: Crest | null) => void;
};

/** Grey edges darker than this become black; a little above the middle keeps thin strokes whole on thermal paper. */
const threshold = 160;
/** Opaque white as one signed number. */
const white = -1;
/** Dots left white at both edges: about a millimetre. */
const edge = 8;
/** Rows read back at once, so that the copy of the pixels stays small. */
const rowsAtOnce = 256;
/** A taller canvas is given back after use instead of being kept for the next ordinary receipt. */
const keptRows = 4096;

/**
 * Draws receipts on one canvas that is used again for each; lives in the drawing worker.
 * @param fontsFolder holds the files of fontFiles.ts
 * @throws when a font is missing
 */
export function createReceiptArtist(fontsFolder: string): ReceiptArtist {
  loadFonts(fontsFolder);
  let crest: Crest | null = null;
  const canvas = createCanvas(576, 2048);
  const ctx = canvas.getContext('2d', { alpha: false });

  /** The code's modules and the lines: whole dots need no canvas. */
  let rectangles: Parameters<Paper['ink']>[] = [];
  const pen = freshPen();

  /** A canvas of another size has forgotten its settings. */
  function settle(): void {
    Object.assign(pen, freshPen());
    ctx.lang = 'ar';
    ctx.textBaseline = 'alphabetic';
  }
  settle();

  function prepare(width: number, height: number): void {
    const rows = Math.max(2048, Math.ceil(height / 1024) * 1024);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height < height || canvas.height > Math.max(keptRows, rows)) canvas.height = rows;
    settle();
    ctx.fillStyle = 'white';
    ctx.fillRect(0, 0, width, height);
  }

  function readBack(width: number, height: number): Bitmap {
    const bytes = rowBytes(width);
    const bits = new Uint8Array(bytes * height);
    for (let top = 0; top < height; top += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, height - top);
      packRows(ctx.getImageData(0, top, width, rows).data, width, rows, bits, top * bytes);
    }
    const bitmap: Bitmap = { width, height, bits };
    for (const [x, y, across, down] of rectangles) blackenDots(bitmap, x, y, across, down);
    return bitmap;
  }

  return {
    useCrest: (used) => {
      crest = used;
    },
    draw: (given, { dotsPerLine, copyNumber }) => {
      const paper: Paper = {
        ctx,
        width: dotsPerLine,
        left: edge,
        right: dotsPerLine - edge,
        scale: scaleFor(dotsPerLine),
        ink: (...rectangle) => rectangles.push(rectangle),
        pen,
      };
      rectangles = [];
      const content = printable(given);
      const layout: Block = isPaperDocument(content)
        ? paperLayout(paper, content, copyNumber, crest)
        : receiptLayout(paper, content, copyNumber, crest);
      prepare(dotsPerLine, layout.height);
      layout.paint(0);
      return readBack(dotsPerLine, layout.height);
    },
  };
}

/** 1 at 576 dots, 0.79 at 384: smaller letters, but not as much smaller as the paper is. */
function scaleFor(dotsPerLine: number): number {
  return Math.min(1.4, 0.79 + ((dotsPerLine - 384) / 192) * 0.21);
}

/**
 * Text and lines are black on white, so one channel says it all; a pixel is read as one number, red lowest. Most of a
 * receipt is white paper: eight pixels that are all white are passed over at once.
 */
function packRows(rgba: Uint8ClampedArray, width: number, rows: number, bits: Uint8Array, at: number): void {
  const p = new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2);
  const whole = width & ~7;
  let to = at;
  for (let y = 0; y < rows; y++) {
    const start = y * width;
    for (let i = start; i < start + whole; i += 8, to++) {
      // Written out: a loop here takes three times as long.
      const a = p[i] ?? 0;
      const b = p[i + 1] ?? 0;
      const c = p[i + 2] ?? 0;
      const d = p[i + 3] ?? 0;
      const e = p[i + 4] ?? 0;
      const f = p[i + 5] ?? 0;
      const g = p[i + 6] ?? 0;
      const h = p[i + 7] ?? 0;
      if ((a & b & c & d & e & f & g & h) === white) continue;
      bits[to] =
        dot(a, 0x80) |
        dot(b, 0x40) |
        dot(c, 0x20) |
        dot(d, 0x10) |
        dot(e, 0x08) |
        dot(f, 0x04) |
        dot(g, 0x02) |
        dot(h, 0x01);
    }
    if (whole === width) continue;
    let last = 0;
    for (let x = whole; x < width; x++) last |= dot(p[start + x] ?? white, 0x80 >> (x & 7));
    bits[to++] = last;
  }
}

/** The bit where the pixel is dark: what is less than the threshold is negative, and then all its high bits are set. */
function dot(pixel: number, bit: number): number {
  return (((pixel & 0xff) - threshold) >>> 24) & bit;
}
