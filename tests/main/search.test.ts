import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSearch } from '../../electron/accounts/search.ts';
import { indexAccount, unindexAccount } from '../../electron/accounts/searchIndex.ts';
import { transact } from '../../electron/db/connection.ts';
import type { SearchHit } from '../../shared/ipc/contract.ts';
import { insertAccounts, insertReceipt, openAccountsFile } from './accountFixtures.ts';
import type { AccountsFile } from './accountFixtures.ts';

let store: AccountsFile;
let search: (text: string) => SearchHit[];
const ids = (text: string): number[] => search(text).map((hit) => hit.accountId);

beforeAll(() => {
  store = openAccountsFile();
  insertAccounts(store.db, [
    {
      id: 1,
      name: 'محمد عبد الرحمن أحمد الأسطل',
      number: '11000123',
      identityNumber: '901234564',
      phone: '0599123456',
      otherPhone: '0567654321',
      meter: '20190000412',
      bills: [
        { number: '261000000001', amountMinor: 5000 },
        { number: '261000000002', amountMinor: 3000, paidMinor: 1000 },
      ],
    },
    { id: 2, name: 'أحمد محمد خالد الأسطل', number: '11000124', identityNumber: '802345673' },
    { id: 3, name: 'هُدى محمـــد أبو دقّة', number: '12-77/A', phone: '0599123999' },
    { id: 4, name: 'فاطمة يحيى مصطفى آل رؤوف', number: '12000045' },
    { id: 5, name: 'نور الدين عبدالله فتح الله', number: '20190000', meter: 'M-4512' },
    {
      id: 6,
      name: 'علاء علي إبراهيم',
      number: '13000001',
      bills: [{ number: 'B-2026-004512', amountMinor: 700 }],
    },
    { id: 7, name: 'علي حسن الفرا', number: '13000002' },
    {
      id: 8,
      name: 'علي أحمد الفرا',
      number: '13000003',
      bills: [{ number: '5', amountMinor: 100, paidMinor: 100 }],
    },
    { id: 9, name: 'عليان سعيد الفرا', number: '13000004', bills: [{ number: '6', amountMinor: 100 }] },
    { id: 10, name: 'علي خالد الفرا', number: '13000005', bills: [{ number: '7', amountMinor: 100 }] },
    { id: 11, name: 'سعيد علي الفرا', number: '13000006', bills: [{ number: '8', amountMinor: 900 }] },
  ]);
  insertReceipt(store.db, { number: 'KY01-2026-000001', accountId: 6 });
  search = createSearch(store.db);
});
afterAll(() => store.close());

describe('a person is found', () => {
  test.each([
    ['محمد عبد الرحمن', 1],
    ['محمد عبدالرحمن', 1],
    ['عبد ال', 1],
    ['الاسطل محمد عبد', 1],
    ['أسطل عبد', 1],
    ['إحمد خالد', 2],
    ['اسطل خال', 2],
    ['هدي', 3],
    ['هدى محمد', 3],
    ['ابودقه', 3],
    ['دقة', 3],
    ['ابو دقه', 3],
    ['فاطمه', 4],
    ['يحيي مصطفي', 4],
    ['يحيى مصطفى', 4],
    ['ال رووف', 4],
    ['نورالدين', 5],
    ['نور الدين', 5],
    ['عبد الله فتح', 5],
    ['علا على', 6],
    ['ابراهيم علاء', 6],
    ['\u202bفاطمة\u202c', 4],
    ['ﻓﺎﻃﻤﺔ', 4],
    ['فـاطـمـة', 4],
    ['فَاطِمَة', 4],
  ])('by %j', (text, id) => {
    expect(ids(text)).toContain(id);
    expect(search(text)[0]).toMatchObject({ matched: 'name', matchedText: null, billId: null });
  });

  test('with all that the list shows', () => {
    expect(search('محمد عبد الرحمن')[0]).toEqual({
      accountId: 1,
      accountNumber: '11000123',
      name: 'محمد عبد الرحمن أحمد الأسطل',
      identityNumber: '901234564',
      quarter: 'الأمل',
      category: { ar: 'منزلي', en: 'Domestic' },
      owedMinor: 7000,
      matched: 'name',
      matchedText: null,
      billId: null,
    });
  });

  test('at every letter while the whole name is typed', () => {
    const name = 'نور الدين عبدالله فتح الله';
    for (let length = 1; length <= name.length; length++) expect(ids(name.slice(0, length))).toContain(5);
  });

  test('and nobody when nobody is called so', () => {
    expect(search('زكريا')).toEqual([]);
    expect(search('')).toEqual([]);
    expect(search('  ،؛  ')).toEqual([]);
  });
});

describe('the likeliest comes first', () => {
  test('the word typed first is the given name, then who owes, then the name', () => {
    // علي خالد owes; علي أحمد and علي حسن do not; عليان is half a word; سعيد and علاء only have a father علي.
    expect(ids('علي')).toEqual([10, 8, 7, 9, 11, 6]);
    expect(ids('احمد').slice(0, 1)).toEqual([2]);
    expect(ids('محمد').slice(0, 1)).toEqual([1]);
  });

  test('the words in their order before the same words in another', () => {
    expect(ids('احمد محمد')).toEqual([2, 1]);
    expect(ids('محمد احمد')).toEqual([1, 2]);
  });

  test('even among thousands, whoever is called so stands before whoever is the son of one', () => {
    const crowd = openAccountsFile();
    insertAccounts(crowd.db, [
      ...Array.from({ length: 300 }, (_, i) => ({
        id: i + 1,
        name: `سامي يوسف حسن ${i % 2 ? 'الأغا' : 'شراب'}`,
      })),
      ...Array.from({ length: 25 }, (_, i) => ({ id: i + 1000, name: 'يوسف كمال سعيد الأغا' })),
    ]);
    const found = createSearch(crowd.db)('يوسف');
    expect(found).toHaveLength(20);
    expect(found.every((hit) => hit.name.startsWith('يوسف'))).toBe(true);
    const half = createSearch(crowd.db)('كمال');
    expect(half).toHaveLength(20);
    crowd.close();
  });
});

