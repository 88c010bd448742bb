import { deflateSync } from 'node:zlib';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { rowBytes } from '../../electron/printing/bitmap.ts';
import type { Drawing } from '../../electron/printing/drawing.ts';
import { rasterCommands } from '../../electron/printing/raster.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';

/*
 * Papers that are read back row by row: every row says which receipt it is of, which copy, and which row. What is
 * proved with them is what becomes of papers, and hundreds of runs need not draw letters for that.
 */
export const dots = 576;
const bytesInRow = rowBytes(dots);
export const rowsOfPaper = 380;
const mark = 0xa5;

/** Of a receipt `KY01-2026-000012`: 12. */
function numberIn(content: unknown): number {
  const found = /"number":"KY01-\d{4}-(\d{6})"/.exec(JSON.stringify(content));
  if (found === null) throw new Error('a content without a number');
  return Number(found[1]);
}

function checkOf(number: number, copy: number, row: number): number {
  return (number * 31 + copy * 7 + row * 13 + 5) & 0xff;
}

/** Draws what is recognised, in place of letters. */
export const recognisable: Pick<Drawing, 'draw' | 'crestProblem'> = {
  crestProblem: () => null,
  draw: (content, { copyNumber }) => {
    const number = numberIn(content);
    const bits = Buffer.alloc(bytesInRow * rowsOfPaper);
    for (let row = 0; row < rowsOfPaper; row++) {
      const at = row * bytesInRow;
      bits.fill((row * 37 + number) & 0xff, at, at + bytesInRow);
      bits[at] = mark;
      bits.writeUInt16BE(number, at + 1);
      bits[at + 3] = copyNumber;
      bits.writeUInt16BE(row, at + 4);
      bits[at + 6] = checkOf(number, copyNumber, row);
    }
    const bitmap = { width: dots, height: rowsOfPaper, bits };
    return Promise.resolve({
      width: dots,
      height: rowsOfPaper,
      deflated: deflateSync(bits, { level: 1 }),
      raster: rasterCommands(bitmap),
    });
  },
};

const keyOf = (number: number, copy: number) => `${number}/${copy}`;

function rowsOn(paper: Bitmap): { key: string; row: number }[] {
  const bits = Buffer.from(paper.bits);
  const found: { key: string; row: number }[] = [];
  for (let at = 0; at < bits.length; at += bytesInRow) {
    if (bits[at] !== mark) continue;
    const [number, copy, row] = [bits.readUInt16BE(at + 1), bits[at + 3] ?? 0, bits.readUInt16BE(at + 4)];
    if (bits[at + 6] === checkOf(number, copy, row)) found.push({ key: keyOf(number, copy), row });
  }
  return found;
}

/** What lies before the cashier: which papers came out, whole or in part. */
export function readPapers(printer: VirtualPrinter) {
  /** How often each row of a paper was printed, on any piece. */
  const printed = new Map<string, Uint8Array>();
  /** Papers that are whole on one piece. */
  const whole = new Map<string, number>();
  let read = 0;

  function note(piece: Bitmap, into: Map<string, Uint8Array>): Map<string, number> {
    const rows = new Map<string, number>();
    for (const { key, row } of rowsOn(piece)) {
      const counts = into.get(key) ?? new Uint8Array(rowsOfPaper);
      counts[row] = (counts[row] ?? 0) + 1;
      into.set(key, counts);
      rows.set(key, (rows.get(key) ?? 0) + 1);
    }
    return rows;
  }
  function look(): void {
    for (; read < printer.papers.length; read++) {
      const piece = printer.papers[read];
      if (piece === undefined) continue;
      for (const [key, rows] of note(piece, printed))
        if (rows >= rowsOfPaper) whole.set(key, (whole.get(key) ?? 0) + 1);
    }
  }
  return {
    /** How many whole papers of this copy came out; 0 is the original. */
    whole: (number: number, copy: number): number => {
      look();
      return whole.get(keyOf(number, copy)) ?? 0;
    },
    /** How often its most printed row was printed, also on torn pieces and on what still hangs out. */
    mostOften: (number: number, copy: number): number => {
      look();
      const all = new Map([...printed].map(([key, counts]) => [key, Uint8Array.from(counts)]));
      note(printer.hanging(), all);
      return Math.max(0, ...(all.get(keyOf(number, copy)) ?? []));
    },
    total: (): number => {
      look();
      return [...whole.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}
export type Papers = ReturnType<typeof readPapers>;
