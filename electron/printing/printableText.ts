import type { PaperContent } from '../../shared/domain/paper.ts';
import { isPaperDocument } from '../../shared/domain/paper.ts';

/**
 * The characters that the fonts of fonts.ts have together, as their own tables say. Anything else would come out as an
 * empty box, which nobody can tell from a letter that was there.
 */
const covered =
  '\\u0020-\\u007e\\u00a0-\\u00ac\\u00ae-\\u00ff\\u0110\\u0131-\\u0133\\u0135\\u0140-\\u0142\\u0152-\\u0153\\u0160-\\u0161' +
  '\\u0178\\u017d-\\u017e\\u0192\\u0237\\u02bb-\\u02bc\\u02c6-\\u02c7\\u02da\\u02dc-\\u02dd\\u0300-\\u0301\\u0303-\\u0304' +
  '\\u0308\\u0606-\\u061b\\u061e-\\u06a1\\u06a3-\\u06ff\\u0750-\\u077f\\u08a0\\u08a2-\\u08ac\\u08b3\\u08e4-\\u08fe\\u1e9e' +
  '\\u2010\\u2013-\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020\\u2022\\u2026\\u2039-\\u203a\\u2044\\u20a1\\u20a4\\u20a6' +
  '\\u20a8-\\u20ae\\u20b1-\\u20b2\\u20b4-\\u20b5\\u20b8-\\u20ba\\u20bd\\u20bf\\u2113\\u2122\\u2191\\u2193\\u2212\\u2215' +
  '\\ufdf2\\ufdfa-\\ufdfc';

/** One by one: what the test of the fonts draws. */
export const coveredCharacters: readonly string[] = [
  ...covered.matchAll(/\\u([0-9a-f]{4})(?:-\\u([0-9a-f]{4}))?/g),
].flatMap(([, first = '', last = first]) => {
  const from = Number.parseInt(first, 16);
  return Array.from({ length: Number.parseInt(last, 16) - from + 1 }, (_, index) =>
    String.fromCodePoint(from + index),
  );
});

const allCovered = new RegExp(`^[${covered}]*$`);
const marks = new RegExp(`[^${covered}]`, 'gu');
const graphemes = new Intl.Segmenter('ar', { granularity: 'grapheme' });

/** Stands where letters were that the fonts do not have: the reader sees that something is missing. */
export const lostLetters = '[…]';

/**
 * The text as our fonts can write it. Letters that only look different (ﻻ, ﬁ, ＡＢ, ğ) become plain ones; emoji and other
 * signs are left out, they name nobody; a word in another script becomes `[…]`, and so does a text that would be empty.
 */
export function printableText(text: string): string {
  if (allCovered.test(text)) return text;
  let out = '';
  for (const { segment } of graphemes.segment(text)) {
    const written = writable(segment);
    if (written !== lostLetters || !out.endsWith(lostLetters)) out += written;
  }
  const tidy = out.replace(/ {2,}/g, ' ').trim();
  return tidy === '' && text.trim() !== '' ? lostLetters : tidy;
}

function writable(segment: string): string {
  if (allCovered.test(segment)) return segment;
  if (/^\s+$/.test(segment)) return segment.includes('\n') ? '\n' : ' ';
  const plain = segment.normalize('NFKC');
  if (allCovered.test(plain)) return plain;
  const bare = segment.normalize('NFKD').replace(marks, '');
  if (/[\p{L}\p{N}]/u.test(bare)) return bare;
  return /\p{L}|\p{N}/u.test(segment) && !/\p{Extended_Pictographic}|\p{M}\u20e3/u.test(segment)
    ? lostLetters
    : '';
}

/** The same content in writable texts; what a QR holds is not written and stays to the letter. */
export function printable<T extends PaperContent>(content: T): T {
  const written = texts(content);
  if (isPaperDocument(content) || isPaperDocument(written)) return written;
  return { ...written, qr: content.qr };
}

function texts<T>(value: T): T;
function texts(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value);
  if (Array.isArray(value)) return value.map((each) => texts(each));
  if (typeof value !== 'object' || value === null) return value;
  // The QR element of a paper: its hint is written, its text is not.
  const isCode = 'kind' in value && value.kind === 'qr';
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, isCode && key === 'text' ? each : texts(each)]),
  );
}
