import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSearch } from '../../electron/accounts/search.ts';
import { transact } from '../../electron/db/connection.ts';
import type { ApplyContext } from '../../electron/importing/applyChange.ts';
import { applyChange } from '../../electron/importing/applyChange.ts';
import { prepareImport } from '../../electron/importing/prepareImport.ts';
import type { Prepared } from '../../electron/importing/prepareImport.ts';
import { readStaging, writeStaging } from '../../electron/importing/staging.ts';
import { withCheckDigit } from '../../shared/domain/identity.ts';
import { insertAccounts, openAccountsFile } from './accountFixtures.ts';
import type { AccountsFile } from './accountFixtures.ts';

const first = withCheckDigit('90123456');
const second = withCheckDigit('80234567');

const context: ApplyContext = {
  append: () => undefined,
  actor: { id: 1, login: 'admin' },
  fileName: 'accounts.csv',
  sha256: '0'.repeat(64),
  atMs: 2000,
  asOfMs: 2000,
};

let store: AccountsFile;
let imports = 0;
beforeEach(() => {
  store = openAccountsFile();
});
afterEach(() => store.close());

function judge(lines: readonly string[], heading = 'account number,name,identity number,category'): Prepared {
  imports += 1;
  const staging = writeStaging(join(store.folder, `${imports}.staging`), 'accounts');
  const bytes = Buffer.from([heading, ...lines].join('\n'));
  const result = prepareImport(store.db, 'accounts', bytes, staging, () => undefined);
  if (!result.ok) throw new Error(result.failure.code);
  return result.prepared;
}

/** Judges, writes, and proves that the same file would then change nothing. */
function importAccounts(lines: readonly string[], heading?: string): Prepared {
  const prepared = judge(lines, heading);
  const staging = readStaging(join(store.folder, `${imports}.staging`));
  transact(store.db, (tx) => {
    for (const { change } of staging.read(0, 1000)) applyChange(tx, change, context);
  });
  staging.close();
  expect(judge(lines, heading)).toMatchObject({ added: 0, changed: 0 });
  return prepared;
}

function people(): unknown[] {
  return store.db
    .prepare(
      `SELECT a.number, a.citizen_id AS citizen, c.identity_number AS identity, c.name
         FROM accounts a JOIN citizens c ON c.id = a.citizen_id ORDER BY a.number`,
    )
    .all();
}
const found = (text: string): string[] => createSearch(store.db)(text).map((hit) => hit.accountNumber);

describe('one identity number is one person', () => {
  test('whose several accounts come in one file, however the name is spelled', () => {
    const seen = importAccounts([`A1,أحمد علي الأسطل,${first},منزلي`, `A2,احمد علي الاسطل,${first},تجاري`]);
    expect(seen).toMatchObject({ added: 2, badLines: 0 });
    expect(people()).toEqual([
      { number: 'A1', citizen: 1, identity: first, name: 'أحمد علي الأسطل' },
      { number: 'A2', citizen: 1, identity: first, name: 'أحمد علي الأسطل' },
    ]);
    expect(found('الأسطل')).toEqual(['A1', 'A2']);
  });

  test('so a second name under it in the file is a bad line', () => {
    expect(judge([`A1,أحمد علي,${first},منزلي`, `A2,سعاد حسن,${first},منزلي`])).toMatchObject({
      added: 1,
      bad: [{ line: 3, column: 'identity number', reason: 'belongsToAnotherAccount', value: first }],
    });
  });

  test('so a number typed wrong neither renames a stranger nor gives them an account', () => {
    insertAccounts(store.db, [{ id: 1, number: 'A1', name: 'أحمد علي', identityNumber: first }]);
    expect(judge([`A2,سعاد حسن,${first},منزلي`])).toMatchObject({ added: 0, badLines: 1 });
  });

  test('who gets a further account under the same name', () => {
    insertAccounts(store.db, [{ id: 1, number: 'A1', name: 'أحمد علي', identityNumber: first }]);
    importAccounts([`A2,أحمد علي,${first},منزلي`]);
    expect(people()).toMatchObject([{ citizen: 1 }, { citizen: 1 }]);
  });
});

