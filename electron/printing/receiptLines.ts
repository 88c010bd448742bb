import { formatPeriod } from '../../shared/domain/dates.ts';
import type { ReceiptContent, ReceiptFee, ReceiptLine } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { TableRow } from './billTable.ts';
import { billTable } from './billTable.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, blackLabel, gap, lineHeight, measurer, paragraph, px, rule, write } from './blocks.ts';
import { currencyNames, figures, marks } from './receiptFigures.ts';
import { wrapWords } from './wrap.ts';

const body: Style = { size: 25 };
const small: Style = { size: 21 };

type AccountLine = Exclude<ReceiptLine, ReceiptFee>;

/** What was paid for: by account, bills before fines before what is on account, then the services sold. */
export function receiptLines(paper: Paper, content: ReceiptContent): Block[] {
  const { currency, lines } = content;
  const table = billTable(paper, lines.map(tableRow), currency);
  const drawn = (some: readonly ReceiptLine[]): Block[] => some.map((line) => table.row(tableRow(line)));
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
    ...subtotals(paper, content),
    amountLine(paper, 'المجموع', figures(content.totalMinor, currency), marks[currency], {
      size: 29,
      weight: 700,
    }),
    gap(paper, 4),
    rule(paper),
    gap(paper, 6),
  ];
}

function tableRow(line: ReceiptLine): TableRow {
  const { paidMinor } = line;
  if (line.kind === 'advance') {
    return { title: 'دفعة على الحساب', details: [], paidMinor, leftMinor: null };
  }
  const title = isolateWithin(line.service.ar);
  if (line.kind === 'fee') {
    const count = `${isolate(String(line.quantity))}\u00a0×\u00a0${isolate(figures(line.unitMinor, 'ILS'))}`;
    const details = [...(line.quantity > 1 ? [count] : []), isolateWithin(line.note)];
    return { title, details: details.filter((text) => text !== ''), paidMinor, leftMinor: null };
  }
  const period = isolateWithin(formatPeriod(line.period, 'ar'));
  const details = [`${period} – فاتورة ${isolate(line.billNumber)}`];
  return { title, details, paidMinor, leftMinor: line.leftMinor };
}

/** The accounts in the order in which the counter took them, each with its lines. */
function byAccount(lines: readonly ReceiptLine[]): readonly (readonly AccountLine[])[] {
  const accounts = new Map<string, AccountLine[]>();
  for (const line of lines) {
    if (line.kind === 'fee') continue;
    const known = accounts.get(line.account.number);
    if (known === undefined) accounts.set(line.account.number, [line]);
    else known.push(line);
  }
  return [...accounts.values()];
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

const subtotalLabels = {
  charge: 'مجموع الفواتير',
  fine: 'مجموع الغرامات',
  advance: 'دفعات على الحساب',
  fee: 'مجموع الخدمات والرسوم',
} as const satisfies Record<ReceiptLine['kind'], string>;

/** What each kind comes to, where there is more than one kind. */
function subtotals(paper: Paper, content: ReceiptContent): Block[] {
  const kinds = (['charge', 'fine', 'advance', 'fee'] as const).filter((kind) =>
    content.lines.some((line) => line.kind === kind),
  );
  if (kinds.length < 2) return [];
  return kinds.map((kind) =>
    amountLine(paper, subtotalLabels[kind], sumOf(ofKind(content.lines, kind), content), '', small),
  );
}

function ofKind<L extends ReceiptLine>(lines: readonly L[], kind: ReceiptLine['kind']): readonly L[] {
  return lines.filter((line) => line.kind === kind);
}

function sumOf(lines: readonly ReceiptLine[], { currency }: ReceiptContent): string {
  return figures(
    lines.reduce((sum, line) => sum + line.paidMinor, 0),
    currency,
  );
}

/** Fines are never taken for bills, not even by whoever cannot read well. */
function tag(paper: Paper, text: string): Block {
  const label = blackLabel(paper, text, { size: 22, weight: 700 });
  return {
    height: label.height + px(paper, 8),
    paint: (top) => label.paint(paper.right, top + px(paper, 5)),
  };
}
