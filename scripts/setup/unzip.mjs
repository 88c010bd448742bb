import { closeSync, fstatSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as zlib from 'node:zlib';

const endOfDirectory = 0x06054b50;
const endSearchBytes = 65_557;

function readAt(file, position, length) {
  const bytes = Buffer.alloc(length);
  const got = readSync(file, bytes, 0, length, position);
  if (got !== length) throw new Error('the archive is cut short');
  return bytes;
}

function listEntries(file) {
  const size = fstatSync(file).size;
  const tail = readAt(file, Math.max(0, size - endSearchBytes), Math.min(size, endSearchBytes));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  const count = tail.readUInt16LE(end + 10);
  const directory = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; entries.length < count && at < directory.length;) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedSize: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(file, entry) {
  const header = readAt(file, entry.headerAt, 30);
  const dataAt = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(file, dataAt, entry.packedSize);
  const bytes = entry.method === 0 ? packed : zlib.inflateRawSync(packed);
  // zlib.crc32 is newer than the oldest Node we run on; the files that matter are checked by hash as well.
  if (zlib.crc32 !== undefined && zlib.crc32(bytes) !== entry.crc)
    throw new Error(`${entry.name} is damaged`);
  return bytes;
}

/**
 * Unpacks the entries for which `place(name)` gives a path (relative to `folder`), with their modes.
 * Enough of zip for one known archive below 4 GB, so that set-up needs no unzip program and no package.
 */
export function unzip(archive, folder, place, onFile = () => {}) {
  const file = openSync(archive, 'r');
  try {
    for (const entry of listEntries(file)) {
      const to = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (to === undefined) continue;
      const target = join(folder, to);
      mkdirSync(dirname(target), { recursive: true });
      const bytes = readEntry(file, entry);
      const isLink = (entry.mode & 0o170000) === 0o120000;
      if (isLink) symlinkSync(bytes.toString('utf8'), target);
      else writeFileSync(target, bytes, { mode: entry.mode & 0o111 ? 0o755 : 0o644 });
      onFile(to);
    }
  } finally {
    closeSync(file);
  }
}
