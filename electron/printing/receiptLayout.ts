import type { Image } from '@napi-rs/canvas';
import { formatDateLevantine, formatPeriod, formatTime } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { formatMoney, money } from '../../shared/domain/money.ts';
import type { ReceiptContent, ReceiptLine } from '../../shared/domain/receipt.ts';
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
import { dotsPerModule, qrCode, quietModules } from './qrCode.ts';
import { wrapWords } from './wrap.ts';

const marks: Readonly<Record<Currency, string>> = { ILS: '₪', JOD: 'د.أ', USD: '$' };
const currencyNames: Readonly<Record<Currency, string>> = {
  ILS: 'الشيكل',
  JOD: 'الدينار الأردني',
  USD: 'الدولار',
};

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
  crest: Image | null,
): Block {
  return stack([
    ...copyBand(paper, copyNumber),
    ...demonstrationBand(paper, content),
    ...heading(paper, content, crest),
    ...title(paper, content),
    ...payer(paper, content),
    ...amount(paper, content),
    ...bills(paper, content),
    ...tenders(paper, content),
    ...closing(paper, content),
    ...demonstrationBand(paper, content),
    ...copyBand(paper, copyNumber),
  ]);
}

function copyBand(paper: Paper, copyNumber: number): Block[] {
  if (copyNumber === 0) return [];
  return [
    band(paper, `نسخة طبق الأصل – رقم ${isolate(String(copyNumber))}`, { size: 38, weight: 700 }),
    gap(paper, 12),
  ];
}

function demonstrationBand(paper: Paper, content: ReceiptContent): Block[] {
  if (!content.isDemonstration) return [];
  return [band(paper, 'تجريبي – لا قيمة له', { size: 32, weight: 700 }), gap(paper, 12)];
}

function heading(paper: Paper, content: ReceiptContent, crest: Image | null): Block[] {
  return [
    ...(crest === null ? [] : [crestBlock(paper, crest), gap(paper, 4)]),
    paragraph(paper, isolateWithin(content.municipality.ar), { size: 36, weight: 700, align: 'center' }),
    paragraph(paper, isolateWithin(content.centre.ar), { size: 25, align: 'center' }),
    gap(paper, 8),
    rule(paper, 'thick'),
    gap(paper, 2),
    rule(paper),
    gap(paper, 6),
  ];
}

function crestBlock(paper: Paper, crest: Image): Block {
  const side = px(paper, 116);
  return {
    height: side,
    paint: (top) => paper.ctx.drawImage(crest, Math.round((paper.width - side) / 2), top, side, side),
  };
}

