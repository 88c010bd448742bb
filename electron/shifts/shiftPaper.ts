import type { CashAmount } from '../../shared/domain/counting.ts';
import { formatDateLevantine, formatTime } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { formatMoney } from '../../shared/domain/money.ts';
import type { PaperDocument, PaperElement } from '../../shared/domain/paper.ts';
import { currencyNames, moveNames, tenderNames, zNumberText } from '../../shared/domain/paperWords.ts';
import type { ShiftActs, ShiftFigures } from '../../shared/domain/shiftFigures.ts';

/** What the report of a shift says on paper, in Arabic as all papers are; with the figures it is frozen at the close. */
export function shiftPaper(
  figures: ShiftFigures,
  letterhead: Pick<PaperDocument, 'municipality' | 'centre'>,
  isDemonstration: boolean,
): PaperDocument {
  const { acts, zNumber } = figures;
  return {
    version: 1,
    kind: zNumber === null ? 'report' : 'shiftReport',
    ...letterhead,
    title: zNumber === null ? 'تقرير وردية لم تُغلق' : 'تقرير إغلاق وردية',
    number: zNumber === null ? null : zNumberText(acts.till, zNumber),
    isDemonstration,
    elements: [
      ...whoAndWhen(figures),
      ...receipts(figures),
      ...count(figures),
      ...moves(figures),
      ...acted(figures),
      ...pending(figures),
      ...totals(figures),
      ...(zNumber === null
        ? []
        : [
            {
              kind: 'signatures' as const,
              people: [{ label: 'أمين الصندوق', name: acts.cashier.ar }, secondSigner(figures.count)],
            },
          ]),
    ],
  };
}

/** A running shift on its own cashier's paper: what was done, and no sum. */
export function actsPaper(
  acts: ShiftActs,
  letterhead: Pick<PaperDocument, 'municipality' | 'centre'>,
  isDemonstration: boolean,
): PaperDocument {
  return {
    version: 1,
    kind: 'report',
    ...letterhead,
    title: 'تقرير وردية لم تُغلق، بلا مجاميع',
    number: null,
    isDemonstration,
    elements: [...whoAndWhen({ acts, count: null }), ...receiptNumbers(acts), ...acted({ acts })],
  };
}

/** Who took the drawer over, or saw it counted; a supervisor signs when they have reviewed it. */
function secondSigner(count: ShiftFigures['count']): { readonly label: string; readonly name: string } {
  if (count?.kind === 'handover') return { label: 'المستلم', name: count.countedBy.ar };
  return count?.kind === 'witnessed'
    ? { label: 'الشاهد', name: count.witness?.ar ?? '' }
    : { label: 'المشرف', name: '' };
}

function fact(label: string, value: string | number, isIdentifier = true): PaperElement {
  return { kind: 'fact', label, value: String(value), isIdentifier };
}

function amount(label: string, minor: number, currency: Currency = 'ILS', isStrong = false): PaperElement {
  return { kind: 'amount', label, minor, currency, isStrong };
}

function figure({ currency, minor }: CashAmount): string {
  return formatMoney({ currency, minor });
}

function whoAndWhen({ acts, count: counted }: Pick<ShiftFigures, 'acts' | 'count'>): PaperElement[] {
  const byAnother = counted !== null && counted.kind === 'witnessed';
  return [
    fact('أمين الصندوق', acts.cashier.ar, false),
    fact('الصندوق', acts.till),
    fact('يوم العمل', formatDateLevantine(acts.businessDate), false),
    fact('فُتحت', `${formatDateLevantine(acts.openedAtMs)} ${formatTime(acts.openedAtMs)}`, false),
    fact('هذا التقرير', `${formatDateLevantine(acts.atMs)} ${formatTime(acts.atMs)}`, false),
    ...(byAnother ? [fact('أغلقها', counted.countedBy.ar, false), fact('السبب', counted.reason, false)] : []),
    { kind: 'rule' },
  ];
}

function receiptNumbers(acts: ShiftActs): PaperElement[] {
  return [
    { kind: 'heading', text: 'السندات' },
    fact('عددها', acts.receipts),
    ...(acts.firstReceipt === null ? [] : [fact('أولها', acts.firstReceipt)]),
    ...(acts.lastReceipt === null ? [] : [fact('آخرها', acts.lastReceipt)]),
    ...(acts.fromBooks === 0 ? [] : [fact('منها من دفاتر ورقية', acts.fromBooks)]),
  ];
}

