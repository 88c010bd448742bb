import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addPeriods,
  businessDate,
  formatDate,
  formatDateEnglish,
  formatDateLevantine,
  formatPeriod,
  formatTime,
  isIsoDate,
  isPeriod,
  periodOf,
} from '../../shared/domain/dates.ts';

const at = (iso: string): number => Date.parse(iso);

describe('the business date', () => {
  test('changes at midnight in Gaza, two hours ahead of Greenwich in winter', () => {
    expect(businessDate(at('2026-11-24T21:59:59.999Z'))).toBe('2026-11-24');
    expect(businessDate(at('2026-11-24T22:00:00Z'))).toBe('2026-11-25');
    expect(formatTime(at('2026-11-24T21:59:59.999Z'))).toBe('23:59');
    expect(formatTime(at('2026-11-24T22:00:00Z'))).toBe('00:00');
  });

  test('changes an hour earlier by Greenwich in summer', () => {
    expect(businessDate(at('2026-07-14T20:59:59Z'))).toBe('2026-07-14');
    expect(businessDate(at('2026-07-14T21:00:00Z'))).toBe('2026-07-15');
  });

  test('changes at the midnight of the year too', () => {
    expect(businessDate(at('2026-12-31T21:59:59Z'))).toBe('2026-12-31');
    expect(businessDate(at('2026-12-31T22:00:00Z'))).toBe('2027-01-01');
  });

  // Summer time of 2023, a year whose changes are history and not a forecast: 29 April 2:00 to 28 October 2:00.
  test('is the same before and after the clocks go forward', () => {
    expect(formatTime(at('2023-04-28T23:59:00Z'))).toBe('01:59');
    expect(formatTime(at('2023-04-29T00:00:00Z'))).toBe('03:00');
    expect(businessDate(at('2023-04-28T23:59:00Z'))).toBe('2023-04-29');
    expect(businessDate(at('2023-04-29T00:00:00Z'))).toBe('2023-04-29');
  });

  test('is the same in both of the hours when the clocks go back', () => {
    expect(formatTime(at('2023-10-27T22:30:00Z'))).toBe('01:30');
    expect(formatTime(at('2023-10-27T23:30:00Z'))).toBe('01:30');
    expect(businessDate(at('2023-10-27T22:30:00Z'))).toBe('2023-10-28');
    expect(businessDate(at('2023-10-27T23:30:00Z'))).toBe('2023-10-28');
  });

  test('follows the administrator when the time zone data is out of date', () => {
    const late = at('2026-11-24T21:30:00Z');
    expect(businessDate(late)).toBe('2026-11-24');
    expect(businessDate(late, 180)).toBe('2026-11-25');
    expect(formatTime(late, { offsetMinutes: 180 })).toBe('00:30');
    expect(formatDateLevantine(late, { offsetMinutes: 180 })).toBe('25 تشرين الثاني 2026');
  });

  test('never goes back as time goes on', () => {
    const moment = fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') });
    fc.assert(
      fc.property(moment, fc.nat({ max: 7_200_000 }), (ms, later) => {
        expect(businessDate(ms + later) >= businessDate(ms)).toBe(true);
        expect(isIsoDate(businessDate(ms))).toBe(true);
      }),
    );
  });

  test('of no time is refused', () => {
    expect(() => businessDate(Number.NaN)).toThrow(RangeError);
    expect(() => businessDate(Number.NaN, 120)).toThrow(RangeError);
  });
});

describe('a date on paper', () => {
  test.each([
    ['2026-01-01', '1 كانون الثاني 2026', '1 January 2026'],
    ['2026-02-28', '28 شباط 2026', '28 February 2026'],
    ['2026-03-09', '9 آذار 2026', '9 March 2026'],
    ['2026-04-10', '10 نيسان 2026', '10 April 2026'],
    ['2026-05-11', '11 أيار 2026', '11 May 2026'],
    ['2026-06-12', '12 حزيران 2026', '12 June 2026'],
    ['2026-07-13', '13 تموز 2026', '13 July 2026'],
    ['2026-08-14', '14 آب 2026', '14 August 2026'],
    ['2026-09-15', '15 أيلول 2026', '15 September 2026'],
    ['2026-10-16', '16 تشرين الأول 2026', '16 October 2026'],
    ['2026-11-24', '24 تشرين الثاني 2026', '24 November 2026'],
    ['2026-12-31', '31 كانون الأول 2026', '31 December 2026'],
  ])('%s has its Levantine and its English name', (date, arabic, english) => {
    expect(formatDateLevantine(date)).toBe(arabic);
    expect(formatDateEnglish(date)).toBe(english);
    expect(formatDate(date, 'ar')).toBe(arabic);
  });

  test('can be of a moment, and in Arabic-Indic digits', () => {
    const evening = at('2026-11-24T22:05:00Z');
    expect(formatDateLevantine(evening, { digits: 'arabicIndic' })).toBe('٢٥ تشرين الثاني ٢٠٢٦');
    expect(formatTime(evening, { digits: 'arabicIndic' })).toBe('٠٠:٠٥');
    expect(formatDateEnglish(evening)).toBe('25 November 2026');
  });

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-01-01',
    '2026-1-1',
    '',
    '2026-01-01T00:00',
  ])('is refused when it is %j', (text) => {
    expect(isIsoDate(text)).toBe(false);
    expect(() => formatDateLevantine(text)).toThrow(RangeError);
  });
});

describe('months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
    ['2026-05-05', -24, '2024-05-05'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  test('cannot be added in fractions', () => {
    expect(() => addMonths('2026-01-01', 0.5)).toThrow(RangeError);
  });

  test('of billing periods pass the year', () => {
    expect(addPeriods('2026-11', 2)).toBe('2027-01');
    expect(addPeriods('2026-01', -24)).toBe('2024-01');
    expect(periodOf('2026-11-24')).toBe('2026-11');
    expect(isPeriod('2026-13')).toBe(false);
    expect(isPeriod('2026-12')).toBe(true);
  });

  test('of billing periods are written in both languages', () => {
    expect(formatPeriod('2026-11', 'ar')).toBe('تشرين الثاني 2026');
    expect(formatPeriod('2026-11', 'ar', { digits: 'arabicIndic' })).toBe('تشرين الثاني ٢٠٢٦');
    expect(formatPeriod('2026-11', 'en')).toBe('November 2026');
    expect(() => formatPeriod('2026-11-24', 'ar')).toThrow(RangeError);
  });
});

describe('days', () => {
  test.each([
    ['2026-11-30', 1, '2026-12-01'],
    ['2026-03-27', 1, '2026-03-28'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-01-01', 365, '2027-01-01'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });
});
