import { formatDateLevantine, formatTime } from '../../shared/domain/dates.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import {
  amountLine,
  amountRun,
  band,
  framed,
  gap,
  innerWidth,
  labelled,
  labelledPair,
  lineHeight,
  measurer,
  narrowed,
  paragraph,
  px,
  rule,
  stack,
  write,
} from './blocks.ts';
import type { Crest } from './crest.ts';
import { copyBand, demonstrationBand, letterhead } from './letterhead.ts';
import { qrBlock } from './qrBlock.ts';
import { figures, marks } from './receiptFigures.ts';
import { receiptLines } from './receiptLines.ts';
import { receiptTenders } from './receiptTenders.ts';
import { undoneBand, undoneDetails } from './receiptUndone.ts';
import { balanceLines, bookFacts, bookNotice, receivedFrom } from './receiptWords.ts';

const body: Style = { size: 25 };
const small: Style = { size: 21 };

/**
 * The receipt from top to bottom. Everything comes from the frozen content; nothing is looked up, so a copy drawn
 * years later differs from the original by its band alone.
 * @param copyNumber 0 for the original, otherwise which copy this is
 */
export function receiptLayout(
  paper: Paper,
  content: ReceiptContent,
  copyNumber: number,
  crest: Crest | null,
): Block {
  return stack([
    ...copyBand(paper, copyNumber),
    ...bookBand(paper, content),
    ...demonstrationBand(paper, content),
    ...undoneBand(paper, content),
    ...letterhead(paper, content, crest),
    ...title(paper, content),
    ...payer(paper, content),
    ...amount(paper, content),
    ...receiptLines(paper, content),
    ...receiptTenders(paper, content),
    ...balance(paper, content),
    ...closing(paper, content),
    ...undoneBand(paper, content),
    ...demonstrationBand(paper, content),
    ...copyBand(paper, copyNumber),
  ]);
}

/** The payer has the leaf already: this paper is the till's note of it, never a second receipt. */
function bookBand(paper: Paper, { book }: ReceiptContent): Block[] {
  if (book === null) return [];
  return [
    band(paper, bookNotice, { size: 32, weight: 700 }),
    gap(paper, 4),
    ...bookFacts(book).map(([label, value]) => labelled(paper, label, value, body)),
    gap(paper, 8),
  ];
}

function title(paper: Paper, content: ReceiptContent): Block[] {
  const date = formatDateLevantine(content.atMs, { offsetMinutes: content.offsetMinutes });
  const time = formatTime(content.atMs, { offsetMinutes: content.offsetMinutes });
  return [
    paragraph(paper, content.undone === null ? 'سند قبض' : 'عن سند القبض', {
      size: 46,
      weight: 700,
      align: 'center',
    }),
    paragraph(paper, `رقم ${isolate(content.number)}`, { size: 30, weight: 700, align: 'center' }),
    gap(paper, 6),
    ...(content.undone === null ? [] : undoneDetails(paper, content.undone)),
    twoEnds(paper, `التاريخ: ${isolateWithin(date)}`, `الساعة: ${isolate(time)}`, body),
    gap(paper, 6),
    rule(paper, 'dotted'),
    gap(paper, 6),
  ];
}

/** Two short texts at both edges of one line, or one below the other where the paper is too narrow. */
function twoEnds(paper: Paper, right: string, left: string, style: Style): Block {
  const measure = measurer(paper, style);
  if (measure(right) + measure(left) + px(paper, 16) > innerWidth(paper)) {
    return stack([paragraph(paper, right, style), paragraph(paper, left, style)]);
  }
  return {
    height: lineHeight(paper, style),
    paint: (top) => {
      write(paper, right, paper.right, top, style);
      write(paper, left, paper.left, top, { ...style, align: 'left' });
    },
  };
}

function payer(paper: Paper, content: ReceiptContent): Block[] {
  const { account, payer: person } = content;
  return [
    paragraph(paper, receivedFrom(content), small),
    paragraph(paper, isolateWithin(person.name), { size: 32, weight: 700 }),
    gap(paper, 2),
    ...(person.identityNumber === null
      ? []
      : [labelled(paper, 'رقم الهوية', isolate(person.identityNumber), body)]),
    ...(account === null ? [] : accountLines(paper, account)),
    gap(paper, 10),
  ];
}

