import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

const knownTags = 64;
const cmapTag = 0;
/** Tables whose length is written twice, because woff2 stores them in another form. */
const transformed = new Set([10, 11]);

/** The characters that a woff2 file has pictures for, by its own table. */
export function charactersOf(file: string): ReadonlySet<number> {
  const cmap = tableOf(readFileSync(file));
  const characters = new Set<number>();
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    if (cmap.readUInt16BE(at) !== 4) continue;
    const double = cmap.readUInt16BE(at + 6);
    for (let segment = 0; segment < double; segment += 2) {
      const last = cmap.readUInt16BE(at + 14 + segment);
      for (let code = cmap.readUInt16BE(at + 16 + double + segment); code <= last; code++) {
        if (code !== 0xffff) characters.add(code);
      }
    }
  }
  if (characters.size === 0) throw new Error(`no characters in ${file}`);
  return characters;
}

/** The cmap table: woff2 has a directory of numbers in base 128, then all tables packed together. */
function tableOf(file: Buffer): Buffer {
  let at = 48;
  function base128(): number {
    for (let value = 0; ;) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  }
  const tables: { tag: number; length: number }[] = [];
  for (let count = file.readUInt16BE(12); count > 0; count--) {
    const flags = file.readUInt8(at++);
    const tag = flags & 63;
    if (tag === knownTags - 1) at += 4;
    const original = base128();
    const isTransformed = transformed.has(tag) ? flags >> 6 === 0 : flags >> 6 !== 0;
    tables.push({ tag, length: isTransformed ? base128() : original });
  }
  const data = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  let from = 0;
  for (const { tag, length } of tables) {
    if (tag === cmapTag) return data.subarray(from, from + length);
    from += length;
  }
  throw new Error('the font has no cmap');
}
