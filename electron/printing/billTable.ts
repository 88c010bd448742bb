import { formatPeriod } from '../../shared/domain/dates.ts';
import type { ReceiptLine } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, innerWidth, lineHeight, measurer, paragraph, px, rule, stack, write } from './blocks.ts';
import { wrapWords } from './wrap.ts';

const head: Style = { size: 21, weight: 700 };
const strong: Style = { size: 25, weight: 700 };
const plain: Style = { size: 25 };
const small: Style = { size: 21 };

export type BillTable = { readonly header: Block; readonly row: (line: ReceiptLine) => Block };

/**
 * Service and bill at the right, what was paid and what is left of the bill in columns at the left. Where the
 * widest amount would leave the service too little room, the amounts stand below it instead.
 */
export function billTable(
  paper: Paper,
  lines: readonly ReceiptLine[],
  figures: (minor: number) => string,
): BillTable {
  const measureStrong = measurer(paper, strong);
  const amounts = lines.flatMap((line) => [line.paidMinor, line.leftMinor]);
  const widest = Math.max(0, ...amounts.map((minor) => measureStrong(figures(minor))));
  const column = Math.ceil(Math.max(widest, measurer(paper, head)('المتبقي منها'))) + px(paper, 20);
  const description = innerWidth(paper) - 2 * column;
  const isStacked = description < innerWidth(paper) * 0.4;
  const paidColumn = paper.left + column;

  function header(): Block {
    const height = lineHeight(paper, head) + px(paper, 4);
    return {
      height,
      paint: (top) => {
        paper.ctx.fillStyle = 'black';
        paper.ctx.fillRect(paper.left, top, innerWidth(paper), height);
        const y = top + px(paper, 2);
        write(paper, 'الخدمة والفاتورة', paper.right - px(paper, 8), y, { ...head, color: 'white' });
        if (isStacked) return;
        write(paper, 'المدفوع', paidColumn, y, { ...head, color: 'white', align: 'left' });
        write(paper, 'المتبقي منها', paper.left + px(paper, 6), y, {
          ...head,
          color: 'white',
          align: 'left',
        });
      },
    };
  }

  function detail(line: ReceiptLine): Block {
    const period = isolateWithin(formatPeriod(line.period, 'ar'));
    return paragraph(paper, `${period} – فاتورة ${isolate(line.billNumber)}`, small);
  }

  function underlined(block: Block): Block {
    const line = rule(paper, 'dotted');
    return stack([
      block,
      { height: px(paper, 7), paint: (top) => line.paint(top + px(paper, 7) - line.height) },
    ]);
  }

  function stackedRow(line: ReceiptLine): Block {
    return underlined(
      stack([
        paragraph(paper, isolateWithin(line.service.ar), strong),
        detail(line),
        amountLine(paper, 'المدفوع', figures(line.paidMinor), '', small),
        amountLine(paper, 'المتبقي منها', figures(line.leftMinor), '', small),
      ]),
    );
  }

  function row(line: ReceiptLine): Block {
    if (isStacked) return stackedRow(line);
    const service = wrapWords(
      isolateWithin(line.service.ar),
      description - px(paper, 8),
      measurer(paper, strong),
    );
    const step = lineHeight(paper, strong);
    const below = detail(line);
    // The smaller line moves up a little: it belongs to the service above it.
    const belowTop = service.length * step - px(paper, 3);
    return underlined({
      height: belowTop + below.height,
      paint: (top) => {
        service.forEach((text, index) => write(paper, text, paper.right, top + index * step, strong));
        write(paper, figures(line.paidMinor), paidColumn, top, {
          ...strong,
          align: 'left',
          direction: 'ltr',
        });
        write(paper, figures(line.leftMinor), paper.left, top, { ...plain, align: 'left', direction: 'ltr' });
        below.paint(top + belowTop);
      },
    });
  }

  return { header: header(), row };
}
