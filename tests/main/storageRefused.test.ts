import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTillKey, fileProtection } from '../../electron/journal/tillKey.ts';
import type { FatalReason } from '../../shared/errors.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
  temporaryFolder,
} from '../helpers/counter.ts';
import { cashPayment, paymentOf } from '../helpers/payments.ts';
import { fingerprint } from '../helpers/fingerprint.ts';
import { damagePage, forge, rootPage } from '../helpers/forge.ts';

let sound: string;
/** As a power cut leaves it: money in the WAL, no mark of a clean end. */
let cutOff: string;

beforeAll(async () => {
  sound = await makeMunicipality();
  const earlier = startCounter({ folder: copyFolder(sound) });
  await startDay(earlier);
  await earlier.close();
  const till = startCounter({ folder: earlier.folder });
  await signIn(till, 'amal');
  await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  cutOff = copyFolder(till.folder);
  await till.close();
  removeFolder(till.folder);
});
afterAll(() => {
  removeFolder(sound);
  removeFolder(cutOff);
});

const databaseOf = (folder: string): string => join(folder, 'sanduq.db');

function overwrite(folder: string, at: number, length: number): void {
  const bytes = readFileSync(databaseOf(folder));
  writeFileSync(databaseOf(folder), bytes.fill(0, at, at + length));
}

/** Starts on a folder that must be refused; nothing may be taken, and every file stays as it was. */
async function expectRefused(folder: string, reason: FatalReason): Promise<void> {
  const before = fingerprint(folder);
  const till = startCounter({ folder });
  const status = await till.call('app.status', {});
  expect(status.fatal, till.logged.map((one) => String(one.detail)).join()).toEqual({
    reason,
    file: databaseOf(folder),
    backupFolder: join(folder, 'backups'),
  });
  expect(status.phase).toBe('fatal');
  const refused = { ok: false, code: 'storage.stopped', params: { reason } };
  expect(await till.ask('session.signIn', { login: 'amal', secret: '258036' })).toEqual(refused);
  expect(await till.ask('setup.demonstration', { language: 'ar', accounts: 10 })).toEqual(refused);
  const payment = cashPayment({ accountId: 1, allocations: [{ billId: 1, minor: 1 }] });
  expect(await till.ask('payments.take', payment)).toEqual(refused);
  await till.close();
  expect(fingerprint(folder)).toEqual(before);
  removeFolder(folder);
}

type Harm = [name: string, reason: FatalReason, harm: (folder: string) => void];
const edit =
  (sql: string) =>
  (folder: string): void =>
    forge(folder, (db) => void db.exec(sql));
const lastEntry = '(SELECT max(sequence) FROM journal)';

const harms: Harm[] = [
  ['of the sketch before the first version', 'sketch', edit('PRAGMA user_version = 1')],
  ['of a newer program', 'newerSchema', edit('PRAGMA user_version = 99')],
  [
    'of another program, with a version of its own',
    'notSanduq',
    edit('PRAGMA application_id = 7; PRAGMA user_version = 99'),
  ],
  [
    'that is an empty database',
    'notSanduq',
    (folder) => {
      rmSync(databaseOf(folder));
      const db = new Database(databaseOf(folder));
      db.exec('CREATE TABLE something (x)');
      db.close();
    },
  ],
  ['of no length beside its key', 'damaged', (folder) => truncateSync(databaseOf(folder), 0)],
  ['cut off in the middle', 'damaged', (folder) => truncateSync(databaseOf(folder), 64 * 1024)],
  ['that is gone, its key is there', 'missing', (folder) => rmSync(databaseOf(folder))],
  [
    'that is gone with its key, backups are there',
    'missing',
    (folder) => {
      rmSync(databaseOf(folder));
      rmSync(join(folder, 'till.key'));
      mkdirSync(join(folder, 'backups'));
      writeFileSync(join(folder, 'backups', 'sanduq-schema1.db'), 'x');
    },
  ],
  [
    'that is gone, its WAL is there',
    'missing',
    (folder) => {
      rmSync(databaseOf(folder));
      rmSync(join(folder, 'till.key'));
      writeFileSync(`${databaseOf(folder)}-wal`, 'x');
    },
  ],
  [
    'that is a folder',
    'unreadable',
    (folder) => {
      rmSync(databaseOf(folder));
      mkdirSync(databaseOf(folder));
    },
  ],
  ['with a damaged first page', 'damaged', (folder) => overwrite(folder, 0, 100)],
  ['with damaged schema pages', 'damaged', (folder) => overwrite(folder, 100, 3000)],
  ['whose journal cannot be read', 'damaged', (folder) => damagePage(folder, rootPage(folder, 'journal'))],
  ['whose journal is empty', 'journalBroken', edit('DELETE FROM journal')],
  [
    'whose last entry was changed',
    'journalBroken',
    edit(
      `UPDATE journal SET text = replace(text, 'till.stopped', 'till.started') WHERE sequence = ${lastEntry}`,
    ),
  ],
  [
    'whose last signature was changed',
    'journalBroken',
    edit(`UPDATE journal SET signature = randomblob(64) WHERE sequence = ${lastEntry}`),
  ],
  [
    'whose last entry but one is gone',
    'journalBroken',
    edit(`DELETE FROM journal WHERE sequence = ${lastEntry} - 1`),
  ],
  ['whose key is gone', 'keyMissing', (folder) => rmSync(join(folder, 'till.key'))],
  ['whose key is no key', 'keyUnreadable', (folder) => writeFileSync(join(folder, 'till.key'), 'not a key')],
  ['whose key is cut off', 'keyUnreadable', (folder) => truncateSync(join(folder, 'till.key'), 40)],
  [
    'whose key names another key',
    'keyUnreadable',
    (folder) => {
      const file = join(folder, 'till.key');
      const key = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...key, keyId: '0'.repeat(16) }));
    },
  ],
  [
    'whose key is another till’s',
    'keyMismatch',
    (folder) => {
      rmSync(join(folder, 'till.key'));
      createTillKey(join(folder, 'till.key'), fileProtection);
    },
  ],
];

