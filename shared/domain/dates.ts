import type { DigitStyle } from './digits.ts';
import { styleDigits } from './digits.ts';

/** The municipality's time zone: the business day begins and ends at its midnight. */
export const timeZone = 'Asia/Gaza';

export type Language = 'ar' | 'en';

/** A moment as milliseconds since 1970-01-01T00:00Z, or a calendar date `YYYY-MM-DD` that has no zone. */
export type InstantOrDate = number | string;

export type DateFormat = {
  readonly digits?: DigitStyle;
  /**
   * Minutes east of Greenwich to use instead of the time zone data. Palestinian summer time is announced late and
   * changes from year to year; the administrator can set the hour right before an update brings new data.
   */
  readonly offsetMinutes?: number | undefined;
};

const levantineMonths = [
  'كانون الثاني',
  'شباط',
  'آذار',
  'نيسان',
  'أيار',
  'حزيران',
  'تموز',
  'آب',
  'أيلول',
  'تشرين الأول',
  'تشرين الثاني',
  'كانون الأول',
] as const;

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

// Building a formatter costs far more than using it.
const gaza = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * The business date `YYYY-MM-DD` of a moment: the calendar date in Gaza.
 * @throws RangeError when the moment is not a time.
 */
export function businessDate(instantMs: number, offsetOverrideMinutes?: number): string {
  return localParts(instantMs, offsetOverrideMinutes).date;
}

/** Hours and minutes in Gaza, `HH:MM` from 00:00 to 23:59. @throws RangeError when the moment is not a time. */
export function formatTime(instantMs: number, format: DateFormat = {}): string {
  return styleDigits(localParts(instantMs, format.offsetMinutes).time, format.digits ?? 'latin');
}

/** «24 تشرين الثاني 2026». @throws RangeError for a date that is not in the calendar. */
export function formatDateLevantine(when: InstantOrDate, format: DateFormat = {}): string {
  return formatDate(when, 'ar', format);
}

/** `24 November 2026`. @throws RangeError for a date that is not in the calendar. */
export function formatDateEnglish(when: InstantOrDate, format: DateFormat = {}): string {
  return formatDate(when, 'en', format);
}

/** The date in either language; months are Levantine in Arabic. @throws RangeError for a date not in the calendar. */
export function formatDate(when: InstantOrDate, language: Language, format: DateFormat = {}): string {
  const date = typeof when === 'number' ? businessDate(when, format.offsetMinutes) : when;
  const { year, month, day } = splitDate(date);
  return styleDigits(`${day} ${monthName(month, language)} ${year}`, format.digits ?? 'latin');
}

/** A billing period `YYYY-MM` as «تشرين الثاني 2026» or `November 2026`. @throws RangeError for another form. */
export function formatPeriod(period: string, language: Language, format: DateFormat = {}): string {
  const { year, month } = splitDate(`${period}-01`);
  return styleDigits(`${monthName(month, language)} ${year}`, format.digits ?? 'latin');
}

/** True for a `YYYY-MM-DD` that is in the Gregorian calendar, years 1900 to 9999. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** True for a billing period `YYYY-MM`. */
export function isPeriod(text: string): boolean {
  return isIsoDate(`${text}-01`);
}

/**
 * The date that many months later (or earlier, when negative). A day that the month does not have becomes its last:
 * 31 January and one month is 28 or 29 February.
 * @throws RangeError for a date that is not in the calendar, or a fraction of a month.
 */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = splitDate(date);
  if (!Number.isSafeInteger(months)) throw new RangeError(`not a number of months: ${months}`);
  const count = year * 12 + (month - 1) + months;
  const newYear = Math.floor(count / 12);
  const newMonth = count - newYear * 12 + 1;
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return requireDate(`${pad(newYear, 4)}-${pad(newMonth, 2)}-${pad(newDay, 2)}`);
}

/** The date that many days later (or earlier). @throws RangeError for a date that is not in the calendar. */
export function addDays(date: string, days: number): string {
  const moment = Date.parse(`${requireDate(date)}T00:00:00Z`) + days * 86_400_000;
  return requireDate(new Date(moment).toISOString().slice(0, 10));
}

/** The billing period that many months later (or earlier). @throws RangeError for another form than `YYYY-MM`. */
export function addPeriods(period: string, months: number): string {
  return addMonths(`${period}-01`, months).slice(0, 7);
}

/** The billing period `YYYY-MM` that a date belongs to. @throws RangeError for a date not in the calendar. */
export function periodOf(date: string): string {
  return requireDate(date).slice(0, 7);
}

const quarterMs = 15 * 60_000;
/** Clocks are changed at full quarters of an hour: within one the offset is asked for once. */
let lastQuarter: { readonly quarter: number; readonly offsetMinutes: number } | null = null;

function localParts(instantMs: number, offsetMinutes: number | undefined): { date: string; time: string } {
  if (offsetMinutes !== undefined) return shiftedParts(instantMs, offsetMinutes);
  const quarter = Math.floor(instantMs / quarterMs);
  if (lastQuarter?.quarter === quarter) return shiftedParts(instantMs, lastQuarter.offsetMinutes);
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of gaza.formatToParts(instantMs)) parts[part.type] = part.value;
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  const time = `${parts.hour}:${parts.minute}`;
  const minuteMs = Math.floor(instantMs / 60_000) * 60_000;
  // Before standard time the offset had seconds: such moments are asked for each time.
  const offset = (Date.parse(`${date}T${time}:00Z`) - minuteMs) / 60_000;
  if (instantMs >= 0 && Number.isInteger(offset)) lastQuarter = { quarter, offsetMinutes: offset };
  return { date, time };
}

function shiftedParts(instantMs: number, offsetMinutes: number): { date: string; time: string } {
  const shifted = new Date(instantMs + offsetMinutes * 60_000).toISOString();
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) };
}

function monthName(month: number, language: Language): string {
  const name = (language === 'ar' ? levantineMonths : englishMonths)[month - 1];
  if (name === undefined) throw new RangeError(`not a month: ${month}`);
  return name;
}

function requireDate(date: string): string {
  if (!isIsoDate(date)) throw new RangeError(`not a date: ${date}`);
  return date;
}

function splitDate(date: string): { year: number; month: number; day: number } {
  const [year, month, day] = requireDate(date).split('-').map(Number);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Minutes east of Greenwich that the clock on the wall in Gaza shows at that moment: 120 in winter, 180 in summer. */
export function offsetMinutesAt(instantMs: number): number {
  const { date, time } = localParts(instantMs, undefined);
  return Math.round((Date.parse(`${date}T${time}:00Z`) - Math.floor(instantMs / 60_000) * 60_000) / 60_000);
}
