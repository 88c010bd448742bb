import { expect, test } from 'vitest';
import { accountsDraftOf, noAccounts, readAccounts } from '../../renderer/draft/accountsDraft.ts';

test('what nobody changed is not kept', () => {
  expect(readAccounts(noAccounts)).toEqual({ codes: {}, wrong: new Set() });
});

test('codes of accounts and of single services come back as they were typed, in any digits', () => {
  const typed = {
    codes: { ...noAccounts.codes, bank: ' ١٢٥٠ ', 'cash.ILS': '11-01' },
    services: 'water = 4101\n\n  site-plan: 42.7  ',
  };
  const { codes } = readAccounts(typed);
  expect(codes).toEqual({
    bank: '1250',
    'cash.ILS': '11-01',
    'service.water': '4101',
    'service.site-plan': '42.7',
  });
  expect(readAccounts(accountsDraftOf(codes ?? {})).codes).toEqual(codes);
});

test.each([
  ['bank', ''],
  ['card', '=1+1'],
  ['cheque', '12 34'],
  ['waiver', 'x'.repeat(21)],
] as const)('a code that is none is said at its field: %s «%s»', (key, code) => {
  const { codes, wrong } = readAccounts({ ...noAccounts, codes: { ...noAccounts.codes, [key]: code } });
  expect(codes).toBeNull();
  expect(wrong).toEqual(new Set([key]));
});

test.each(['water', '= 4101', 'water = ', 'مياه = 4101', 'water = 41 01'])(
  'a line that is none is said at the field of services: «%s»',
  (services) => {
    expect(readAccounts({ ...noAccounts, services })).toEqual({ codes: null, wrong: new Set(['services']) });
  },
);