function accountLines(paper: Paper, account: NonNullable<ReceiptContent['account']>): Block[] {
  const number = ['رقم الاشتراك', isolate(account.number)] as const;
  return [
    account.category === ''
      ? labelled(paper, ...number, body)
      : labelledPair(paper, number, ['الفئة', isolateWithin(account.category)], body),
    ...(account.address === '' ? [] : [labelled(paper, 'العنوان', isolateWithin(account.address), body)]),
  ];
}

function amount(paper: Paper, content: ReceiptContent): Block[] {
  const inset = insetOf(paper);
  // The closing formula stays together: «لا» alone at a line's end could be read as part of the amount.
  const words = isolateWithin(content.amountInWords).replace(/ لا غير$/, '\u00a0لا\u00a0غير');
  return [
    framed(paper, [
      paragraph(paper, 'مبلغًا وقدره', { ...small, align: 'center' }),
      largeAmount(paper, figures(content.totalMinor, content.currency), marks[content.currency]),
      gap(paper, 2),
      paragraph(inset, words, { size: 25, weight: 700, align: 'center' }),
    ]),
    gap(paper, 12),
  ];
}

/** The total as large as the paper allows. */
function largeAmount(paper: Paper, text: string, mark: string): Block {
  let style: Style = { size: 66, weight: 700 };
  let run = amountRun(paper, text, mark, style);
  while (run.width > innerWidth(paper) - px(paper, 40) && style.size > 24) {
    style = { ...style, size: style.size - 4 };
    run = amountRun(paper, text, mark, style);
  }
  const { paintFromLeft, width } = run;
  return {
    // Figures have nothing below their line: the usual height would leave a hole under them.
    height: Math.round(px(paper, style.size) * 1.26),
    paint: (top) => paintFromLeft(Math.round((paper.width - width) / 2), top),
  };
}

/** What is still owed, and what is owed to them: in a frame, because it is what people come back to ask about. */
function balance(paper: Paper, content: ReceiptContent): Block[] {
  // On a slip that takes it back, the balance of that day would be read as today's.
  const lines = content.undone === null ? balanceLines(content) : [];
  if (lines.length === 0) return [gap(paper, 4)];
  const { currency } = content;
  return [
    framed(
      paper,
      lines.map(({ label, minor }) =>
        amountLine(insetOf(paper), label, figures(minor, currency), marks[currency], {
          size: 26,
          weight: 700,
        }),
      ),
      2,
    ),
    gap(paper, 12),
  ];
}

/** Paper with wider margins: clear of the frame around it. */
function insetOf(paper: Paper): Paper {
  return narrowed(paper, { left: px(paper, 14), right: px(paper, 14) });
}

function closing(paper: Paper, content: ReceiptContent): Block[] {
  const people = (on: Paper): Block[] => [
    ...stackedLabel(on, 'أمين الصندوق', isolateWithin(content.cashier.ar)),
    gap(on, 6),
    ...stackedLabel(on, 'الصندوق', isolate(content.till)),
  ];
  return [
    // A slip that takes a receipt back must not scan as the receipt.
    ...(content.qr === '' || content.undone !== null
      ? people(paper)
      : qrAndPeople(paper, content.qr, people)),
    gap(paper, 6),
    paragraph(paper, 'يُرجى الاحتفاظ بهذا السند للمراجعة', { ...small, align: 'center' }),
    gap(paper, 8),
  ];
}

function stackedLabel(paper: Paper, label: string, value: string): Block[] {
  return [paragraph(paper, label, small), paragraph(paper, value, { size: 25, weight: 700 })];
}

/** The code at the left with the people beside it, which saves a hand's breadth of paper; below on narrow paper. */
function qrAndPeople(paper: Paper, qr: string, people: (on: Paper) => Block[]): Block[] {
  const code = qrBlock(qr, paper);
  const hint = 'امسح الرمز للتحقق من صحة السند';
  const beside = paper.right - code.side;
  if (beside < px(paper, 190)) {
    return [
      code.at(Math.round((paper.width - code.side) / 2)),
      paragraph(paper, hint, { ...small, align: 'center' }),
      gap(paper, 8),
      ...people(paper),
    ];
  }
  const column = narrowed(paper, { left: code.side - paper.left });
  const text = stack([...people(column), gap(paper, 10), paragraph(column, hint, small)]);
  const picture = code.at(0);
  return [
    {
      height: Math.max(picture.height, text.height),
      paint: (top) => {
        picture.paint(top);
        text.paint(top + Math.max(0, Math.round((picture.height - text.height) / 2)));
      },
    },
  ];
}
