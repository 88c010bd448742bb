import { addDays, formatDate } from '../dates.ts';
import type { Language } from '../dates.ts';
import type { Currency } from '../money.ts';
import { currencies, formatMoney, money } from '../money.ts';
import { definitions } from './definitions.ts';
import type { ReportFilter, ReportQuery, ReportRow, ReportTable, Words } from './report.ts';
import { columnIndex, totalOf } from './table.ts';

const signs: Readonly<Record<Currency, Words>> = {
  ILS: { ar: '₪', en: '₪' },
  JOD: { ar: 'دينار', en: 'JOD' },
  USD: { ar: 'دولار', en: 'USD' },
};

/** An amount with its currency, for a sentence. */
export function spoken(minor: number, language: Language, currency: Currency = 'ILS'): string {
  return `${formatMoney(money(minor, currency))} ${signs[currency][language]}`;
}

/** «من 1 تشرين الثاني 2026 إلى 30 تشرين الثاني 2026», or the one day. */
export function periodText({ from, to }: Pick<ReportFilter, 'from' | 'to'>, language: Language): string {
  if (from === to) return formatDate(from, language);
  return language === 'ar'
    ? `من ${formatDate(from, 'ar')} إلى ${formatDate(to, 'ar')}`
    : `${formatDate(from, 'en')} to ${formatDate(to, 'en')}`;
}

/** What a report says in one sentence: the first thing that a tired person reads. */
export function reportSentence(table: ReportTable, language: Language): string {
  const say = (words: Words): string => words[language];
  if (table.rows.length === 0) return say(emptySentence[table.query.report]);
  const ils = (key: string): string => spoken(totalOf(table, key), language);
  const best = (key: string): string => nameOf(bestRow(table, key), language);
  switch (table.query.report) {
    case 'daily': {
      const receipts = totalOf(table, 'receipts');
      const several = table.rows.length > 1;
      return say({
        ar: `صافي التحصيل ${ils('net')}، وعدد السندات ${receipts}${several ? `؛ أعلى الأيام ${best('net')}` : ''}.`,
        en: `${ils('net')} net from ${receipts} ${receipts === 1 ? 'receipt' : 'receipts'}${
          several ? `; the best day was ${best('net')}` : ''
        }.`,
      });
    }
    case 'cashiers':
      return say({
        ar: `صافي التحصيل ${ils('net')}؛ أكثره عند ${best('net')}.`,
        en: `${ils('net')} net; most of it by ${best('net')}.`,
      });
    case 'services':
      return say({
        ar: `صافي التحصيل ${ils('net')}؛ أكثره عن ${best('net')}.`,
        en: `${ils('net')} net; most of it for ${best('net')}.`,
      });
    case 'tenders':
      return say({
        ar: `صافي التحصيل ${ils('net')}؛ أكثره: ${best('net')}.`,
        en: `${ils('net')} net; most of it: ${best('net')}.`,
      });
    case 'hours':
      return say({
        ar: `صافي التحصيل ${ils('net')}؛ أكثر الساعات تحصيلًا ${best('net')}.`,
        en: `${ils('net')} net; the strongest hour is ${best('net')}.`,
      });
    case 'arrears':
      return say({
        ar: `حُصّل من المتأخرات ${ils('arrears')} مقابل ${ils('current')} من الجاري${share(table, 'ar')}.`,
        en: `${ils('arrears')} of arrears was collected against ${ils('current')} of current bills${share(table, 'en')}.`,
      });
    case 'facilitations':
      return say({
        ar: `مجموع الإعفاءات ${ils('waived')}، وعدد القيود ${table.rows.length}.`,
        en: `${ils('waived')} was waived in ${table.rows.length} ${table.rows.length === 1 ? 'entry' : 'entries'}.`,
      });
    case 'undone':
      return say({
        ar: `الإلغاءات ${totalOf(table, 'voids')} بقيمة ${ils('voided')}، والعكوسات ${totalOf(table, 'reversals')} بقيمة ${ils('reversed')}.`,
        en: `${totalOf(table, 'voids')} voids worth ${ils('voided')} and ${totalOf(table, 'reversals')} reversals worth ${ils('reversed')}.`,
      });
    case 'accounting':
      return say({
        ar: `مجموع المدين ${ils('debit')} يساوي مجموع الدائن ${ils('credit')}، في ${table.rows.length} سطرًا.`,
        en: `${ils('debit')} debited equals ${ils('credit')} credited, in ${table.rows.length} lines.`,
      });
    case 'differences': {
      const sums = currencies
        .filter((currency) => totalOf(table, currency) !== 0)
        .map((currency) => signedText(totalOf(table, currency), language, currency));
      const shifts = table.rows.length;
      if (sums.length === 0)
        return say({
          ar: `عدد الورديات التي اختلف جردها ${shifts}، والفروق يعوّض بعضها بعضًا.`,
          en: `The differences of ${shifts} shifts cancel out.`,
        });
      return say({
        ar: `عدد الورديات التي اختلف جردها ${shifts}؛ المحصّلة ${sums.join('، ')}.`,
        en: `${shifts} ${shifts === 1 ? 'shift' : 'shifts'} differed; taken together ${sums.join(', ')}.`,
      });
    }
  }
}

