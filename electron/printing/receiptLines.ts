import type { ReceiptContent, ReceiptLine } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import { billTable } from './billTable.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, blackLabel, gap, lineHeight, measurer, paragraph, px, rule, write } from './blocks.ts';
import { currencyNames, figures, marks } from './receiptFigures.ts';
import type { AccountLine } from './receiptWords.ts';
import { byAccount, lineWords, ofKind, subtotals, sumOf } from './receiptWords.ts';
import { wrapWords } from './wrap.ts';

const body: Style = { size: 25 };
const small: Style = { size: 21 };

/** What was paid for: by account, bills before fines before what is on account, then the services sold. */
export function receiptLines(paper: Paper, content: ReceiptContent): Block[] {
  const { currency, lines } = content;
  const table = billTable(paper, lines.map(lineWords), currency);
  const drawn = (some: readonly ReceiptLine[]): Block[] => some.map((line) => table.row(lineWords(line)));
  const accounts = byAccount(lines);
  const isNamed = accounts.some(([first]) => first?.account.number !== content.account?.number);
  const fees = ofKind(lines, 'fee');
  const groups: Block[] = [];
  for (const paid of accounts) {
    const account = paid[0]?.account;
    if (account !== undefined && isNamed) groups.push(accountHeading(paper, account));
    groups.push(...drawn(ofKind(paid, 'charge')));
    const fines = ofKind(paid, 'fine');
    if (fines.length > 0) groups.push(tag(paper, 'غرامات'), ...drawn(fines));
    groups.push(...drawn(ofKind(paid, 'advance')));
    if (account !== undefined && accounts.length > 1 && paid.length > 1) {
      const label = `مجموع الاشتراك ${isolate(account.number)}`;
      groups.push(amountLine(paper, label, sumOf(paid, content), '', small), rule(paper, 'dotted'));
    }
  }
  if (fees.length > 0) {
    if (accounts.length > 0) groups.push(tag(paper, 'خدمات ورسوم'));
    groups.push(...drawn(fees));
  }
  return [
    paragraph(paper, `وذلك عن (المبالغ ب${currencyNames[currency]}):`, body),
    gap(paper, 2),
    table.header,
    ...groups,
    gap(paper, 2),
    rule(paper),
    gap(paper, 4),
    ...subtotals(content).map(({ label, figures: sum }) => amountLine(paper, label, sum, '', small)),
    amountLine(paper, 'المجموع', figures(content.totalMinor, currency), marks[currency], {
      size: 29,
      weight: 700,
    }),
    gap(paper, 4),
    rule(paper),
    gap(paper, 6),
  ];
}

/** Whose bills follow: a bar at the right edge, then number and name. */
function accountHeading(paper: Paper, account: AccountLine['account']): Block {
  const style: Style = { size: 23, weight: 700 };
  const bar = px(paper, 7);
  const right = paper.right - bar - px(paper, 8);
  const text = `اشتراك ${isolate(account.number)} – ${isolateWithin(account.name)}`;
  const lines = wrapWords(text, right - paper.left, measurer(paper, style));
  const step = lineHeight(paper, style);
  const above = px(paper, 6);
  return {
    height: above + lines.length * step,
    paint: (top) => {
      paper.ink(paper.right - bar, top + above + px(paper, 3), bar, lines.length * step - px(paper, 4));
      lines.forEach((line, index) => write(paper, line, right, top + above + index * step, style));
    },
  };
}

/** Fines are never taken for bills, not even by whoever cannot read well. */
function tag(paper: Paper, text: string): Block {
  const label = blackLabel(paper, text, { size: 22, weight: 700 });
  return {
    height: label.height + px(paper, 8),
    paint: (top) => label.paint(paper.right, top + px(paper, 5)),
  };
}
