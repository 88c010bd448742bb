import { crc32, deflateSync } from 'node:zlib';

/** One bit a dot, eight dots a byte, the leftmost dot in the highest bit, 1 = black; each row starts a new byte. */
export type Bitmap = {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
};

/** Bytes in a row of that many dots. */
export function rowBytes(width: number): number {
  return (width + 7) >> 3;
}

/** True where the dot is black; dots outside the bitmap are white. */
export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false;
  const byte = bitmap.bits[y * rowBytes(bitmap.width) + (x >> 3)] ?? 0;
  return (byte & (0x80 >> (x & 7))) !== 0;
}

/** Makes a rectangle of whole dots black; what lies outside the bitmap is left out. */
export function blackenDots(bitmap: Bitmap, x: number, y: number, width: number, height: number): void {
  const bytes = rowBytes(bitmap.width);
  const [from, to] = [Math.max(0, x), Math.min(bitmap.width, x + width)];
  if (from >= to) return;
  const [first, last] = [from >> 3, (to - 1) >> 3];
  const head = 0xff >> (from & 7);
  const tail = (0xff00 >> (((to - 1) & 7) + 1)) & 0xff;
  for (let row = Math.max(0, y); row < Math.min(bitmap.height, y + height); row++) {
    for (let byte = first; byte <= last; byte++) {
      const mask = (byte === first ? head : 0xff) & (byte === last ? tail : 0xff);
      const at = row * bytes + byte;
      bitmap.bits[at] = (bitmap.bits[at] ?? 0) | mask;
    }
  }
}

/**
 * A 1-bit PNG of exactly these dots: what is shown on the screen is what the paper gets. Written by hand because
 * it is thirty lines, and a general encoder takes longer to blow the bits up than to write them.
 */
export function bitmapPng(bitmap: Bitmap): Buffer {
  const bytes = rowBytes(bitmap.width);
  const rows = Buffer.alloc(bitmap.height * (bytes + 1));
  for (let y = 0; y < bitmap.height; y++) {
    // Each row begins with its filter (0: none); in PNG 1 is white.
    for (let x = 0; x < bytes; x++) {
      rows[y * (bytes + 1) + 1 + x] = ~(bitmap.bits[y * bytes + x] ?? 0) & 0xff;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bitmap.width, 0);
  header.writeUInt32BE(bitmap.height, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 6 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
