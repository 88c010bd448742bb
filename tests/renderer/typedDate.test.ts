import { describe, expect, it } from 'vitest';
import { readDate, readMonth } from '../../renderer/draft/typedDate.ts';

describe('a date as one types it', () => {
  it.each([
    ['5/3/2026', '2026-03-05'],
    ['05-03-26', '2026-03-05'],
    ['05032026', '2026-03-05'],
    ['050326', '2026-03-05'],
    ['٥/٣/٢٠٢٦', '2026-03-05'],
    ['2026-03-05', '2026-03-05'],
    ['29.2.2028', '2028-02-29'],
  ])('%s is %s', (text, iso) => {
    expect(readDate(text)).toBe(iso);
  });

  it.each(['', '31/2/2026', '5/13/2026', '5/3', 'غدًا', '2026'])('«%s» is not a date', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it.each([
    ['3/2026', '2026-03'],
    ['03/26', '2026-03'],
    ['032026', '2026-03'],
    ['٢٠٢٦-٠٣', '2026-03'],
  ])('the month %s is %s', (text, period) => {
    expect(readMonth(text)).toBe(period);
  });

  it.each(['13/2026', '2026', '3/1999', ''])('«%s» is not a month', (text) => {
    expect(readMonth(text)).toBeNull();
  });
});
