import type { Image } from '@napi-rs/canvas';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { Bitmap } from './bitmap.ts';
import { blackenDots, rowBytes } from './bitmap.ts';
import type { Block, Paper } from './blocks.ts';
import { freshPen } from './blocks.ts';
import { loadFonts } from './fonts.ts';
import { receiptLayout } from './receiptLayout.ts';

export type DrawOptions = {
  /** Dots the printer's head has: 576 or 512 for 80 mm paper, 384 for 58 mm. */
  readonly dotsPerLine: number;
  /** 0: the original. 1, 2 …: marked copies. */
  readonly copyNumber: number;
};

export type ReceiptArtist = {
  readonly draw: (content: ReceiptContent, options: DrawOptions) => Bitmap;
};

/** Grey edges darker than this become black; a little above the middle keeps thin strokes whole on thermal paper. */
const threshold = 160;
const white = 0xffff_ffff;
/** Dots left white at both edges: about a millimetre. */
const edge = 8;
/** Rows read back at once, so that the copy of the pixels stays small. */
const rowsAtOnce = 256;
/** A taller canvas is given back after use instead of being kept for the next ordinary receipt. */
const keptRows = 4096;

/**
 * Draws receipts on one canvas that is used again for each; lives in the drawing worker.
 * @param fontsFolder holds the files named in fonts.ts
 * @param crest an SVG or PNG, or null for none
 * @throws when a font is missing or the crest can't be read
 */
export async function createReceiptArtist(
  fontsFolder: string,
  crest: Uint8Array | null,
): Promise<ReceiptArtist> {
  loadFonts(fontsFolder);
  const image: Image | null = crest === null ? null : await loadImage(Buffer.from(crest));
  const canvas = createCanvas(576, 2048);
  const ctx = canvas.getContext('2d', { alpha: false });

  /** Four numbers a rectangle. */
  let rectangles: number[] = [];
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
    for (let at = 0; at < rectangles.length; at += 4) {
      const [x = 0, y = 0, across = 0, down = 0] = rectangles.slice(at, at + 4);
      blackenDots({ width, height, bits }, x, y, across, down);
    }
    return { width, height, bits };
  }

  return {
    draw: (content, { dotsPerLine, copyNumber }) => {
      const paper: Paper = {
        ctx,
        width: dotsPerLine,
        left: edge,
        right: dotsPerLine - edge,
        scale: scaleFor(dotsPerLine),
        ink: (...rectangle) => rectangles.push(...rectangle),
        pen,
      };
      rectangles = [];
      const layout: Block = receiptLayout(paper, content, copyNumber, image);
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

/** Text and lines are black on white, so one channel says it all; a pixel is read as one number, red lowest. */
function packRows(rgba: Uint8ClampedArray, width: number, rows: number, bits: Uint8Array, at: number): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2);
  let to = at;
  for (let y = 0; y < rows; y++) {
    const end = (y + 1) * width;
    for (let from = y * width; from < end; from += 8, to++) {
      const dots = Math.min(8, end - from);
      let packed = 0;
      for (let dot = 0; dot < dots; dot++) {
        if (((pixels[from + dot] ?? white) & 0xff) < threshold) packed |= 0x80 >> dot;
      }
      bits[to] = packed;
    }
  }
}