function receipts(figures: ShiftFigures): PaperElement[] {
  const { acts } = figures;
  return [
    ...receiptNumbers(acts),
    amount('مجموعها', figures.receiptsMinor, 'ILS', true),
    ...(acts.voids === 0 ? [] : [amount(`ملغاة (${acts.voids})`, -figures.voidsMinor)]),
    ...(acts.reversals === 0 ? [] : [amount(`قيود عكسية (${acts.reversals})`, -figures.reversalsMinor)]),
    ...(figures.roundingMinor === 0 ? [] : [amount('التقريب', figures.roundingMinor)]),
    ...(figures.changeCreditMinor === 0 ? [] : [amount('فكة قُيِّدت في الأرصدة', figures.changeCreditMinor)]),
    {
      kind: 'table',
      columns: [
        { title: 'وسيلة الدفع', isFigure: false, weight: 4 },
        { title: 'العدد', isFigure: true, weight: 2 },
        { title: 'المستلم', isFigure: true, weight: 3 },
        { title: 'بالشيكل', isFigure: true, weight: 3 },
      ],
      rows: figures.tenders.map((tender) => [
        tender.currency === 'ILS'
          ? tenderNames[tender.kind]
          : `${tenderNames[tender.kind]} ${currencyNames[tender.currency]}`,
        String(tender.count),
        figure({ currency: tender.currency, minor: tender.receivedMinor }),
        figure({ currency: 'ILS', minor: tender.valueMinor }),
      ]),
      total: null,
    },
    {
      kind: 'table',
      columns: [
        { title: 'الخدمة', isFigure: false, weight: 6 },
        { title: 'العدد', isFigure: true, weight: 2 },
        { title: 'المبلغ', isFigure: true, weight: 3 },
      ],
      rows: figures.services.map((service) => [
        service.ar,
        String(service.count),
        figure({ currency: 'ILS', minor: service.minor }),
      ]),
      total: null,
    },
  ];
}

function count({ count: counted }: ShiftFigures): PaperElement[] {
  if (counted === null) return [];
  return [
    { kind: 'heading', text: 'الجرد' },
    {
      kind: 'table',
      columns: [
        { title: 'العملة', isFigure: false, weight: 2 },
        { title: 'المعدود', isFigure: true, weight: 3 },
        { title: 'المتوقع', isFigure: true, weight: 3 },
        { title: 'الفرق', isFigure: true, weight: 3 },
      ],
      rows: counted.results.map(({ currency, countedMinor, expectedMinor, differenceMinor }) => [
        currencyNames[currency],
        figure({ currency, minor: countedMinor }),
        figure({ currency, minor: expectedMinor }),
        figure({ currency, minor: differenceMinor }),
      ]),
      total: null,
    },
    ...counted.results
      .filter(({ wornMinor }) => wornMinor > 0)
      .map(({ currency, wornMinor }) => amount(`منه مهترئ، ${currencyNames[currency]}`, wornMinor, currency)),
    fact('شيكات وإيصالات', `${counted.papers - counted.missing.length} / ${counted.papers}`),
    ...counted.missing.map((number): PaperElement => ({ kind: 'note', text: `ورقة غير موجودة: ${number}` })),
    ...counted.explanations.map(({ currency, text }): PaperElement => ({
      kind: 'note',
      text: `${currency === null ? 'أوراق' : currencyNames[currency]}: ${text}`,
    })),
  ];
}

function moves(figures: ShiftFigures): PaperElement[] {
  if (figures.moves.length === 0) return [];
  return [
    { kind: 'heading', text: 'حركة النقد' },
    {
      kind: 'table',
      columns: [
        { title: 'الحركة', isFigure: false, weight: 4 },
        { title: 'داخل', isFigure: true, weight: 3 },
        { title: 'خارج', isFigure: true, weight: 3 },
      ],
      rows: figures.moves.map((move) => {
        const text = figure(move);
        const label = `${moveNames[move.kind]}، ${currencyNames[move.currency]}`;
        return move.direction === 'in' ? [label, text, ''] : [label, '', text];
      }),
      total: null,
    },
  ];
}

function acted({ acts }: Pick<ShiftFigures, 'acts'>): PaperElement[] {
  const done: [string, number][] = [
    ['نسخ طُبعت', acts.copies],
    ['قبض تُرك قبل تمامه', acts.abandoned],
    ['فتح الدُّرج بلا قبض', acts.drawerOpenings],
    ['موافقات مرفوضة', acts.refusedApprovals],
    ['تعليق الوردية', acts.suspensions],
    ['مرات العدّ', acts.counts],
  ];
  return [{ kind: 'heading', text: 'أفعال' }, ...done.map(([label, number]) => fact(label, number))];
}

function pending({ pending: open }: ShiftFigures): PaperElement[] {
  if (open.transfers.length + open.unknownPapers.length + open.unsent === 0) return [];
  return [
    { kind: 'heading', text: 'لم يُحسم بعد' },
    ...open.transfers.map(({ receiptNumber, provider, minor }) =>
      amount(`حوالة لم تُطابق، ${provider}، ${receiptNumber}`, minor),
    ),
    ...open.unknownPapers.map((number): PaperElement => ({
      kind: 'note',
      text: `لا يُعرف هل خرجت ورقته: ${number}`,
    })),
    ...(open.unsent === 0 ? [] : [fact('لم يُرسل إلى الخادم', open.unsent)]),
  ];
}

function totals({ perpetual, journal }: ShiftFigures): PaperElement[] {
  return [
    { kind: 'rule' },
    ...(perpetual === null
      ? []
      : [
          fact('سندات هذا الصندوق منذ البداية', perpetual.receipts),
          amount('مجموعها منذ البداية', perpetual.minor, 'ILS', true),
          amount('ما أُلغي أو عُكس منها', -perpetual.undoneMinor),
        ]),
    fact('آخر قيد في السجل', journal.sequence),
    fact('بصمته', journal.hash.slice(0, 16)),
  ];
}