function signedText(minor: number, language: Language, currency: Currency): string {
  const amount = spoken(Math.abs(minor), language, currency);
  if (language === 'ar') return minor < 0 ? `عجز ${amount}` : `زيادة ${amount}`;
  return minor < 0 ? `${amount} short` : `${amount} over`;
}

/** How much of what was collected of bills is arrears; nothing where nothing was collected. */
function share(table: ReportTable, language: Language): string {
  const arrears = totalOf(table, 'arrears');
  const both = arrears + totalOf(table, 'current');
  if (arrears < 0 || both <= 0 || arrears > both) return '';
  const percent = Math.round((arrears * 100) / both);
  return language === 'ar' ? `؛ نسبة المتأخرات ${percent}٪` : `; ${percent}% is arrears`;
}

function bestRow(table: ReportTable, key: string): ReportRow | undefined {
  const index = columnIndex(table, key);
  const value = (row: ReportRow): number => Number(row.cells[index] ?? 0);
  return table.rows.toSorted((a, b) => value(b) - value(a))[0];
}

function nameOf(row: ReportRow | undefined, language: Language): string {
  return cellText(row?.cells[0] ?? null, language);
}

/** A word, a date in the person's language, or a figure as it is. */
export function cellText(cell: ReportRow['cells'][number], language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return cell[language] === '' ? cell.ar : cell[language];
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell)
    ? formatDate(cell, language)
    : String(cell);
}

const nothingTaken: Words = {
  ar: 'لا سندات ولا قيود في هذه المدة.',
  en: 'There are no receipts and no entries in this period.',
};
const emptySentence: Readonly<Record<ReportTable['query']['report'], Words>> = {
  daily: nothingTaken,
  cashiers: nothingTaken,
  services: nothingTaken,
  tenders: nothingTaken,
  hours: nothingTaken,
  arrears: nothingTaken,
  facilitations: { ar: 'لم يُمنح إعفاء في هذه المدة.', en: 'Nothing was waived in this period.' },
  undone: {
    ar: 'لم يُلغَ سند ولم يُعكس في هذه المدة.',
    en: 'No receipt was voided or reversed in this period.',
  },
  differences: {
    ar: 'جرد كل الورديات المغلقة في هذه المدة مطابق.',
    en: 'Every closed shift of this period counted right.',
  },
  accounting: nothingTaken,
};

/** The name of the file that a report is saved as. */
export function fileNameOf(query: ReportQuery, language: Language, extension: string): string {
  const { from, to } = query;
  const period = from === to ? from : `${from} ${to}`;
  return `${definitions[query.report].title[language]} ${period}.${extension}`;
}

/** 'today', … as the dates they are, for who chooses a period. Weeks begin on Saturday. */
export function periodOfChoice(choice: PeriodChoice, today: string): { from: string; to: string } {
  const month = `${today.slice(0, 7)}-01`;
  switch (choice) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 1) % 7)), to: today };
    case 'month':
      return { from: month, to: today };
    case 'lastMonth': {
      const last = addDays(month, -1);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
  }
}

export const periodChoices = ['today', 'yesterday', 'week', 'month', 'lastMonth'] as const;
export type PeriodChoice = (typeof periodChoices)[number];
