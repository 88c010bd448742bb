import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import type { ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import {
  accountWithBills,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { paymentOf } from '../helpers/payments.ts';

const sample = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/samples/${name}`, import.meta.url)), 'utf8');

let till: TestCounter;
let chosen: string | null = null;
let saved = '';

beforeEach(async () => {
  till = startCounter({
    folder: await makeMunicipality(10),
    fileDialogs: {
      choose: () => Promise.resolve(chosen),
      save: (_name, contents) => {
        if (typeof contents === 'string') saved = contents;
        return Promise.resolve(true);
      },
    },
  });
  await signIn(till, 'admin');
});
afterEach(async () => {
  await till.close();
  removeFolder(till.folder);
});

/** Puts the bytes into a file and chooses it in the dialog. */
function choose(bytes: string | Uint8Array, name = 'file.csv'): void {
  chosen = join(till.folder, name);
  writeFileSync(chosen, bytes);
}

async function preview(kind: ImportKind, bytes: string | Uint8Array): Promise<ImportPreview> {
  choose(bytes);
  const seen = await till.call('import.preview', { kind });
  if (seen === null) throw new Error('no preview');
  return seen;
}

async function importAll(kind: ImportKind, bytes: string | Uint8Array) {
  const { token } = await preview(kind, bytes);
  return till.call('import.confirm', { token });
}

function count(table: 'accounts' | 'bills' | 'citizens' | 'journal'): number {
  const db = openReadOnly(join(till.folder, 'sanduq.db'));
  try {
    return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  } finally {
    db.close();
  }
}

test('the samples of the manual are imported whole, and then change nothing', async () => {
  const before = count('accounts');
  expect(await importAll('accounts', sample('accounts.csv'))).toMatchObject({
    added: 5,
    changed: 0,
    skipped: 0,
  });
  expect(await importAll('bills', sample('bills.csv'))).toMatchObject({ added: 17, changed: 0, skipped: 0 });
  expect(count('accounts')).toBe(before + 5);

  const again = await preview('bills', sample('bills.csv'));
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 17, badLines: 0 });
  expect(await till.ask('import.confirm', { token: again.token })).toMatchObject({
    ok: false,
    code: 'import.nothingToImport',
  });
  expect(await preview('accounts', sample('accounts.csv'))).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 5,
  });
});

test('whoever was imported is found and owes what the file says', async () => {
  await importAll('accounts', sample('accounts.csv'));
  await importAll('bills', sample('bills.csv'));
  const [found] = await till.call('accounts.search', { text: 'ابو دقه صحيه' });
  expect(found).toMatchObject({ accountNumber: '70000103', owedMinor: 33_500 });
  const account = await till.call('accounts.open', { accountId: found?.accountId ?? 0 });
  expect(account.finesMinor).toBe(3_500);
  expect(account.openBills.map((bill) => bill.amountMinor - bill.paidMinor)).toEqual([30_000, 3_500]);
});

test('a preview writes nothing, and a cancelled one can no longer be confirmed', async () => {
  const before = [count('accounts'), count('citizens'), count('journal')];
  const { token } = await preview('accounts', sample('accounts.csv'));
  expect([count('accounts'), count('citizens'), count('journal')]).toEqual(before);
  await till.call('import.cancel', { token });
  expect(await till.ask('import.confirm', { token })).toMatchObject({ ok: false, code: 'import.gone' });
});

const heading = 'رقم الفاتورة,رقم الاشتراك,الخدمة,الفترة,النوع,تاريخ الإصدار,تاريخ الاستحقاق,المبلغ,المدفوع';

describe('encodings and separators', () => {
  const lines = ['رقم الاشتراك,الاسم,الفئة', '٧٠٠٠٠٩٠١,أحمد محمود علي شراب,منزلي'];
  const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };
  /** Windows-1256 as its decoder reads it. */
  const windows1256 = (text: string): Buffer => {
    const decoder = new TextDecoder('windows-1256');
    const byLetter = new Map(
      Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code] as const),
    );
    return Buffer.from([...text].map((letter) => byLetter.get(letter) ?? 63));
  };
  const encodings = {
    'utf-8': (text: string) => Buffer.from(text, 'utf8'),
    'utf-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`, 'utf8'),
    'utf-16le': (text: string) => utf16(text, 'le'),
    'utf-16be': (text: string) => utf16(text, 'be'),
    'windows-1256': windows1256,
  };
  for (const [encoding, encode] of Object.entries(encodings)) {
    for (const delimiter of [',', ';', '\t'] as const) {
      test(`${encoding}, separated by ${JSON.stringify(delimiter)}`, async () => {
        // Windows-1256 has no Arabic-Indic digits.
        const text = lines.join('\r\n').replaceAll(',', delimiter);
        const seen = await preview(
          'accounts',
          encode(encoding === 'windows-1256' ? text.replace('٧٠٠٠٠٩٠١', '70000901') : text),
        );
        expect(seen).toMatchObject({
          encoding: encoding.replace(' with a mark', ''),
          delimiter,
          added: 1,
          badLines: 0,
        });
        await till.call('import.confirm', { token: seen.token });
        expect(await till.call('accounts.search', { text: '70000901' })).toMatchObject([
          { name: 'أحمد محمود علي شراب' },
        ]);
      });
    }
  }
});

