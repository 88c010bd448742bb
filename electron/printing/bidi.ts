import { stripInvisible } from '../../shared/domain/digits.ts';

const isolateLeftToRight = '\u2066';
const popIsolate = '\u2069';
const overrideLeftToRight = '\u202d';
const popOverride = '\u202c';

/**
 * An identifier as a left-to-right island: without it `2026-004512` after Arabic text comes out as `004512-2026`.
 * Arabic-Indic digits turn round at a hyphen even inside an island, so those are overridden.
 */
export function isolate(identifier: string): string {
  const text = stripInvisible(identifier);
  if (text === '') return '';
  const inner = /[\u0660-\u0669\u06f0-\u06f9]/.test(text)
    ? `${overrideLeftToRight}${text}${popOverride}`
    : text;
  return `${isolateLeftToRight}${inner}${popIsolate}`;
}

// Latin letters and digits with whatever joins them: 12-B, 0599-123456, 2026/17, a@b.ps; no Arabic letters. A sign
// that begins a word belongs to its number.
const inside = '0-9A-Za-z\\u00c0-\\u024f\\u0660-\\u0669\\u06f0-\\u06f9';
const word = `[${inside}+#](?:[${inside}\\-\u2013/.:,_@+#'\u2019]*[${inside}])?`;
const withLetter = `(?=[${inside}\\-/.:_@+#'\u2019]*[A-Za-z\\u00c0-\\u024f])${word}`;
// Latin words in a row are one phrase: «Abu Daqqa & Sons» must not be read as «Sons & Daqqa Abu»; so are the groups of
// a number that is dialled from abroad.
const island = new RegExp(
  `\\+[0-9][0-9 ]*[0-9]|${withLetter}(?:(?: | & |, )(?:${word}(?: | & |, ))*?${withLetter})*|(?:(?<=^|[\\s(])[-\\u2212+])?${word}`,
  'g',
);
const hasArabicLetter = /[\u0620-\u064a\u066e-\u06d3]/;
const hasLatinLetter = /[A-Za-z\u00c0-\u024f]/;

/** Free text (a name, an address) with every number and Latin phrase in it made an island. */
export function isolateWithin(text: string): string {
  const plain = stripInvisible(text);
  // Nothing in it is read from the right, not even its full stop.
  if (hasLatinLetter.test(plain) && !hasArabicLetter.test(plain)) return isolate(plain);
  return plain.replace(island, (found) => isolate(found));
}
