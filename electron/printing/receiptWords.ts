import { formatDateLevantine, formatPeriod, formatTime } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type {
  ReceiptContent,
  ReceiptFee,
  ReceiptLine,
  ReceiptTender,
  Undone,
  UndoReason,
} from '../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from './bidi.ts';
import { currencyNames, figures, marks, multiplication } from './receiptFigures.ts';

/*
 * What a receipt says, ready to be written among Arabic: the same words on thermal paper and on the A4 page, which
 * differ in how they set them.
 */

export type AccountLine = Exclude<ReceiptLine, ReceiptFee>;

/** One line of the receipt; `leftMinor` is null where nothing can be left to pay, as of a fee. */
export type LineWords = {
  readonly title: string;
  readonly details: readonly string[];
  readonly paidMinor: number;
  readonly leftMinor: number | null;
};

export function lineWords(line: ReceiptLine): LineWords {
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
export function byAccount(lines: readonly ReceiptLine[]): readonly (readonly AccountLine[])[] {
  const accounts = new Map<string, AccountLine[]>();
  for (const line of lines) {
    if (line.kind === 'fee') continue;
    const known = accounts.get(line.account.number);
    if (known === undefined) accounts.set(line.account.number, [line]);
    else known.push(line);
  }
  return [...accounts.values()];
}

export function ofKind<L extends ReceiptLine>(lines: readonly L[], kind: ReceiptLine['kind']): readonly L[] {
  return lines.filter((line) => line.kind === kind);
}

/** What some lines come to, in figures. */
export function sumOf(lines: readonly ReceiptLine[], { currency }: ReceiptContent): string {
  return figures(
    lines.reduce((sum, line) => sum + line.paidMinor, 0),
    currency,
  );
}

const subtotalLabels = {
  charge: 'مجموع الفواتير',
  fine: 'مجموع الغرامات',
  advance: 'دفعات على الحساب',
  fee: 'مجموع الخدمات والرسوم',
} as const satisfies Record<ReceiptLine['kind'], string>;

/** What each kind comes to, where there is more than one kind. */
export function subtotals(content: ReceiptContent): readonly { label: string; figures: string }[] {
  const kinds = (['charge', 'fine', 'advance', 'fee'] as const).filter((kind) =>
    content.lines.some((line) => line.kind === kind),
  );
  if (kinds.length < 2) return [];
  return kinds.map((kind) => ({
    label: subtotalLabels[kind],
    figures: sumOf(ofKind(content.lines, kind), content),
  }));
}

/** How a form of payment is named, what must not be overlooked about it, and what proves it. */
export type TenderWords = {
  readonly title: string;
  readonly tag: string;
  readonly details: readonly string[];
};

export function tenderWords(tender: ReceiptTender, content: ReceiptContent): TenderWords {
  const words = wordsFor(tender, content);
  return { ...words, details: words.details.filter((text) => text !== '') };
}

function wordsFor(tender: ReceiptTender, content: ReceiptContent): TenderWords {
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

export type ChangeLine = {
  readonly label: string;
  /** «5.000 دينار × 5.2345 =», where it was given in another currency than the receipt's. */
  readonly multiplication: string | null;
  readonly minor: number;
  readonly currency: Currency;
};

/** What went back, what could not and became credit, and what rounding took or gave. */
export function changeLines(content: ReceiptContent): readonly ChangeLine[] {
  const { change, changeCredit, roundingMinor, currency, tenders } = content;
  const lines: ChangeLine[] = change.map((given) => {
    const label =
      change.length === 1 && given.currency === currency
        ? 'الباقي المعاد للمواطن'
        : `الباقي المعاد ب${currencyNames[given.currency]}`;
    if (given.rate === null) {
      return { label, multiplication: null, minor: given.minor, currency: given.currency };
    }
    return {
      label,
      multiplication: multiplication(given.minor, given.currency, given.rate),
      minor: given.valueMinor,
      currency,
    };
  });
  const plain = (label: string, minor: number) =>
    lines.push({ label, multiplication: null, minor, currency });
  // «0.00» is said too: nobody can claim later that change was due.
  if (change.length === 0 && tenders.some(({ kind }) => kind === 'cash')) plain('الباقي المعاد للمواطن', 0);
  if (changeCredit !== null) {
    const account = isolate(changeCredit.accountNumber);
    plain(`باقٍ لم يُعَد، قُيِّد في رصيد الاشتراك رقم\u00a0${account}`, changeCredit.minor);
  }
  if (roundingMinor !== 0) {
    // In words, not by a sign: whoever reads «-0.03» must guess whose it is.
    const whose = roundingMinor < 0 ? 'لصالح المواطن' : 'لصالح الصندوق';
    plain(`فرق التقريب (${whose})`, Math.abs(roundingMinor));
  }
  return lines;
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

/** «استلمنا», but what was waived was not received from anybody. */
export function receivedFrom({ tenders }: ReceiptContent): string {
  return tenders.some(({ kind }) => kind === 'waiver') ? 'سُدِّد عن السيد/ة' : 'استلمنا من السيد/ة';
}

export const undoneTitles: Readonly<Record<Undone['kind'], string>> = {
  void: 'إلغاء سند قبض',
  reversal: 'قيد عكسي لسند قبض',
};

const undoReasons: Readonly<Record<UndoReason, string>> = {
  wrongAccount: 'اشتراك غير صحيح',
  wrongAmount: 'مبلغ غير صحيح',
  wrongTender: 'وسيلة دفع غير صحيحة',
  payerAsked: 'بطلب من الدافع',
  takenTwice: 'قُبض مرتين',
  other: 'سبب آخر',
};

/** When the receipt was taken back, why, and by whom. */
export function undoneFacts(undone: Undone): readonly (readonly [label: string, value: string])[] {
  const when = { offsetMinutes: undone.offsetMinutes };
  const moment = `${formatDateLevantine(undone.atMs, when)}، ${formatTime(undone.atMs, when)}`;
  return [
    ['بتاريخ', isolateWithin(moment)],
    ['السبب', undoReasons[undone.reason]],
    ...(undone.explanation === '' ? [] : [['التوضيح', isolateWithin(undone.explanation)] as const]),
    ['نفّذه', isolateWithin(undone.by.ar)],
    ['اعتمده', isolateWithin(undone.approvedBy.ar)],
  ];
}

/** What cash went back over the counter, in each currency. */
export function returnedLines(undone: Undone): readonly ChangeLine[] {
  return undone.returned.map(({ currency, minor }) => ({
    label: `${minor < 0 ? 'استُرد من الدافع' : 'أُعيد إلى الدافع'} نقدًا ب${currencyNames[currency]}`,
    multiplication: null,
    minor: Math.abs(minor),
    currency,
  }));
}

/** The leaf of a paper book that was entered: the payer has it already. */
export function bookFacts(book: NonNullable<ReceiptContent['book']>) {
  return [
    ['كُتب السند بتاريخ', isolateWithin(formatDateLevantine(book.writtenOn))],
    ['كتبه', isolateWithin(book.writtenBy.ar)],
  ] as const;
}

export const bookNotice = 'قيد سند ورقي – ليس سندًا ثانيًا';
export const demonstrationNotice = 'تجريبي – لا قيمة له';
