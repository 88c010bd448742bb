import type { ImportPreview } from '../../shared/ipc/contract.ts';

export type Encoding = ImportPreview['encoding'];
export type Decoded = { readonly encoding: Encoding; readonly text: string };

const sampleBytes = 4096;

/**
 * The text of a file whose encoding nobody wrote down: a byte order mark decides; zero bytes mean UTF-16; what is
 * valid UTF-8 is UTF-8, because Arabic in Windows-1256 practically never is; the rest is Windows-1256, in which Excel
 * on an Arabic Windows saves CSV.
 * @returns undefined for what is no text
 */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  const encoding = markedEncoding(bytes) ?? widthOf(bytes);
  const decoded =
    encoding === undefined
      ? (decode('utf-8', bytes) ?? decode('windows-1256', bytes))
      : decode(encoding, bytes);
  // Control characters other than tab and line ends: a spreadsheet or picture, not a list.
  // eslint-disable-next-line no-control-regex
  return decoded !== undefined && /[\u0000-\u0008\u000e-\u001f]/.test(decoded.text.slice(0, 100_000))
    ? undefined
    : decoded;
}

function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Delimiters, digits and line ends have a zero byte in UTF-16: second in little endian, first in big endian. */
function widthOf(bytes: Uint8Array): Encoding | undefined {
  let first = 0;
  let second = 0;
  for (const [index, byte] of bytes.subarray(0, sampleBytes).entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) first += 1;
    else second += 1;
  }
  if (first === 0 && second === 0) return undefined;
  return second > first ? 'utf-16le' : 'utf-16be';
}

function decode(encoding: Encoding, bytes: Uint8Array): Decoded | undefined {
  try {
    return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    // What is not this encoding is a TypeError by the standard; anything else is ours.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