test('every bad line is named with its number, its column and its reason', async () => {
  await importAll('accounts', sample('accounts.csv'));
  const bad: [string, string][] = [
    ['B-1,70000101,مياه,2026-10,,,2026-10-31,-5,', 'negative'],
    ['B-2,70000101,مياه,2026-10,,,2026-10-31,0,', 'zero'],
    ['B-3,70000101,مياه,2026-10,,,2026-10-31,1.005,', 'tooManyDecimals'],
    ['B-4,70000101,مياه,2026-10,,,2026-10-31,خمسون,', 'notANumber'],
    ['B-5,70000101,مياه,2026-10,,,2026-10-31,99999999999,', 'tooLarge'],
    ['B-6,70000101,مياه,2026-10,,,2026-02-30,5,', 'notADate'],
    ['B-7,70000101,مياه,أكتوبر,,,2026-10-31,5,', 'notAPeriod'],
    ['B-8,99999999,مياه,2026-10,,,2026-10-31,5,', 'unknownAccount'],
    ['B-9,70000101,كهرباء,2026-10,,,2026-10-31,5,', 'unknownService'],
    ['B-10,70000101,مياه,2026-10,هدية,,2026-10-31,5,', 'unknownKind'],
    ['B-11,70000101,مياه,2026-10,,2026-11-30,2026-10-31,5,', 'dueBeforeIssued'],
    ['B-12,70000101,مياه,2026-10,,,2026-10-31,5,6', 'paidMoreThanNewAmount'],
    [',70000101,مياه,2026-10,,,2026-10-31,5,', 'empty'],
    ['B-14,70000101', 'tooFewColumns'],
    ['B-15,70000101,مياه,2026-10,,,2026-10-31,5,,more', 'tooManyColumns'],
    [`${'B'.repeat(41)},70000101,مياه,2026-10,,,2026-10-31,5,`, 'tooLong'],
  ];
  const good = 'B-100,70000101,مياه,2026-10,,,2026-10-31,٥٫٥٠,';
  const seen = await preview('bills', [heading, good, ...bad.map(([line]) => line), good].join('\n'));
  expect(seen.bad.map(({ line, reason }) => [line, reason])).toEqual([
    ...bad.map(([, reason], index) => [index + 3, reason]),
    [bad.length + 3, 'repeatedInFile'],
  ]);
  expect(seen).toMatchObject({ added: 1, badLines: bad.length + 1, lines: bad.length + 2 });
  await till.call('import.saveBadLines', { token: seen.token });
  expect(saved.trim().split('\r\n')).toHaveLength(bad.length + 2);
  expect(await till.call('import.confirm', { token: seen.token })).toMatchObject({ added: 1 });
});

test('accounts with a wrong identity, an unknown category or no name are bad lines', async () => {
  const seen = await preview(
    'accounts',
    [
      'account number,name,identity number,category',
      '1,أحمد,123456789,منزلي',
      '2,أحمد,,فضائي',
      '3,,,منزلي',
    ].join('\n'),
  );
  expect(seen.bad.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'identityInvalid'],
    [3, 'unknownCategory'],
    [4, 'empty'],
  ]);
});

