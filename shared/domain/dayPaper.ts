import type { CashAmount } from './counting.ts';
import { formatDateLevantine, formatTime } from './dates.ts';
import type { DayFigures, DayShiftFigures } from './day.ts';
import { formatMoney } from './money.ts';
import type { Currency } from './money.ts';
import type { PaperDocument, PaperElement } from './paper.ts';
import { currencyNames, moveNames, tenderNames, zNumberText } from './paperWords.ts';

/** What stands on top of every paper of an installation. */
export type Letterhead = Pick<PaperDocument, 'municipality' | 'centre' | 'isDemonstration'>;

/** What a day's report says on paper, in Arabic as all papers are; with the figures it is frozen at the close. */
export function dayPaper(figures: DayFigures, letterhead: Letterhead): PaperDocument {
  return {
    version: 1,
    kind: 'dayReport',
    ...letterhead,
    title: 'تقرير إغلاق يوم',
    number: figures.businessDate,
    elements: [
      ...whoAndWhen(figures),
      ...receipts(figures),
      ...shifts(figures),
      ...differences(figures),
      ...safe(figures),
      ...acted(figures),
      ...pending(figures),
      { kind: 'rule' },
      fact('آخر قيد في السجل', figures.journal.sequence),
      fact('بصمته', figures.journal.hash.slice(0, 16)),
      {
        kind: 'signatures',
        people: [
          { label: 'المشرف', name: figures.closedBy.ar },
          { label: 'المدير', name: figures.exceptionBy?.ar ?? '' },
        ],
      },
    ],
  };
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

function shekels(minor: number): string {
  return figure({ currency: 'ILS', minor });
}

function whoAndWhen({ businessDate, atMs, closedBy, exceptionBy, shifts: all }: DayFigures): PaperElement[] {
  return [
    fact('يوم العمل', formatDateLevantine(businessDate), false),
    fact('أغلقه', closedBy.ar, false),
    fact('أُغلق', `${formatDateLevantine(atMs)} ${formatTime(atMs)}`, false),
    fact('الورديات', all.length),
    ...(exceptionBy === null
      ? []
      : [
          {
            kind: 'note',
            text: `قبض المشرف نقدًا في هذا اليوم؛ أذن له بالإغلاق: ${exceptionBy.ar}`,
          } as const,
        ]),
    { kind: 'rule' },
  ];
}

function receipts(figures: DayFigures): PaperElement[] {
  const { receipts: all, voids, reversals } = figures;
  return [
    { kind: 'heading', text: 'السندات' },
    fact('عددها', all.count),
    ...(figures.fromBooks === 0 ? [] : [fact('منها من دفاتر ورقية', figures.fromBooks)]),
    amount('مجموعها', all.minor, 'ILS', true),
    ...(voids.count === 0 ? [] : [amount(`ملغاة (${voids.count})`, -voids.minor)]),
    ...(reversals.count === 0 ? [] : [amount(`قيود عكسية (${reversals.count})`, -reversals.minor)]),
    ...(voids.count + reversals.count === 0
      ? []
      : [amount('الصافي', all.minor - voids.minor - reversals.minor, 'ILS', true)]),
    ...(figures.roundingMinor === 0 ? [] : [amount('التقريب', figures.roundingMinor)]),
    ...(figures.changeCreditMinor === 0 ? [] : [amount('فكة قُيِّدت في الأرصدة', figures.changeCreditMinor)]),
    ...(figures.tenders.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: [
              { title: 'وسيلة الدفع', isFigure: false, weight: 4 },
              { title: 'العدد', isFigure: true, weight: 2 },
              { title: 'المستلم', isFigure: true, weight: 3 },
              { title: 'بالشيكل', isFigure: true, weight: 3 },
            ],
            rows: figures.tenders.map(({ kind, currency, count, receivedMinor, valueMinor }) => [
              currency === 'ILS' ? tenderNames[kind] : `${tenderNames[kind]} ${currencyNames[currency]}`,
              String(count),
              figure({ currency, minor: receivedMinor }),
              shekels(valueMinor),
            ]),
            total: [
              'المجموع',
              String(figures.tenders.reduce((sum, { count }) => sum + count, 0)),
              '',
              shekels(figures.tenders.reduce((sum, { valueMinor }) => sum + valueMinor, 0)),
            ],
          } as const,
        ]),
    ...figures.change.map(({ currency, minor }) =>
      amount(`فكة أُعطيت، ${currencyNames[currency]}`, -minor, currency),
    ),
    ...(figures.services.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: [
              { title: 'الخدمة', isFigure: false, weight: 6 },
              { title: 'العدد', isFigure: true, weight: 2 },
              { title: 'المبلغ', isFigure: true, weight: 3 },
            ],
            rows: figures.services.map(({ ar, count, minor }) => [ar, String(count), shekels(minor)]),
            total: null,
          } as const,
        ]),
    {
      kind: 'table',
      columns: [
        { title: 'أمين الصندوق', isFigure: false, weight: 6 },
        { title: 'سنداته', isFigure: true, weight: 2 },
        { title: 'المبلغ', isFigure: true, weight: 3 },
      ],
      rows: figures.cashiers.map(({ cashier, receipts: count, receiptsMinor }) => [
        cashier.ar,
        String(count),
        shekels(receiptsMinor),
      ]),
      total: null,
    },
  ];
}

