import { inflateSync } from 'node:zlib';

/*
 * Reads what Chromium's PDF writer made, as far as a test needs it: plain objects, deflated streams, glyphs shown by
 * number and their letters in a ToUnicode table.
 */
type PdfObject = { readonly head: string; readonly stream: Buffer | null };

function objectsOf(pdf: Buffer): ReadonlyMap<number, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n?/g)) {
    const from = match.index + match[0].length;
    const ends = text.indexOf('endobj', from);
    const streams = text.indexOf('stream\n', from);
    const isStream = streams >= 0 && streams < ends;
    const head = text.slice(from, isStream ? streams : ends);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw = isStream ? pdf.subarray(streams + 7, streams + 7 + length) : null;
    const stream = raw !== null && head.includes('/FlateDecode') ? inflateSync(raw) : raw;
    objects.set(Number(match[1]), { head, stream });
  }
  return objects;
}

/** How many pages there are, and the size of each in points. */
export function pdfPages(pdf: Buffer): readonly { readonly width: number; readonly height: number }[] {
  return [...objectsOf(pdf).values()]
    .filter(({ head }) => /\/Type \/Page\b/.test(head))
    .map(({ head }) => {
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head) ?? [];
      return { width: Number(width), height: Number(height) };
    });
}

/** All that is written on the pages, as it stands from left to right; Arabic comes out backwards. */
export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const { head } of objects.values()) {
    for (const [, name, number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? '')?.[1];
      const table = objects.get(Number(unicode))?.stream;
      if (name !== undefined && table !== undefined && table !== null) fonts.set(name, lettersOf(table));
    }
  }
  let text = '';
  for (const { head } of objects.values()) {
    const contents = /\/Type \/Page\b/.test(head) ? /\/Contents (\d+) 0 R/.exec(head)?.[1] : undefined;
    const stream = objects.get(Number(contents))?.stream?.toString('latin1') ?? '';
    let letters: ReadonlyMap<number, string> = new Map();
    for (const [, font, glyphs] of stream.matchAll(
      /\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?= Tj|[^\]]*\] ?TJ)/g,
    )) {
      if (font !== undefined) letters = fonts.get(font) ?? new Map();
      for (const glyph of glyphs?.match(/.{4}/g) ?? []) text += letters.get(Number.parseInt(glyph, 16)) ?? '';
    }
  }
  return text;
}

/** Glyph numbers and the letters they stand for. */
function lettersOf(table: Buffer): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  const text = table.toString('latin1');
  const hex = (digits = '0'): number => Number.parseInt(digits, 16);
  const spelt = (digits = ''): string =>
    String.fromCharCode(...(digits.match(/.{4}/g) ?? []).map((four) => hex(four)));
  for (const [, block = ''] of text.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, glyph, to] of block.matchAll(/<(\w+)> <(\w+)>/g)) letters.set(hex(glyph), spelt(to));
  }
  for (const [, block = ''] of text.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, first, last, to] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      for (let glyph = hex(first); glyph <= hex(last); glyph++) {
        letters.set(glyph, String.fromCharCode(hex(to) + glyph - hex(first)));
      }
    }
  }
  return letters;
}
