import type { Bitmap } from '../bitmap.ts';
import { rowBytes } from '../bitmap.ts';

const esc = 0x1b;
const gs = 0x1d;
const dc2 = 0x12;
/** What `ESC d` feeds for one line after `ESC @`. */
const lineDots = 30;

/**
 * The papers that a job of ours makes: raster bands, feeds and cuts, and everything else that we send skipped by its
 * length. It reads what this program writes, not ESC/POS at large.
 */
export function papersOf(job: Uint8Array, dotsPerLine: number): Bitmap[] {
  const width = rowBytes(dotsPerLine);
  const papers: Bitmap[] = [];
  let rows: Uint8Array[] = [];
  const feed = (dots: number) => {
    for (let count = 0; count < dots; count++) rows.push(new Uint8Array(width));
  };
  const cut = () => {
    if (rows.length > 0) papers.push({ width: dotsPerLine, height: rows.length, bits: Buffer.concat(rows) });
    rows = [];
  };
  const byte = (at: number) => job[at] ?? 0;
  const word = (at: number) => byte(at) + byte(at + 1) * 256;

  function raster(at: number): number {
    const [bytes, height] = [word(at + 4), word(at + 6)];
    for (let y = 0; y < height; y++) {
      const row = new Uint8Array(width);
      const from = at + 8 + y * bytes;
      row.set(job.subarray(from, from + Math.min(bytes, width)));
      rows.push(row);
    }
    return 8 + bytes * height;
  }

  /** @returns how long the command at this place is */
  function act(at: number): number {
    const [first, name] = [byte(at), byte(at + 1)];
    if (first === dc2) return 3;
    if (first === esc) {
      if (name === 0x4a) feed(byte(at + 2));
      if (name === 0x64) feed(byte(at + 2) * lineDots);
      if (name === 0x70) return 5;
      return name === 0x40 || name === 0x32 ? 2 : 3;
    }
    if (first !== gs) return 1;
    if (name === 0x76) return raster(at);
    if (name === 0x28) return 5 + word(at + 3);
    if (name === 0x50) return 4;
    if (name !== 0x56) return 3;
    const isFedFirst = byte(at + 2) === 65 || byte(at + 2) === 66;
    if (isFedFirst) feed(byte(at + 3));
    cut();
    return isFedFirst ? 4 : 3;
  }

  for (let at = 0; at < job.length;) at += act(at);
  // A paper that is torn off rather than cut.
  if (rows.some((row) => row.some((dots) => dots !== 0))) cut();
  return papers;
}
