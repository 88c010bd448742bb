import type { PaperDocument, PaperElement, PaperFact } from '../../../shared/domain/paper.ts';
import { isolate, isolateWithin } from '../bidi.ts';
import { printable } from '../printableText.ts';
import type { Html } from './html.ts';
import { amount, amountRow, facts, figureCell, nothing, qr, signatures, table, tag } from './html.ts';
import type { PageOptions } from './page.ts';
import { page } from './page.ts';

/** A report or a slip as an A4 page: the same elements as on thermal paper. */
export function documentPage(given: PaperDocument, options: PageOptions): string {
  const document = printable(given);
  return page(
    document,
    { title: document.title, number: document.number, bands: [], body: inGroups(document.elements) },
    options,
  );
}

/** Facts that follow each other share a list, which sets them beside each other. */
function inGroups(elements: readonly PaperElement[]): Html[] {
  const pieces: Html[] = [];
  let together: PaperFact[] = [];
  const flush = (): void => {
    if (together.length > 0) pieces.push(facts(together.map(factTexts)));
    together = [];
  };
  for (const element of elements) {
    if (element.kind === 'fact') together.push(element);
    else if (element.kind === 'pair') together.push(element.first, element.second);
    else {
      flush();
      pieces.push(piece(element));
    }
  }
  flush();
  return pieces;
}

function factTexts({ label, value, isIdentifier }: PaperFact): readonly [string, string] {
  return [isolateWithin(label), isIdentifier ? isolate(value) : isolateWithin(value)];
}

function piece(element: Exclude<PaperElement, { kind: 'fact' | 'pair' }>): Html {
  switch (element.kind) {
    case 'heading':
      return tag('h2', isolateWithin(element.text));
    case 'amount':
      return amountRow(
        isolateWithin(element.label),
        amount(element.minor, element.currency),
        element.isStrong ? 'strong' : 'plain',
      );
    case 'table':
      return table(element.columns, [
        ...element.rows.map((cells) => ({ cells: cellsOf(cells), kind: 'row' as const })),
        ...(element.total === null ? [] : [{ cells: cellsOf(element.total), kind: 'total' as const }]),
      ]);
    case 'note':
      return tag(
        'div class="note"',
        ...element.text.split('\n').map((line) => tag('p', isolateWithin(line))),
      );
    case 'band':
      return tag('p class="band"', isolateWithin(element.text));
    case 'rule':
      return { html: '<hr>' };
    case 'signatures':
      return signatures(
        element.people.map(({ label, name }) => ({ label: isolateWithin(label), name: isolateWithin(name) })),
      );
    case 'qr':
      return qr(element.text, isolateWithin(element.hint));
    case 'pattern':
      // It tries the dots of a thermal head; an office printer has none.
      return nothing;
  }

  function cellsOf(cells: readonly string[]): (Html | string)[] {
    const columns = element.kind === 'table' ? element.columns : [];
    return cells.map((cell, index) =>
      columns[index]?.isFigure === true ? figureCell(cell) : isolateWithin(cell),
    );
  }
}