function title(paper: Paper, content: ReceiptContent): Block[] {
  const date = formatDateLevantine(content.atMs, { offsetMinutes: content.offsetMinutes });
  const time = formatTime(content.atMs, { offsetMinutes: content.offsetMinutes });
  return [
    paragraph(paper, 'سند قبض', { size: 46, weight: 700, align: 'center' }),
    paragraph(paper, `رقم ${isolate(content.number)}`, { size: 30, weight: 700, align: 'center' }),
    gap(paper, 6),
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
    paragraph(paper, 'استلمنا من السيد/ة', small),
    paragraph(paper, isolateWithin(person.name), { size: 32, weight: 700 }),
    gap(paper, 2),
    ...(person.identityNumber === null
      ? []
      : [labelled(paper, 'رقم الهوية', isolate(person.identityNumber), body)]),
    account.category === ''
      ? labelled(paper, 'رقم الاشتراك', isolate(account.number), body)
      : labelledPair(
          paper,
          ['رقم الاشتراك', isolate(account.number)],
          ['الفئة', isolateWithin(account.category)],
          body,
        ),
    ...(account.address === '' ? [] : [labelled(paper, 'العنوان', isolateWithin(account.address), body)]),
    gap(paper, 10),
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

function bills(paper: Paper, content: ReceiptContent): Block[] {
  const charges = content.lines.filter((line) => line.kind === 'charge');
  const fines = content.lines.filter((line) => line.kind === 'fine');
  const table = tableOf(paper, content);
  const groups: Block[] = [];
  if (charges.length > 0) groups.push(...charges.map(table.row));
  if (fines.length > 0) groups.push(tag(paper, 'غرامات'), ...fines.map(table.row));
  const subtotals =
    charges.length > 0 && fines.length > 0
      ? [
          amountLine(paper, 'مجموع الفواتير', sumOf(charges, content.currency), '', small),
          amountLine(paper, 'مجموع الغرامات', sumOf(fines, content.currency), '', small),
        ]
      : [];
  return [
    paragraph(paper, `وذلك عن (المبالغ ب${currencyNames[content.currency]}):`, body),
    gap(paper, 2),
    table.header,
    ...groups,
    gap(paper, 2),
    rule(paper),
    gap(paper, 4),
    ...subtotals,
    amountLine(paper, 'المجموع', figures(content.totalMinor, content.currency), marks[content.currency], {
      size: 29,
      weight: 700,
    }),
    gap(paper, 4),
    rule(paper),
    gap(paper, 6),
  ];
}

function sumOf(lines: readonly ReceiptLine[], currency: Currency): string {
  return figures(
    lines.reduce((sum, line) => sum + line.paidMinor, 0),
    currency,
  );
}

/** A small black label at the right edge: fines are never taken for bills, not even by whoever cannot read well. */
function tag(paper: Paper, text: string): Block {
  const style: Style = { size: 22, weight: 700 };
  const width = Math.ceil(measurer(paper, style)(text)) + px(paper, 24);
  const height = lineHeight(paper, style);
  return {
    height: height + px(paper, 8),
    paint: (top) => {
      const y = top + px(paper, 5);
      paper.ctx.fillStyle = 'black';
      paper.ctx.fillRect(paper.right - width, y, width, height);
      write(paper, text, paper.right - px(paper, 12), y, { ...style, color: 'white' });
    },
  };
}

/** Service and bill at the right; paid and left over in columns of their own, or below where there is no room. */
function tableOf(paper: Paper, content: ReceiptContent) {
  const head: Style = { size: 21, weight: 700 };
  const strong: Style = { size: 25, weight: 700 };
  const measureStrong = measurer(paper, strong);
  const amounts = content.lines.flatMap((line) => [line.paidMinor, line.leftMinor]);
  const widestFigures = Math.max(
    0,
    ...amounts.map((minor) => measureStrong(figures(minor, content.currency))),
  );
  const column = Math.ceil(Math.max(widestFigures, measurer(paper, head)('المتبقي منها'))) + px(paper, 20);
  const description = innerWidth(paper) - 2 * column;
  const isStacked = description < innerWidth(paper) * 0.4;
  const right = paper.right;
  const leftColumn = paper.left;
  const paidColumn = paper.left + column;

  const headHeight = lineHeight(paper, head) + px(paper, 4);
  const header: Block = {
    height: headHeight,
    paint: (top) => {
      paper.ctx.fillStyle = 'black';
      paper.ctx.fillRect(paper.left, top, innerWidth(paper), headHeight);
      const y = top + px(paper, 2);
      write(paper, 'الخدمة والفاتورة', right - px(paper, 8), y, { ...head, color: 'white' });
      if (isStacked) return;
      write(paper, 'المدفوع', paidColumn, y, { ...head, color: 'white', align: 'left' });
      write(paper, 'المتبقي منها', leftColumn + px(paper, 6), y, { ...head, color: 'white', align: 'left' });
    },
  };

  function row(line: ReceiptLine): Block {
    const paid = figures(line.paidMinor, content.currency);
    const left = figures(line.leftMinor, content.currency);
    const service = wrapWords(
      isolateWithin(line.service.ar),
      isStacked ? innerWidth(paper) : description - px(paper, 8),
      measurer(paper, strong),
    );
    const detail = wrapWords(
      `${isolateWithin(formatPeriod(line.period, 'ar'))} – فاتورة ${isolate(line.billNumber)}`,
      innerWidth(paper),
      measurer(paper, small),
    );
    const step = lineHeight(paper, strong);
    const smallStep = lineHeight(paper, small);
    const detailTop = service.length * step - px(paper, 3);
    const amountsTop = detailTop + detail.length * smallStep;
    const height = amountsTop + (isStacked ? step : 0) + px(paper, 7);
    return {
      height,
      paint: (top) => {
        service.forEach((text, index) => write(paper, text, right, top + index * step, strong));
        detail.forEach((text, index) =>
          write(paper, text, right, top + detailTop + index * smallStep, small),
        );
        if (isStacked) {
          const y = top + amountsTop;
          const label = measurer(paper, small)('المدفوع ');
          write(paper, 'المدفوع', right, y + px(paper, 3), small);
          write(paper, paid, right - label, y, { ...strong, direction: 'ltr' });
          const leftWidth = measurer(paper, small)(left);
          write(paper, left, paper.left, y + px(paper, 3), { ...small, align: 'left', direction: 'ltr' });
          write(paper, 'المتبقي منها', paper.left + leftWidth + px(paper, 8), y + px(paper, 3), {
            ...small,
            align: 'left',
          });
        } else {
          write(paper, paid, paidColumn, top, { ...strong, align: 'left', direction: 'ltr' });
          write(paper, left, leftColumn, top, { size: 25, align: 'left', direction: 'ltr' });
        }
        dottedRow(paper, top + height - 2);
      },
    };
  }
  return { header, row };
}

function dottedRow(paper: Paper, top: number): void {
  rule(paper, 'dotted').paint(top);
}

function tenders(paper: Paper, content: ReceiptContent): Block[] {
  return [
    ...content.tenders.map((tender) =>
      amountLine(
        paper,
        `المقبوض نقدًا ب${currencyNames[tender.currency]}`,
        figures(tender.receivedMinor, tender.currency),
        marks[tender.currency],
        body,
      ),
    ),
    amountLine(
      paper,
      'الباقي المعاد للمواطن',
      figures(content.changeMinor, content.currency),
      marks[content.currency],
      body,
    ),
    gap(paper, 8),
    framed(
      paper,
      [
        insetAmount(
          paper,
          'الرصيد المتبقي على الاشتراك',
          figures(content.remainingMinor, content.currency),
          marks[content.currency],
        ),
      ],
      2,
    ),
    gap(paper, 12),
  ];
}

/** Paper with wider margins: clear of the frame around it. */
function insetOf(paper: Paper): Paper {
  return narrowed(paper, { left: px(paper, 14), right: px(paper, 14) });
}

/** As `amountLine`, clear of the frame around it. */
function insetAmount(paper: Paper, label: string, text: string, mark: string): Block {
  return amountLine(insetOf(paper), label, text, mark, { size: 26, weight: 700 });
}

function closing(paper: Paper, content: ReceiptContent): Block[] {
  const people = (on: Paper): Block[] => [
    ...stackedLabel(on, 'أمين الصندوق', isolateWithin(content.cashier.ar)),
    gap(on, 6),
    ...stackedLabel(on, 'الصندوق', isolate(content.till)),
  ];
  return [
    ...(content.qr === '' ? people(paper) : qrAndPeople(paper, content.qr, people)),
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

function qrBlock(text: string, paper: Paper) {
  const code = qrCode(text);
  const dots = dotsPerModule(code.modules, paper.width);
  const side = (code.modules + 2 * quietModules) * dots;
  const at = (left: number): Block => ({
    height: side,
    paint: (top) => {
      paper.ctx.fillStyle = 'black';
      const first = left + quietModules * dots;
      for (let y = 0; y < code.modules; y++) {
        for (let x = 0; x < code.modules; x++) {
          if (!code.isDark(x, y)) continue;
          paper.ctx.fillRect(first + x * dots, top + (y + quietModules) * dots, dots, dots);
        }
      }
    },
  });
  return { side, at };
}

function figures(minor: number, currency: Currency): string {
  return formatMoney(money(minor, currency));
}
