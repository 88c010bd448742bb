import type { PaperDocument, PaperElement, PaperFact } from '../../shared/domain/paper.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import {
  amountLine,
  band,
  gap,
  innerWidth,
  labelled,
  labelledPair,
  narrowed,
  paragraph,
  px,
  rule,
  stack,
} from './blocks.ts';
import type { Crest } from './crest.ts';
import { copyBand, demonstrationBand, letterhead } from './letterhead.ts';
import { paperTable } from './paperTable.ts';
import { qrBlock } from './qrBlock.ts';
import { figures, marks } from './receiptFigures.ts';
import { edgePattern, strokePattern } from './testPattern.ts';

const body: Style = { size: 25 };
const strong: Style = { size: 29, weight: 700 };
const small: Style = { size: 21 };

/** A report or a slip from top to bottom, from its frozen content alone; the receipt has a layout of its own. */
export function paperLayout(
  paper: Paper,
  document: PaperDocument,
  copyNumber: number,
  crest: Crest | null,
): Block {
  return stack([
    ...copyBand(paper, copyNumber),
    ...demonstrationBand(paper, document),
    ...letterhead(paper, document, crest),
    ...title(paper, document),
    ...document.elements.flatMap((element) => elementBlocks(paper, element)),
    gap(paper, 12),
    ...demonstrationBand(paper, document),
    ...copyBand(paper, copyNumber),
  ]);
}

function title(paper: Paper, document: PaperDocument): Block[] {
  const number = document.number;
  return [
    paragraph(paper, isolateWithin(document.title), { size: 42, weight: 700, align: 'center' }),
    ...(number === null
      ? []
      : [paragraph(paper, `رقم ${isolate(number)}`, { size: 30, weight: 700, align: 'center' })]),
    gap(paper, 6),
    rule(paper, 'dotted'),
    gap(paper, 6),
  ];
}

function elementBlocks(paper: Paper, element: PaperElement): Block[] {
  switch (element.kind) {
    case 'heading':
      return [
        gap(paper, 10),
        paragraph(paper, isolateWithin(element.text), { size: 27, weight: 700 }),
        rule(paper),
        gap(paper, 5),
      ];
    case 'fact':
      return [labelled(paper, ...factTexts(element), body)];
    case 'pair':
      return [labelledPair(paper, factTexts(element.first), factTexts(element.second), body)];
    case 'amount':
      return [
        amountLine(
          paper,
          isolateWithin(element.label),
          figures(element.minor, element.currency),
          marks[element.currency],
          element.isStrong ? strong : body,
        ),
      ];
    case 'table':
      return [gap(paper, 4), paperTable(paper, element), gap(paper, 8)];
    case 'note':
      return [
        gap(paper, 3),
        ...element.text.split('\n').map((line) => paragraph(paper, isolateWithin(line), small)),
        gap(paper, 3),
      ];
    case 'band':
      return [
        gap(paper, 8),
        band(paper, isolateWithin(element.text), { size: 30, weight: 700 }),
        gap(paper, 8),
      ];
    case 'rule':
      return [gap(paper, 7), rule(paper), gap(paper, 7)];
    case 'signatures':
      return signatures(paper, element.people);
    case 'qr': {
      const code = qrBlock(element.text, paper);
      return [
        code.at(Math.round((paper.width - code.side) / 2)),
        paragraph(paper, isolateWithin(element.hint), { ...small, align: 'center' }),
        gap(paper, 8),
      ];
    }
    case 'pattern':
      return element.pattern === 'edges' ? [edgePattern(paper)] : [strokePattern(paper)];
  }
}

function factTexts({ label, value, isIdentifier }: PaperFact): [label: string, value: string] {
  return [isolateWithin(label), isIdentifier ? isolate(value) : isolateWithin(value)];
}

/** Two beside each other where their names fit, else one below the other; room for a hand above each line. */
function signatures(paper: Paper, people: readonly { label: string; name: string }[]): Block[] {
  const between = px(paper, 30);
  const half = Math.floor((innerWidth(paper) - between) / 2);
  if (half < px(paper, 240)) {
    return people.flatMap(({ label, name }) => [gap(paper, 10), signature(paper, label, name)]);
  }
  const rows: Block[] = [];
  for (let index = 0; index < people.length; index += 2) {
    const cells = people.slice(index, index + 2).map(({ label, name }, place) => {
      const edges = place === 0 ? { left: half + between } : { right: half + between };
      return signature(narrowed(paper, edges), label, name);
    });
    rows.push(gap(paper, 10), besideEachOther(cells));
  }
  return rows;
}

function signature(paper: Paper, label: string, name: string): Block {
  return stack([
    paragraph(paper, isolateWithin(label), small),
    ...(name === '' ? [] : [paragraph(paper, isolateWithin(name), { size: 25, weight: 700 })]),
    gap(paper, 52),
    rule(paper, 'dotted'),
    gap(paper, 8),
  ]);
}

/** Their last rows at the same height: lines to sign on belong together. */
function besideEachOther(blocks: readonly Block[]): Block {
  const height = Math.max(...blocks.map((block) => block.height));
  return {
    height,
    paint: (top) => {
      for (const block of blocks) block.paint(top + height - block.height);
    },
  };
}
