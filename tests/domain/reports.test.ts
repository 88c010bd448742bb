import { expect, test } from 'vitest';
import { csvText } from '../../shared/domain/reports/csv.ts';
import { periodOfChoice } from '../../shared/domain/reports/sentence.ts';

test('a period is chosen in a word: weeks begin on Saturday, months with their first', () => {
  // A Wednesday.
  const today = '2026-11-25';
  expect(periodOfChoice('today', today)).toEqual({ from: today, to: today });
  expect(periodOfChoice('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  expect(periodOfChoice('week', today)).toEqual({ from: '2026-11-21', to: today });
  expect(periodOfChoice('week', '2026-11-21')).toEqual({ from: '2026-11-21', to: '2026-11-21' });
  expect(periodOfChoice('month', today)).toEqual({ from: '2026-11-01', to: today });
  expect(periodOfChoice('lastMonth', '2028-03-15')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('what a person typed never becomes a formula of the program that opens the file', () => {
  for (const text of ['=1+1', '+970', '-1', '@SUM(A1)', '\t=1', '\r=1'])
    expect(csvText(text).replace(/^"/, '')).toBe(`'${text}${/[\r]/.test(text) ? '"' : ''}`);
  expect(csvText('سعيد، الأسطل')).toBe('سعيد، الأسطل');
  expect(csvText('a,"b"\r\nc')).toBe('"a,""b""\r\nc"');
});
