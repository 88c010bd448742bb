import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSearch } from '../../electron/accounts/search.ts';
import { standardServices } from '../../electron/accounts/catalogue.ts';
import { generateDemonstration } from '../../electron/demonstration/generate.ts';
import { createDraw, createRandom, list } from '../../electron/demonstration/random.ts';
import { isValidIdentity } from '../../shared/domain/identity.ts';
import { openAccountsFile } from './accountFixtures.ts';
import type { AccountsFile } from './accountFixtures.ts';

const today = '2026-11-24';
let store: AccountsFile;
beforeEach(() => {
  store = openAccountsFile();
});
afterEach(() => store.close());

function all<Row>(sql: string): Row[] {
  return store.db.prepare<[], Row>(sql).all();
}
function number(sql: string): number {
  return Number(store.db.prepare(sql).pluck().get());
}
const tables = ['citizens', 'accounts', 'account_services', 'bills'];

describe('the demonstration municipality', () => {
  test('is the same every time for the same day', async () => {
    const other = openAccountsFile();
    await generateDemonstration(store.db, { accounts: 300, today });
    await generateDemonstration(other.db, { accounts: 300, today });
    for (const table of tables) {
      const rows = `SELECT * FROM ${table} ORDER BY 1, 2`;
      expect(other.db.prepare(rows).all()).toEqual(all(rows));
    }
    other.close();
  });

  test('has people with four-part names, right identities, local phones, and some with several accounts', async () => {
    const summary = await generateDemonstration(store.db, { accounts: 1000, today });
    expect(summary.accounts).toBe(1000);
    expect(number('SELECT count(*) FROM accounts')).toBe(1000);
    const people = all<{ name: string; identity_number: string | null; phone: string | null }>(
      'SELECT * FROM citizens',
    );
    expect(people).toHaveLength(summary.citizens);
    expect(people.every(({ name }) => name.split(' ').length >= 4)).toBe(true);
    expect(new Set(people.map(({ name }) => name)).size).toBeGreaterThan(people.length * 0.97);
    for (const { identity_number, phone } of people) {
      expect(identity_number === null || isValidIdentity(identity_number)).toBe(true);
      expect(phone ?? '0590000000').toMatch(/^05[69]\d{7}$/);
    }
    expect(summary.citizens).toBeLessThan(950);
    expect(number('SELECT count(DISTINCT quarter) FROM accounts')).toBe(14);
    expect(number('SELECT count(DISTINCT category_code) FROM accounts')).toBe(6);
    expect(number('SELECT count(*) FROM account_services WHERE meter IS NOT NULL')).toBeGreaterThan(800);
  });

  test('sells and bills its services in both languages', async () => {
    await generateDemonstration(store.db, { accounts: 10, today });
    expect(number('SELECT count(*) FROM services')).toBe(standardServices.length);
    expect(standardServices).toHaveLength(37);
    expect(
      standardServices.every(([, ar, en]) => /[\u0600-\u06ff]/.test(ar) && /^[\x20-\x7e]+$/.test(en)),
    ).toBe(true);
  });

  test('has 24 months of bills, of which about 40 % are paid, with arrears and fines', async () => {
    const summary = await generateDemonstration(store.db, { accounts: 1000, today });
    expect(number('SELECT count(*) FROM bills')).toBe(summary.bills);
    expect(summary.paidBills / summary.bills).toBeGreaterThan(0.34);
    expect(summary.paidBills / summary.bills).toBeLessThan(0.46);
    expect(number('SELECT count(DISTINCT period) FROM bills')).toBe(24);
    expect(
      all('SELECT min(period) AS first, max(period) AS last, max(issued_on) AS issued FROM bills'),
    ).toEqual([{ first: '2024-11', last: '2026-10', issued: '2026-11-01' }]);
    expect(number(`SELECT count(*) FROM bills WHERE kind = 'fine'`)).toBeGreaterThan(50);
    expect(
      number('SELECT count(*) FROM bills WHERE paid_minor > 0 AND paid_minor < amount_minor'),
    ).toBeGreaterThan(50);
    expect(number('SELECT count(*) FROM bills WHERE amount_minor % 10 <> 0 OR paid_minor % 10 <> 0')).toBe(0);
    // What is not due yet is not in arrears: the counter shows both.
    expect(number(`SELECT count(*) FROM bills WHERE due_on >= '${today}'`)).toBeGreaterThan(500);
  });

  test('has as many bills for each account as asked', async () => {
    const summary = await generateDemonstration(store.db, { accounts: 500, today, billsPerAccount: 10 });
    expect(summary.bills).toBe(5000);
  });

  test('is found by search as soon as it is there', async () => {
    await generateDemonstration(store.db, { accounts: 500, today });
    const { name, id } = all<{ name: string; id: number }>(
      'SELECT c.name, a.id FROM accounts a JOIN citizens c ON c.id = a.citizen_id WHERE a.id = 321',
    )[0] ?? { name: '', id: 0 };
    expect(createSearch(store.db)(name).map((hit) => hit.accountId)).toContain(id);
  });

  test('is there whole or not at all', async () => {
    const failing = generateDemonstration(store.db, {
      accounts: 400,
      today,
      finish: () => {
        throw new Error('the disk is full');
      },
    });
    await expect(failing).rejects.toThrow('the disk is full');
    for (const table of tables) expect(number(`SELECT count(*) FROM ${table}`)).toBe(0);
    expect(store.db.inTransaction).toBe(false);
    await generateDemonstration(store.db, { accounts: 20, today });
    expect(number('SELECT count(*) FROM accounts')).toBe(20);
  });

  test('lets others run meanwhile and says how far it is', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const seen: number[] = [];
    await generateDemonstration(store.db, { accounts: 2000, today, onProgress: (done) => seen.push(done) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(2000);
  });
});

test('a draw prefers what stands first and reaches what stands last', () => {
  const random = createRandom(3);
  const draw = createDraw(list('a، b، c، d'), 1);
  const count: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  for (let i = 0; i < 4000; i++) {
    const drawn = draw(random);
    count[drawn] = (count[drawn] ?? 0) + 1;
  }
  const [a = 0, b = 0, c = 0, d = 0] = [count['a'], count['b'], count['c'], count['d']];
  expect(a > b && b > c && c > d && d > 300).toBe(true);
});