describe('a name that differs', () => {
  test('is a correction when the number is the same, and all accounts are found by it', () => {
    insertAccounts(store.db, [
      { id: 1, number: 'A1', name: 'احمد علي', identityNumber: first },
      { id: 2, number: 'A2', name: 'احمد علي', citizenId: 1 },
    ]);
    expect(importAccounts([`A1,أحمد علي شراب,${first},منزلي`])).toMatchObject({ changed: 1 });
    expect(found('شراب')).toEqual(['A1', 'A2']);
  });

  test('is a new owner when the number is another: the old one is left alone', () => {
    insertAccounts(store.db, [{ id: 1, number: 'A1', name: 'أحمد علي', identityNumber: first }]);
    importAccounts([`A1,سعاد حسن,${second},منزلي`]);
    expect(people()).toEqual([{ number: 'A1', citizen: 2, identity: second, name: 'سعاد حسن' }]);
    expect(store.db.prepare('SELECT name FROM citizens WHERE id = 1').pluck().get()).toBe('أحمد علي');
    expect(found('سعاد')).toEqual(['A1']);
    expect(found('أحمد')).toEqual([]);
  });

  test('is a correction without a number, where the person has this account only', () => {
    insertAccounts(store.db, [{ id: 1, number: 'A1', name: 'أحمد علي' }]);
    importAccounts(['A1,أحمد علي حسن,,منزلي']);
    expect(people()).toMatchObject([{ citizen: 1, name: 'أحمد علي حسن' }]);
  });

  test('is another person without a number, where the person has several accounts', () => {
    insertAccounts(store.db, [
      { id: 1, number: 'A1', name: 'أحمد علي' },
      { id: 2, number: 'A2', name: 'أحمد علي', citizenId: 1 },
    ]);
    importAccounts(['A2,سعاد حسن,,منزلي']);
    expect(people()).toMatchObject([{ name: 'أحمد علي' }, { name: 'سعاد حسن' }]);
  });
});

describe('what the file does not say stays', () => {
  const given = {
    id: 1,
    number: 'A1',
    name: 'أحمد علي',
    identityNumber: first,
    phone: '0599123456',
    meter: '77',
  };

  test('a column that is not there, and an identity that is empty', () => {
    insertAccounts(store.db, [given]);
    expect(importAccounts(['A1,أحمد علي,,منزلي'])).toMatchObject({ unchanged: 1 });
    expect(store.db.prepare('SELECT identity_number, phone FROM citizens').get()).toEqual({
      identity_number: first,
      phone: '0599123456',
    });
  });

  test('an empty telephone goes; a number with 970 is the number that is known', () => {
    insertAccounts(store.db, [given]);
    const heading = 'account number,name,category,phone';
    expect(importAccounts(['A1,أحمد علي,منزلي,+970 599 123 456'], heading)).toMatchObject({ unchanged: 1 });
    expect(importAccounts(['A1,أحمد علي,منزلي,'], heading)).toMatchObject({ changed: 1 });
    expect(store.db.prepare('SELECT phone FROM citizens').pluck().get()).toBeNull();
  });

  test('services become those of the file, the meter stays with its water', () => {
    insertAccounts(store.db, [given]);
    importAccounts(['A1,أحمد علي,منزلي,مياه + waste'], 'account number,name,category,services');
    const services = store.db.prepare('SELECT service_code AS code, meter FROM account_services ORDER BY 1');
    expect(services.all()).toEqual([
      { code: 'waste', meter: null },
      { code: 'water', meter: '77' },
    ]);
    importAccounts(['A1,أحمد علي,منزلي,ZZ-٩'], 'account number,name,category,meter');
    expect(services.all()).toContainEqual({ code: 'water', meter: 'ZZ-9' });
    expect(found('zz-9')).toEqual(['A1']);
  });
});

test('an account that comes twice in a file is a bad line the second time', () => {
  expect(judge(['A1,أحمد علي,,منزلي', 'a1,سعاد حسن,,منزلي']).bad).toMatchObject([
    { line: 3, reason: 'repeatedInFile', value: 'A1' },
  ]);
});
