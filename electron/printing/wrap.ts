/** Measures a text's width in dots in the font in use. */
export type Measure = (text: string) => number;

/**
 * Breaks a text at its spaces (not at no-break spaces) so that no line is wider than `widthDots`. Nothing is ever cut off: a word wider than
 * a whole line is broken between its letters.
 */
export function wrapWords(text: string, widthDots: number, measure: Measure): string[] {
  return fill(text, widthDots, measure);
}

/** As few lines as `wrapWords` makes, but of about the same length: no last word is left alone under a full line. */
export function wrapEvenly(text: string, widthDots: number, measure: Measure): string[] {
  const lines = fill(text, widthDots, measure);
  if (lines.length < 2) return lines;
  for (let width = Math.ceil(measure(text) / lines.length); width < widthDots; width += 8) {
    const even = fill(text, width, measure);
    if (even.length === lines.length) return even;
  }
  return lines;
}

function fill(text: string, widthDots: number, measure: Measure): string[] {
  // Most texts fit as they are: one measurement instead of one for each word.
  const whole = text.replace(/[^\S\u00a0]+/g, ' ').trim();
  if (whole === '') return [];
  if (measure(whole) <= widthDots) return [whole];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[^\S\u00a0]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= widthDots) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, widthDots, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return balanced(lines);
}

const isControl = /[\u2066\u2069\u202c\u202d]/g;

/** An island that goes on in the next line is closed at the end of this one and opened again there. */
function balanced(lines: readonly string[]): string[] {
  let open = '';
  return lines.map((line) => {
    const before = open;
    for (const [control] of line.matchAll(isControl)) {
      open = control === '\u2066' || control === '\u202d' ? open + control : open.slice(0, -1);
    }
    const closing = [...open].reverse().map((control) => (control === '\u2066' ? '\u2069' : '\u202c'));
    return before + line + closing.join('');
  });
}

const controls = /^[\u2066\u202d]+|[\u2069\u202c]+$/g;
const letters = new Intl.Segmenter('ar', { granularity: 'grapheme' });

function breakWord(word: string, widthDots: number, measure: Measure): string[] {
  if (measure(word) <= widthDots) return [word];
  const opening = /^[\u2066\u202d]*/.exec(word)?.[0] ?? '';
  const closing = /[\u2069\u202c]*$/.exec(word)?.[0] ?? '';
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of letters.segment(word.replace(controls, ''))) {
    if (piece !== '' && measure(piece + segment) > widthDots) {
      pieces.push(opening + piece + closing);
      piece = '';
    }
    piece += segment;
  }
  if (piece !== '') pieces.push(opening + piece + closing);
  return pieces;
}
