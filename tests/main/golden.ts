import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { isBlack, rowBytes } from '../../electron/printing/bitmap.ts';

/*
 * Golden pictures as text: a line with the size, then the packed dots in base64. `SANDUQ_GOLDEN=write` before the test
 * command writes them anew; look at the pictures in out/golden-diff before they are committed.
 */
const golden = join(import.meta.dirname, '../golden');
const differences = join(import.meta.dirname, '../../out/golden-diff');
const isWriting = process.env['SANDUQ_GOLDEN'] === 'write';

/** Letters are filled in by each system's own library: elsewhere than where they were drawn, edges may differ. */
const isHome = process.platform === 'linux' && process.arch === 'x64';
const elsewhereShare = 0.03;

export type GoldenPlaces = { readonly golden: string; readonly differences: string };

/**
 * @throws Error that names the difference's picture (expected, got, and both with what is missing or new in red) when
 *   a dot is not as it was; or says how to write a golden picture that is not there yet
 */
export function expectGolden(
  name: string,
  got: Bitmap,
  places: GoldenPlaces = { golden, differences },
  write = isWriting,
): void {
  const file = join(places.golden, `${name}.txt`);
  const picture = join(places.differences, `${name}.png`);
  rmSync(picture, { force: true });
  if (!write && !existsSync(file)) {
    throw new Error(`no golden picture ${name}: look at out/ and run the test with SANDUQ_GOLDEN=write`);
  }
  const expected = existsSync(file) ? decode(readFileSync(file, 'utf8')) : null;
  const wrong = expected === null ? 0 : differing(expected, got);
  const allowed = expected === null || isHome ? 0 : blackDots(expected) * elsewhereShare;
  if (write && (expected === null || wrong > 0)) {
    mkdirSync(places.golden, { recursive: true });
    writeFileSync(file, encode(got));
  }
  if (expected === null || wrong <= allowed) return;
  mkdirSync(places.differences, { recursive: true });
  writeFileSync(picture, differencePicture(expected, got));
  if (write) return;
  throw new Error(
    `${name} is not as it was: ${wrong} dots differ` +
      ` (${expected.width} × ${expected.height} was, ${got.width} × ${got.height} is): see ${picture}`,
  );
}

export function encode({ width, height, bits }: Bitmap): string {
  const packed = brotliCompressSync(bits).toString('base64');
  return [`${width} × ${height}`, ...(packed.match(/.{1,110}/g) ?? []), ''].join('\n');
}

export function decode(text: string): Bitmap {
  const [size = '', ...lines] = text.split(/\r?\n/);
  const [width = 0, height = 0] = size.split(' × ').map(Number);
  const bits = new Uint8Array(brotliDecompressSync(Buffer.from(lines.join(''), 'base64')));
  if (bits.length !== rowBytes(width) * height) throw new Error(`a golden picture of ${size} is damaged`);
  return { width, height, bits };
}

/** Dots that are black in one and white in the other; where only one has paper, its black ones. */
function differing(one: Bitmap, other: Bitmap): number {
  if (one.width === other.width && one.height === other.height) {
    return one.bits.reduce((sum, byte, index) => sum + blackIn(byte ^ (other.bits[index] ?? 0)), 0);
  }
  let count = 1;
  for (let y = 0; y < Math.max(one.height, other.height); y++) {
    for (let x = 0; x < Math.max(one.width, other.width); x++) {
      if (isBlack(one, x, y) !== isBlack(other, x, y)) count += 1;
    }
  }
  return count;
}

function blackDots({ bits }: Bitmap): number {
  return bits.reduce((sum, byte) => sum + blackIn(byte), 0);
}

function blackIn(byte: number): number {
  let count = 0;
  for (let left = byte; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** Side by side: as it was, as it is, and both in grey with what differs in red. */
function differencePicture(expected: Bitmap, got: Bitmap): Buffer {
  const between = 16;
  const width = Math.max(expected.width, got.width);
  const height = Math.max(expected.height, got.height);
  const png = new PNG({ width: width * 3 + between * 2, height });
  png.data.fill(0xff);
  const put = (x: number, y: number, red: number, others: number): void => {
    png.data.set([red, others, others], (y * png.width + x) * 4);
  };
  for (let y = 0; y < height; y++) {
    for (let line = 0; line < between; line++) {
      put(width + line, y, 190, 190);
      put(width * 2 + between + line, y, 190, 190);
    }
    for (let x = 0; x < width; x++) {
      const [was, is] = [isBlack(expected, x, y), isBlack(got, x, y)];
      if (was) put(x, y, 0, 0);
      if (is) put(width + between + x, y, 0, 0);
      const both = (width + between) * 2 + x;
      if (was !== is) put(both, y, 220, 0);
      else if (was) put(both, y, 200, 200);
    }
  }
  return PNG.sync.write(png);
}
