import type { ReceiptContent, ReceiptTender } from '../../shared/domain/receipt.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, amountRun, blackLabel, gap, innerWidth } from './blocks.ts';
import { lineHeight, measurer, paragraph, px, rule, stack } from './blocks.ts';
import { figures, marks, multiplication } from './receiptFigures.ts';
import { changeLines, tenderWords } from './receiptWords.ts';

const body: Style = { size: 25 };
const strong: Style = { size: 25, weight: 700 };
const small: Style = { size: 21 };

/**
 * With what it was paid and what went back. Values stand in one column in the receipt's currency, so that anybody can
 * add them up: their sum less what went back, what became credit and what rounding took is the total above.
 */
export function receiptTenders(paper: Paper, content: ReceiptContent): Block[] {
  const { tenders, currency } = content;
  const received = tenders.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  return [
    paragraph(paper, 'دُفعت كالآتي:', body),
    ...tenders.flatMap((tender) => tenderBlocks(paper, tender, content)),
    ...(tenders.length < 2
      ? []
      : [
          gap(paper, 3),
          rule(paper, 'dotted'),
          gap(paper, 2),
          amountLine(paper, 'مجموع المدفوع', figures(received, currency), marks[currency], strong),
        ]),
    ...whatWentBack(paper, content),
    gap(paper, 8),
  ];
}

function tenderBlocks(paper: Paper, tender: ReceiptTender, content: ReceiptContent): Block[] {
  const { title, tag, details } = tenderWords(tender, content);
  const value = figures(tender.valueMinor, content.currency);
  const mark = marks[content.currency];
  const below = details.map((text) => paragraph(paper, text, small));
  const apart = below.length > 0 ? [gap(paper, 5)] : [];
  const { currency, receivedMinor, rate } = tender;
  if (rate === null || currency === content.currency) {
    return [titleLine(paper, title, tag, { value, mark }), ...below, ...apart];
  }
  const inShekels = amountLine(paper, multiplication(receivedMinor, currency, rate), value, mark, body);
  return [titleLine(paper, title, tag, null), inShekels, ...below, ...apart];
}

/** A name at the right, what must not be overlooked about it in white on black beside it, the amount at the left. */
function titleLine(
  paper: Paper,
  title: string,
  tag: string,
  amount: { readonly value: string; readonly mark: string } | null,
): Block {
  const line =
    amount === null
      ? paragraph(paper, title, body)
      : amountLine(paper, title, amount.value, amount.mark, body);
  if (tag === '') return line;
  const label = blackLabel(paper, tag, { size: 21, weight: 700 });
  const taken = Math.ceil(measurer(paper, body)(title)) + px(paper, 12);
  const atLeft =
    amount === null ? 0 : amountRun(paper, amount.value, amount.mark, body).width + px(paper, 16);
  if (taken + label.width + atLeft > innerWidth(paper)) {
    return stack([
      line,
      { height: label.height + px(paper, 4), paint: (top) => label.paint(paper.right, top) },
    ]);
  }
  const down = Math.round((lineHeight(paper, body) - label.height) / 2);
  return {
    height: line.height,
    paint: (top) => {
      line.paint(top);
      label.paint(paper.right - taken, top + down);
    },
  };
}

function whatWentBack(paper: Paper, content: ReceiptContent): Block[] {
  return changeLines(content).flatMap(({ label, multiplication, minor, currency }) => {
    const line = (text: string): Block =>
      amountLine(paper, text, figures(minor, currency), marks[currency], body);
    return multiplication === null ? [line(label)] : [paragraph(paper, label, body), line(multiplication)];
  });
}