describe('no money is taken on a database, and it is left byte for byte,', () => {
  test.each(harms)('%s', async (_, reason, harm) => {
    const folder = copyFolder(sound);
    harm(folder);
    await expectRefused(folder, reason);
  });

  test('whose money tables are damaged after an unclean end', async () => {
    const folder = copyFolder(sound);
    forge(folder, (db) => db.exec(`UPDATE file_marks SET value = '0' WHERE key = 'clean_shutdown'`));
    damagePage(folder, rootPage(folder, 'payment_lines'));
    await expectRefused(folder, 'damaged');
  });

  test('that another program holds', { timeout: 30_000 }, async () => {
    const folder = copyFolder(sound);
    const other = new Database(databaseOf(folder));
    other.exec('BEGIN IMMEDIATE');
    const till = startCounter({ folder });
    expect((await till.call('app.status', {})).fatal?.reason).toBe('locked');
    await till.close();
    other.exec('ROLLBACK');
    other.close();
    const later = startCounter({ folder });
    expect((await later.call('app.status', {})).phase).toBe('ready');
    await later.close();
    removeFolder(folder);
  });
});

describe('after a power cut, what the WAL holds stays in it', () => {
  const harmed: Harm[] = [
    ['when the key is gone', 'keyMissing', (folder) => rmSync(join(folder, 'till.key'))],
    [
      'when the money tables are damaged',
      'damaged',
      // Not written since the shift was opened: no newer page of it is in the WAL.
      (folder) => damagePage(folder, rootPage(sound, 'shifts')),
    ],
  ];
  test.each(harmed)('%s', async (_, reason, harm) => {
    const folder = copyFolder(cutOff);
    expect(Object.keys(fingerprint(folder))).toContain('sanduq.db-wal');
    harm(folder);
    await expectRefused(folder, reason);
  });

  test('and a sound file starts with all that was confirmed', async () => {
    const folder = copyFolder(cutOff);
    const till = startCounter({ folder });
    expect((await till.call('app.status', {})).phase).toBe('ready');
    await till.call('session.signIn', { login: 'amal', secret: '258036' });
    expect(await till.call('receipts.find', { text: '', limit: 5 })).toHaveLength(1);
    expect((await till.call('shifts.current', {}))?.receiptCount).toBe(1);
    await till.close();
    removeFolder(folder);
  });
});

test('a first run that was cut off before its end begins again, with the key that it made', async () => {
  const folder = temporaryFolder();
  const first = startCounter({ folder });
  expect((await first.call('app.status', {})).phase).toBe('firstRun');
  await first.close();
  const key = createTillKey(join(folder, 'till.key'), fileProtection);
  const second = startCounter({ folder });
  await second.call('setup.demonstration', { language: 'ar', accounts: 10 });
  await second.call('session.signIn', { login: 'nader', secret: '507162' });
  expect((await second.call('audit.publicKey', {})).keyId).toBe(key.keyId);
  await second.close();
  removeFolder(folder);
});

test('an empty folder and an empty file without a key are a first run', async () => {
  const folder = temporaryFolder();
  writeFileSync(databaseOf(folder), '');
  const till = startCounter({ folder });
  expect((await till.call('app.status', {})).phase).toBe('firstRun');
  await till.close();
  expect(readdirSync(folder)).toContain('sanduq.db');
  removeFolder(folder);
});

test('a till whose folder was moved with all in it goes on', async () => {
  const folder = temporaryFolder();
  cpSync(sound, join(folder, 'moved'), { recursive: true });
  const till = startCounter({ folder: join(folder, 'moved') });
  expect((await till.call('app.status', {})).phase).toBe('ready');
  await till.close();
  removeFolder(folder);
});