test('a file without its columns, or that is no text, is refused and says why', async () => {
  choose('name,colour\nأحمد,أخضر\n');
  expect(await till.ask('import.preview', { kind: 'accounts' })).toMatchObject({
    ok: false,
    code: 'import.missingColumns',
    params: { columns: expect.stringContaining('رقم الاشتراك') },
  });
  choose('');
  expect(await till.ask('import.preview', { kind: 'accounts' })).toMatchObject({
    ok: false,
    code: 'import.unreadable',
  });
  chosen = join(till.folder, 'nowhere.csv');
  expect(await till.ask('import.preview', { kind: 'bills' })).toMatchObject({
    ok: false,
    code: 'import.unreadable',
  });
});

test('what was paid at the counter is never taken back by a file', async () => {
  await importAll('accounts', sample('accounts.csv'));
  await importAll('bills', sample('bills.csv'));
  await till.call('session.signOut', {});
  await startDay(till);
  const [hit] = await till.call('accounts.search', { text: '70000102' });
  const account = await till.call('accounts.open', { accountId: hit?.accountId ?? 0 });
  const bill = account.openBills[0];
  await till.call('payments.take', paymentOf(account, 1));
  await till.call('session.signOut', {});
  await signIn(till, 'admin');

  const line = (amount: string): string =>
    [heading, `${bill?.number},70000102,مياه,2026-08,,2026-08-28,2026-09-28,${amount},`].join('\n');
  expect(await preview('bills', line('60.00'))).toMatchObject({
    badLines: 0,
    changed: 1,
    surpluses: 1,
    surplusMinor: 830,
  });
  expect(await importAll('bills', line('100.00'))).toMatchObject({ changed: 1 });
  const after = await till.call('accounts.open', { accountId: account.id });
  expect(after.openBills.find(({ id }) => id === bill?.id)).toMatchObject({
    amountMinor: 10_000,
    paidMinor: 6_830,
  });
});

test('an import that was cut off is finished by the next start', async () => {
  await importAll('accounts', sample('accounts.csv'));
  const many = Array.from({ length: 3000 }, (_, i) => `C-${i},70000101,مياه,2026-10,,,2026-10-31,5.00,`);
  const { token } = await preview('bills', [heading, ...many].join('\n'));
  const before = count('bills');
  // The program ends in the middle: the promise is never answered.
  void till.ask('import.confirm', { token });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await till.close();
  const half = count('bills');
  expect(half).toBeGreaterThanOrEqual(before);
  expect(half).toBeLessThan(before + 3000);

  till = startCounter({ folder: till.folder });
  await expect.poll(() => count('bills'), { timeout: 15_000 }).toBe(before + 3000);
});

test('a hundred thousand lines go in while the counter goes on answering', { timeout: 120_000 }, async () => {
  await importAll('accounts', sample('accounts.csv'));
  const many = Array.from(
    { length: 100_000 },
    (_, i) => `D-${i},7000010${(i % 5) + 1},مياه,2026-10,,,2026-10-31,5.00,`,
  );
  choose([heading, ...many].join('\n'));
  const account = await accountWithBills(till, 1);
  // Served in between: each is a turn in which main was free for a cashier.
  const answersUntil = async (work: Promise<unknown>): Promise<number> => {
    let isDone = false;
    void work.finally(() => (isDone = true));
    let answers = 0;
    for (; !isDone; answers += 1) {
      await till.call('accounts.open', { accountId: account.id });
      await nextTurn();
    }
    return answers;
  };
  const previewing = till.call('import.preview', { kind: 'bills' });
  expect(await answersUntil(previewing)).toBeGreaterThan(100);
  const seen = await previewing;
  if (seen === null) throw new Error('no preview');
  const confirming = till.call('import.confirm', { token: seen.token });
  expect(await answersUntil(confirming)).toBeGreaterThan(100);
  expect(await confirming).toMatchObject({ added: 100_000 });
  expect(till.events.filter(({ name }) => name === 'import.progress').length).toBeGreaterThan(20);
});