/** One line for each report: its number, receipts and sum. */
function shifts({ shifts: all }: DayFigures): PaperElement[] {
  return [
    { kind: 'heading', text: 'تقارير الورديات' },
    {
      kind: 'table',
      columns: [
        { title: 'التقرير', isFigure: true, weight: 5 },
        { title: 'السندات', isFigure: true, weight: 2 },
        { title: 'المبلغ', isFigure: true, weight: 3 },
      ],
      rows: all.map(({ till, zNumber, receipts: count, receiptsMinor }) => [
        zNumberText(till, zNumber ?? 0),
        String(count),
        shekels(receiptsMinor),
      ]),
      total: [
        '',
        String(all.reduce((sum, { receipts: count }) => sum + count, 0)),
        shekels(all.reduce((sum, { receiptsMinor }) => sum + receiptsMinor, 0)),
      ],
    },
  ];
}

function differences({ results, shifts: all }: DayFigures): PaperElement[] {
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
      rows: results.map(({ currency, countedMinor, expectedMinor, differenceMinor }) => [
        currencyNames[currency],
        figure({ currency, minor: countedMinor }),
        figure({ currency, minor: expectedMinor }),
        figure({ currency, minor: differenceMinor }),
      ]),
      total: null,
    },
    ...all.flatMap(differencesOfShift),
  ];
}

/** Each difference with the words of who counted and of the supervisor. */
function differencesOfShift(shift: DayShiftFigures): PaperElement[] {
  const differing = shift.results.filter(({ differenceMinor }) => differenceMinor !== 0);
  if (differing.length + shift.missing.length === 0 && !shift.isRecounted) return [];
  return [
    { kind: 'rule' },
    fact(zNumberText(shift.till, shift.zNumber ?? 0), shift.cashier.ar, false),
    ...(shift.isRecounted ? [{ kind: 'note', text: 'أُعيد جردها؛ الجرد السابق محفوظ.' } as const] : []),
    ...differing.map(({ currency, differenceMinor }) =>
      amount(
        `${differenceMinor < 0 ? 'عجز' : 'زيادة'}، ${currencyNames[currency]}`,
        differenceMinor,
        currency,
        true,
      ),
    ),
    ...shift.missing.map((number): PaperElement => ({ kind: 'note', text: `ورقة غير موجودة: ${number}` })),
    ...shift.explanations.map(({ by, text, currency }): PaperElement => ({
      kind: 'note',
      text: `${by.ar} (${currency === null ? 'أوراق' : currencyNames[currency]}): ${text}`,
    })),
  ];
}

function safe({ safe: { before, moves, after } }: DayFigures): PaperElement[] {
  return [
    { kind: 'heading', text: 'الخزنة' },
    ...amountsOrNone('قبل اليوم', before),
    ...moves.map(({ kind, direction, currency, minor }) =>
      amount(`${moveNames[kind]}، ${currencyNames[currency]}`, direction === 'in' ? minor : -minor, currency),
    ),
    ...amountsOrNone('في الخزنة عند الإغلاق', after, true),
  ];
}

function amountsOrNone(label: string, amounts: readonly CashAmount[], isStrong = false): PaperElement[] {
  return amounts.length === 0
    ? [amount(label, 0, 'ILS', isStrong)]
    : amounts.map(({ currency, minor }) =>
        amount(`${label}، ${currencyNames[currency]}`, minor, currency, isStrong),
      );
}

function acted(figures: DayFigures): PaperElement[] {
  return [
    { kind: 'heading', text: 'أفعال' },
    fact('نسخ طُبعت', figures.copies),
    fact('قبض تُرك قبل تمامه', figures.abandoned),
    fact('فتح الدُّرج بلا قبض', figures.drawerOpenings),
    fact('موافقات مرفوضة', figures.refusedApprovals),
  ];
}

function pending({ pending: open }: DayFigures): PaperElement[] {
  const { transfers, unknownPapers, unsent, chequesDue } = open;
  if (transfers.length + unknownPapers.length + unsent + chequesDue.length === 0) return [];
  return [
    { kind: 'heading', text: 'لم يُحسم بعد' },
    ...transfers.map(({ receiptNumber, provider, minor }) =>
      amount(`حوالة لم تُطابق، ${provider}، ${receiptNumber}`, minor),
    ),
    ...unknownPapers.map((title): PaperElement => ({ kind: 'note', text: `لا يُعرف هل خرجت ورقته: ${title}` })),
    ...(unsent === 0 ? [] : [fact('لم يُرسل إلى الخادم', unsent)]),
    ...chequesDue.map(({ currency, minor, count }) => amount(`شيكات لم تودع (${count})`, minor, currency)),
  ];
}
