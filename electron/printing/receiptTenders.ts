import { formatDateLevantine, formatPeriod } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { ReceiptContent, ReceiptTender } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, amountRun, blackLabel, gap, innerWidth } from './blocks.ts';
import { lineHeight, measurer, paragraph, px, rule, stack } from './blocks.ts';
import { currencyNames, figures, marks, multiplication } from './receiptFigures.ts';

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

type Words = { readonly title: string; readonly tag: string; readonly details: readonly string[] };

function tenderBlocks(paper: Paper, tender: ReceiptTender, content: ReceiptContent): Block[] {
  const { title, tag, details } = wordsFor(tender, content);
  const value = figures(tender.valueMinor, content.currency);
  const mark = marks[content.currency];
  const below = details.filter((text) => text !== '').map((text) => paragraph(paper, text, small));
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

/** How each form of payment is named, and what proves it. */
function wordsFor(tender: ReceiptTender, content: ReceiptContent): Words {
  switch (tender.kind) {
    case 'cash': {
      const worn = `منها أوراق نقدية تالفة: ${amountIn(tender.wornMinor, tender.currency)}`;
      return {
        title: `نقدًا ب${currencyNames[tender.currency]}`,
        tag: '',
        details: tender.wornMinor > 0 ? [worn] : [],
      };
    }
    case 'cheque': {
      const isPostDated = tender.dueOn > content.businessDate;
      const branch = tender.branch === '' ? '' : `، فرع ${isolateWithin(tender.branch)}`;
      const isOthers = tender.drawer !== '' && tender.drawer !== content.payer.name;
      return {
        title: `شيك رقم ${isolate(tender.chequeNumber)}`,
        tag: isPostDated ? 'مؤجل' : '',
        details: [
          `${isolateWithin(tender.bank)}${branch}`,
          isOthers ? `الساحب: ${isolateWithin(tender.drawer)}` : '',
          `تاريخ الاستحقاق: ${dateIn(tender.dueOn)}`,
        ],
      };
    }
    case 'card':
      return {
        title: 'بطاقة مصرفية',
        tag: '',
        details: [
          both(
            labelledBy('الجهاز', isolateWithin(tender.terminal)),
            labelledBy('رمز الموافقة', isolate(tender.approvalCode)),
          ),
        ],
      };
    case 'transfer':
      return {
        title: 'تحويل',
        tag: 'قيد التحقق',
        details: [
          both(isolateWithin(tender.provider), labelledBy('المرجع', isolate(tender.reference))),
          both(labelledBy('المُرسِل', isolateWithin(tender.sender)), dateIn(tender.sentOn)),
        ],
      };
    case 'entitlement':
      return {
        title: 'تسديد من المستحقات',
        tag: '',
        details: [
          both(
            labelledBy('الرقم الوظيفي', isolate(tender.employeeNumber)),
            tender.month === '' ? '' : `عن ${isolateWithin(formatPeriod(tender.month, 'ar'))}`,
          ),
          labelledBy('كتاب رقم', isolateWithin(tender.letterNumber)),
        ],
      };
    case 'waiver':
      return {
        title: 'إعفاء بقرار',
        tag: '',
        details: [
          both(
            labelledBy('قرار رقم', isolateWithin(tender.decisionNumber)),
            tender.decisionOn === '' ? '' : `بتاريخ ${dateIn(tender.decisionOn)}`,
          ),
          content.waivedBy === null ? '' : `اعتمده: ${isolateWithin(content.waivedBy.ar)}`,
        ],
      };
    case 'credit':
      return {
        title: 'من الرصيد الدائن',
        tag: '',
        details:
          tender.creditOf === null || tender.creditOf === content.account?.number
            ? []
            : [labelledBy('رقم الاشتراك', isolate(tender.creditOf))],
      };
  }
}

function labelledBy(label: string, value: string): string {
  return value === '' ? '' : `${label}: ${value}`;
}

function both(first: string, second: string): string {
  return [first, second].filter((text) => text !== '').join(' – ');
}

function dateIn(date: string): string {
  return date === '' ? '' : isolateWithin(formatDateLevantine(date));
}

function amountIn(minor: number, currency: Currency): string {
  return `${isolate(figures(minor, currency))}\u00a0${marks[currency]}`;
}

function whatWentBack(paper: Paper, content: ReceiptContent): Block[] {
  const { change, changeCredit, roundingMinor, currency, tenders } = content;
  const line = (label: string, minor: number, of: Currency): Block =>
    amountLine(paper, label, figures(minor, of), marks[of], body);
  const blocks: Block[] = change.flatMap((given) => {
    const label =
      change.length === 1 && given.currency === currency
        ? 'الباقي المعاد للمواطن'
        : `الباقي المعاد ب${currencyNames[given.currency]}`;
    if (given.rate === null) return [line(label, given.minor, given.currency)];
    return [
      paragraph(paper, label, body),
      line(multiplication(given.minor, given.currency, given.rate), given.valueMinor, currency),
    ];
  });
  // «0.00» is said too: nobody can claim later that change was due.
  if (change.length === 0 && tenders.some(({ kind }) => kind === 'cash')) {
    blocks.push(line('الباقي المعاد للمواطن', 0, currency));
  }
  if (changeCredit !== null) {
    const label = `باقٍ لم يُعَد، قُيِّد في رصيد الاشتراك رقم\u00a0${isolate(changeCredit.accountNumber)}`;
    blocks.push(line(label, changeCredit.minor, currency));
  }
  if (roundingMinor !== 0) {
    // In words, not by a sign: whoever reads «-0.03» must guess whose it is.
    const whose = roundingMinor < 0 ? 'لصالح المواطن' : 'لصالح الصندوق';
    blocks.push(line(`فرق التقريب (${whose})`, Math.abs(roundingMinor), currency));
  }
  return blocks;
}

/** What is still owed on the accounts of the receipt after it, and the credit that they have. */
export function balanceLines(content: ReceiptContent): { label: string; minor: number }[] {
  const numbers = new Set(
    content.lines.flatMap((line) => (line.kind === 'fee' ? [] : [line.account.number])),
  );
  if (content.changeCredit !== null) numbers.add(content.changeCredit.accountNumber);
  if (content.account !== null) numbers.add(content.account.number);
  const on = numbers.size > 1 ? 'الاشتراكات' : 'الاشتراك';
  const lines: { label: string; minor: number }[] = [];
  if (content.remainingMinor !== null)
    lines.push({ label: `الرصيد المتبقي على ${on}`, minor: content.remainingMinor });
  if (content.creditMinor > 0) {
    lines.push({
      label: numbers.size > 1 ? 'الرصيد الدائن للاشتراكات' : 'الرصيد الدائن للاشتراك',
      minor: content.creditMinor,
    });
  }
  return lines;
}
