import type { Currency } from '../../../shared/domain/money.ts';
import { isolate, isolateWithin } from '../bidi.ts';
import { qrCode, quietModules } from '../qrCode.ts';
import { figures, marks, withMinus } from '../receiptFigures.ts';

/** A piece of a page: text in it is escaped. Made by the functions of this file only. */
export type Html = { readonly html: string };

/** Escaped; the isolates of bidi.ts become elements, so that what is copied out of the page has no marks in it. */
export function text(plain: string): Html {
  const html = escaped(plain)
    // A number is not torn at its hyphen.
    .replace(/\u2066(?=[^\s\u2066\u2069]{1,30}\u2069)/g, '<bdi dir="ltr" class="whole">')
    .replaceAll('\u2066', '<bdi dir="ltr">')
    .replaceAll('\u2069', '</bdi>')
    .replaceAll('\u202d', '<bdo dir="ltr">')
    .replaceAll('\u202c', '</bdo>');
  return { html };
}

/** For an attribute or a title, which hold no elements. */
export function escaped(plain: string): string {
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const nothing: Html = { html: '' };

export function all(pieces: readonly Html[]): Html {
  return { html: pieces.map(({ html }) => html).join('\n') };
}

/** @param open the tag with its attributes, written in this program: `div class="fact"` */
export function tag(open: string, ...pieces: readonly (Html | string)[]): Html {
  const inner = pieces.map((piece) => (typeof piece === 'string' ? text(piece).html : piece.html)).join('');
  return { html: `<${open}>${inner}</${open.split(' ')[0]}>` };
}

/** «label: value», as many beside each other as the page is wide. */
export function facts(pairs: readonly (readonly [label: string, value: string])[]): Html {
  return tag(
    'dl class="facts"',
    ...pairs.map(([label, value]) => tag('div', tag('dt', label), tag('dd', value === '' ? '–' : value))),
  );
}

/** Figures left to right and the mark after them, each an island. */
export function amount(minor: number, currency: Currency): Html {
  return tag(
    'span class="amount"',
    tag('bdi class="figures" dir="ltr"', figures(minor, currency)),
    '\u00a0',
    tag('bdi', marks[currency]),
  );
}

export function amountRow(label: string, value: Html, kind: 'plain' | 'strong' | 'small' = 'plain'): Html {
  return tag(`div class="line ${kind}"`, tag('span', label), value);
}

export type HtmlColumn = { readonly title: string; readonly isFigure: boolean };
export type HtmlRow = {
  readonly cells: readonly (Html | string)[];
  readonly kind: 'row' | 'group' | 'total';
};

/** The head is repeated on each page; a row is never torn between two. A group's one cell goes across. */
export function table(columns: readonly HtmlColumn[], rows: readonly HtmlRow[]): Html {
  const kindOf = (index: number): string => (columns[index]?.isFigure === true ? ' class="figure"' : '');
  return tag(
    'table class="list"',
    tag(
      'thead',
      tag('tr', ...columns.map(({ title }, index) => tag(`th${kindOf(index)}`, isolateWithin(title)))),
    ),
    tag(
      'tbody',
      ...rows.map(({ cells, kind }) =>
        tag(
          `tr class="${kind}"`,
          ...cells.map((cell, index) =>
            kind === 'group' ? tag(`td colspan="${columns.length}"`, cell) : tag(`td${kindOf(index)}`, cell),
          ),
        ),
      ),
    ),
  );
}

/** A cell of figures, left to right whatever stands in it. */
export function figureCell(plain: string): Html {
  return tag('bdi class="figures" dir="ltr"', isolate(withMinus(plain)));
}

/** Drawn as squares, so that it is as sharp as the printer can. */
export function qr(code: string, hint: string): Html {
  const { modules, isDark } = qrCode(code);
  const side = modules + 2 * quietModules;
  let path = '';
  for (let y = 0; y < modules; y++) {
    for (let x = 0; x < modules; x++) {
      const start = x;
      while (x < modules && isDark(x, y)) x += 1;
      if (x > start) path += `M${start + quietModules} ${y + quietModules}h${x - start}v1h${start - x}z`;
    }
  }
  return tag(
    'figure class="qr"',
    { html: `<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${path}"/></svg>` },
    tag('figcaption', hint),
  );
}

export function signatures(people: readonly { readonly label: string; readonly name: string }[]): Html {
  return tag(
    'div class="signatures"',
    ...people.map(({ label, name }) =>
      tag('div', tag('span class="label"', label), tag('strong', name === '' ? '\u00a0' : name), tag('i')),
    ),
  );
}
