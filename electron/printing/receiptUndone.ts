import { formatDateLevantine, formatTime } from '../../shared/domain/dates.ts';
import type { ReceiptContent, Undone, UndoReason } from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import type { Block, Paper, Style } from './blocks.ts';
import { amountLine, band, framed, gap, labelled, narrowed, paragraph, px, rule } from './blocks.ts';
import { currencyNames, figures, marks } from './receiptFigures.ts';

const body: Style = { size: 25 };

const titles: Readonly<Record<Undone['kind'], string>> = {
  void: 'إلغاء سند قبض',
  reversal: 'قيد عكسي لسند قبض',
};

const reasons: Readonly<Record<UndoReason, string>> = {
  wrongAccount: 'اشتراك غير صحيح',
  wrongAmount: 'مبلغ غير صحيح',
  wrongTender: 'وسيلة دفع غير صحيحة',
  payerAsked: 'بطلب من الدافع',
  takenTwice: 'قُبض مرتين',
  other: 'سبب آخر',
};

/** At both ends of the slip, so that a torn half is never shown as a receipt. */
export function undoneBand(paper: Paper, { undone }: ReceiptContent): Block[] {
  if (undone === null) return [];
  return [band(paper, titles[undone.kind], { size: 42, weight: 700 }), gap(paper, 12)];
}

/** When the receipt was taken back, why, by whom, and what money moved: above what the receipt itself had said. */
export function undoneDetails(paper: Paper, undone: Undone): Block[] {
  const when = { offsetMinutes: undone.offsetMinutes };
  const moment = `${formatDateLevantine(undone.atMs, when)}، ${formatTime(undone.atMs, when)}`;
  const inset = narrowed(paper, { left: px(paper, 14), right: px(paper, 14) });
  const returned = undone.returned.map(({ currency, minor }) =>
    amountLine(
      inset,
      `${minor < 0 ? 'استُرد من الدافع' : 'أُعيد إلى الدافع'} نقدًا ب${currencyNames[currency]}`,
      figures(Math.abs(minor), currency),
      marks[currency],
      { size: 26, weight: 700 },
    ),
  );
  return [
    labelled(paper, 'بتاريخ', isolateWithin(moment), body),
    labelled(paper, 'السبب', reasons[undone.reason], body),
    ...(undone.explanation === ''
      ? []
      : [labelled(paper, 'التوضيح', isolateWithin(undone.explanation), body)]),
    labelled(paper, 'نفّذه', isolateWithin(undone.by.ar), body),
    labelled(paper, 'اعتمده', isolateWithin(undone.approvedBy.ar), body),
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
