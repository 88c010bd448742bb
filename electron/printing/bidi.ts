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

// Latin letters and digits with whatever joins them: 12-B, 0599-123456, 2026/17, a@b.ps; no Arabic letters.
const island =
  /[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9+#](?:[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9\-–/.:,_@+#]*[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9])?/g;

/** Free text (a name, an address) with every number and Latin word in it made an island. */
export function isolateWithin(text: string): string {
  return stripInvisible(text).replace(island, (found) => isolate(found));
}
