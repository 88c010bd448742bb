import type { Currency } from '../../shared/domain/money.ts';
import type { Block, Paper, Style } from './blocks.ts';
import {
  amountLine,
  blacken,
  innerWidth,
  lineHeight,
  measurer,
  paragraph,
  px,
  rule,
  stack,
  write,
} from './blocks.ts';
import { figures } from './receiptFigures.ts';
import type { LineWords } from './receiptWords.ts';
import { wrapWords } from './wrap.ts';

const head: Style = { size: 21, weight: 700 };
const strong: Style = { size: 25, weight: 700 };
const plain: Style = { size: 25 };
const small: Style = { size: 21 };

export type BillTable = { readonly header: Block; readonly row: (row: LineWords) => Block };

/**
 * What was paid for at the right, what was paid and what is left of it in columns at the left. Where the
 * widest amount would leave the words too little room, the amounts stand below them instead; where nothing can
 * be left of any line, there is no column for it.
 */
export function billTable(paper: Paper, rows: readonly LineWords[], currency: Currency): BillTable {
  const hasLeft = rows.some(({ leftMinor }) => leftMinor !== null);
  const measureStrong = measurer(paper, strong);
  const widest = rows.reduce((most, { paidMinor, leftMinor }) => {
    const larger = Math.max(paidMinor, leftMinor ?? 0);
    return Math.max(most, measureStrong(figures(larger, currency)));
  }, 0);
  const heading = measurer(paper, head)(hasLeft ? 'المتبقي منها' : 'المدفوع');
  const column = Math.ceil(Math.max(widest, heading)) + px(paper, 20);
  const description = innerWidth(paper) - (hasLeft ? 2 : 1) * column;
  const isStacked = description < innerWidth(paper) * 0.4;
  const paidColumn = hasLeft ? paper.left + column : paper.left;
  const inset = px(paper, 6);

  function header(): Block {
    const height = lineHeight(paper, head) + px(paper, 4);
    const label = { ...head, color: 'white', align: 'left' } as const;
    return {
      height,
      paint: (top) => {
        blacken(paper, paper.left, top, innerWidth(paper), height);
        const y = top + px(paper, 2);
        write(paper, hasLeft ? 'الخدمة والفاتورة' : 'البيان', paper.right - px(paper, 8), y, {
          ...label,
          align: 'right',
        });
        if (isStacked) return;
        write(paper, 'المدفوع', hasLeft ? paidColumn : paper.left + inset, y, label);
        if (hasLeft) write(paper, 'المتبقي منها', paper.left + inset, y, label);
      },
    };
  }

  function underlined(block: Block): Block {
    const line = rule(paper, 'dotted');
    return stack([
      block,
      { height: px(paper, 7), paint: (top) => line.paint(top + px(paper, 7) - line.height) },
    ]);
  }

  function stackedRow({ title, details, paidMinor, leftMinor }: LineWords): Block {
    return underlined(
      stack([
        paragraph(paper, title, strong),
        ...details.map((detail) => paragraph(paper, detail, small)),
        amountLine(paper, 'المدفوع', figures(paidMinor, currency), '', small),
        ...(leftMinor === null
          ? []
          : [amountLine(paper, 'المتبقي منها', figures(leftMinor, currency), '', small)]),
      ]),
    );
  }

  function row(each: LineWords): Block {
    if (isStacked) return stackedRow(each);
    const title = wrapWords(each.title, description - px(paper, 8), measureStrong);
    const step = lineHeight(paper, strong);
    const below = stack(each.details.map((detail) => paragraph(paper, detail, small)));
    // The smaller line moves up a little: it belongs to the words above it.
    const belowTop = title.length * step - px(paper, 3);
    const paid = figures(each.paidMinor, currency);
    // A dash, so that nobody writes a figure in afterwards.
    const left = !hasLeft ? '' : each.leftMinor === null ? '–' : figures(each.leftMinor, currency);
    return underlined({
      height: belowTop + below.height,
      paint: (top) => {
        title.forEach((text, index) => write(paper, text, paper.right, top + index * step, strong));
        write(paper, paid, paidColumn, top, { ...strong, align: 'left', direction: 'ltr' });
        if (left !== '') write(paper, left, paper.left, top, { ...plain, align: 'left', direction: 'ltr' });
        below.paint(top + belowTop);
      },
    });
  }

  return { header: header(), row };
}
