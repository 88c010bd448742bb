import type { ReceiptContent, Undone } from '../../shared/domain/receipt.ts';
import { isolate } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, band, framed, gap, labelled, narrowed, paragraph, px, rule } from './blocks.ts';
import { figures, marks } from './receiptFigures.ts';
import { returnedLines, undoneFacts, undoneTitles } from './receiptWords.ts';

const body: Style = { size: 25 };

/** At both ends of the slip, so that a torn half is never shown as a receipt. */
export function undoneBand(paper: Paper, { undone }: ReceiptContent): Block[] {
  if (undone === null) return [];
  return [band(paper, undoneTitles[undone.kind], { size: 42, weight: 700 }), gap(paper, 12)];
}

/** When the receipt was taken back, why, by whom, and what money moved: above what the receipt itself had said. */
export function undoneDetails(paper: Paper, undone: Undone): Block[] {
  const inset = narrowed(paper, { left: px(paper, 14), right: px(paper, 14) });
  const returned = returnedLines(undone).map(({ label, minor, currency }) =>
    amountLine(inset, label, figures(minor, currency), marks[currency], { size: 26, weight: 700 }),
  );
  return [
    ...undoneFacts(undone).map(([label, value]) => labelled(paper, label, value, body)),
    gap(paper, 6),
    framed(paper, returned.length > 0 ? returned : [paragraph(inset, 'لم يُعَد نقد', body)], 2),
    gap(paper, 14),
    labelled(paper, 'توقيع الدافع', isolate('.'.repeat(24)), body),
    gap(paper, 10),
    rule(paper, 'thick'),
    gap(paper, 6),
    paragraph(paper, 'وكان السند قبل ذلك:', body),
    gap(paper, 4),
  ];
}