describe('a number leads to its account', () => {
  test.each([
    ['11000123', 1, 'account', '11000123'],
    ['١١٠٠٠١٢٣', 1, 'account', '11000123'],
    ['12-77/a', 3, 'account', '12-77/A'],
    ['1200004', 4, 'account', '12000045'],
    ['901234564', 1, 'identity', '901234564'],
    ['9012', 1, 'identity', '901234564'],
    ['٨٠٢٣٤', 2, 'identity', '802345673'],
    ['0599123456', 1, 'phone', '0599123456'],
    ['059912345', 1, 'phone', '0599123456'],
    ['599123456', 1, 'phone', '0599123456'],
    ['+970 59 912 3456', 1, 'phone', '0599123456'],
    ['00972599123456', 1, 'phone', '0599123456'],
    ['0567654321', 1, 'phone', '0567654321'],
    ['20190000412', 1, 'meter', '20190000412'],
    ['m-4512', 5, 'meter', 'M-4512'],
    ['261000000002', 1, 'bill', '261000000002'],
    ['b-2026-004512', 6, 'bill', 'B-2026-004512'],
    ['B-٢٠٢٦-٠٠٤', 6, 'bill', 'B-2026-004512'],
    ['KY01-2026-000001', 6, 'receipt', 'KY01-2026-000001'],
    ['ky01-2026-00', 6, 'receipt', 'KY01-2026-000001'],
  ])('%j', (text, accountId, matched, matchedText) => {
    expect(search(text)[0]).toMatchObject({ accountId, matched, matchedText });
  });

  test("a bill's own number ticks the bill, half of it does not", () => {
    expect(search('261000000002')[0]?.billId).toBe(2);
    expect(search('2610000000')[0]?.billId).toBeNull();
    expect(ids('2610000000')).toEqual([1]);
  });

  test('a whole number stands before one that only begins so', () => {
    // 20190000 is one account's number and the beginning of another's meter.
    expect(search('20190000').map((hit) => [hit.accountId, hit.matched])).toEqual([
      [5, 'account'],
      [1, 'meter'],
    ]);
  });

  test.each([
    'sanduq:KY01-2026-000001.AbCdEf0123456789_-AbCdEf0123456789_-',
    'SNDQ1|KY01-2026-000001|2026-11-24|12300|ILS|AbCdEf0123456789AbCdEf0123456789',
    'https://verify.example/r/KY01-2026-000001?s=AbCdEf0123456789',
  ])("a receipt's scanned code: %j", (code) => {
    expect(search(code)).toMatchObject([
      { accountId: 6, matched: 'receipt', matchedText: 'KY01-2026-000001' },
    ]);
  });

  test('a scanned code that is not ours finds nothing', () => {
    expect(search('https://example.org/some/long/page/with/no/number')).toEqual([]);
  });
});

describe('a name and a number together', () => {
  test('find the account that has both', () => {
    expect(ids('الفرا 13000004')).toEqual([9]);
    expect(ids('0599 هدى')).toEqual([3]);
    expect(ids('محمد 901234564')).toEqual([1]);
  });

  test('find by the name when the number leads nowhere', () => {
    expect(ids('هدى 999999')).toEqual([3]);
  });
});

describe('the index follows the name', () => {
  test('a corrected name is found, the old one no longer, a removed one not at all', () => {
    transact(store.db, (tx) => indexAccount(tx, 4, 'صفية يحيى'));
    expect(ids('فاطمة')).toEqual([]);
    expect(ids('صفية')).toEqual([4]);
    transact(store.db, (tx) => unindexAccount(tx, 4));
    expect(ids('صفية')).toEqual([]);
    transact(store.db, (tx) => indexAccount(tx, 4, 'فاطمة يحيى مصطفى آل رؤوف'));
    expect(ids('فاطمة')).toEqual([4]);
  });
});

describe('any text is answered', () => {
  test.each([
    '"',
    "'",
    '"محمد',
    'محمد" OR "علي',
    'AND',
    'NEAR(محمد علي, 2)',
    'tokens:محمد',
    '* ^ - + ( ) { } :',
    'محمد*',
    '2026-004512',
    '%_%',
    '\u0000',
    '\ud800',
    'ب'.repeat(600),
    'أ '.repeat(300),
    '9'.repeat(600),
    '\ue000محمد',
    'x\u{1e922}y z\u08a0w',
    "'; DROP TABLE accounts; --",
  ])('%j', (text) => {
    expect(Array.isArray(search(text))).toBe(true);
  });

  test('whatever it is, with at most twenty hits, each account once', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: fc.integer({ min: 0x600, max: 0x8ff }).map((code) => String.fromCodePoint(code)) }),
      fc.constantFrom(
        '"',
        ' AND ',
        ' OR ',
        ' NOT ',
        'NEAR(',
        ')',
        '*',
        '^',
        ':',
        '-',
        'محمد',
        'علي',
        '13',
        '0599',
        '2610',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = ids(pieces.join('').slice(0, 600));
        expect(found.length).toBeLessThanOrEqual(20);
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
