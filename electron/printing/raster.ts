import type { Bitmap } from './bitmap.ts';
import { rowBytes } from './bitmap.ts';

/** Large single images garble some printers. */
export const rowsInBand = 256;
/** Fewer blank rows than this cost less as dots than as a command. */
const leastFeed = 24;

/**
 * A bitmap as the raster commands that print it: `GS v 0` in bands of at most 256 rows, and paper fed where it is
 * blank. Runs in the drawing worker. Feeds count in dots after `jobStart` has set the motion units.
 */
export function rasterCommands(bitmap: Bitmap): Buffer {
  const bytes = rowBytes(bitmap.width);
  const parts: Uint8Array[] = [];
  let y = 0;
  while (y < bitmap.height) {
    const blank = blankRows(bitmap, y);
    if (blank >= leastFeed || y + blank === bitmap.height) {
      parts.push(feed(blank));
      y += blank;
      continue;
    }
    const rows = bandRows(bitmap, y);
    parts.push(Buffer.from([0x1d, 0x76, 0x30, 0, bytes & 0xff, bytes >> 8, rows & 0xff, rows >> 8]));
    parts.push(bitmap.bits.subarray(y * bytes, (y + rows) * bytes));
    y += rows;
  }
  return Buffer.concat(parts);
}

/** Rows until the next long blank, the end, or a full band. */
function bandRows(bitmap: Bitmap, from: number): number {
  let y = from;
  while (y < bitmap.height && y - from < rowsInBand) {
    const blank = blankRows(bitmap, y);
    if (blank >= leastFeed || (blank > 0 && y + blank === bitmap.height)) break;
    y += Math.max(1, blank);
  }
  return Math.min(y - from, rowsInBand);
}

function blankRows(bitmap: Bitmap, from: number): number {
  const bytes = rowBytes(bitmap.width);
  let y = from;
  while (y < bitmap.height) {
    for (let at = y * bytes; at < (y + 1) * bytes; at++) if (bitmap.bits[at] !== 0) return y - from;
    y += 1;
  }
  return y - from;
}

/** `ESC J`: at most 255 dots at a time. */
function feed(rows: number): Buffer {
  const parts: number[] = [];
  for (let left = rows; left > 0; left -= 255) parts.push(0x1b, 0x4a, Math.min(255, left));
  return Buffer.from(parts);
}
