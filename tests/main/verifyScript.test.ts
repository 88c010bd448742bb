import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
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
import type { TestCounter } from '../helpers/counter.ts';
import { accountAfter, paymentOf } from '../helpers/payments.ts';
import { fingerprint } from '../helpers/fingerprint.ts';
import { damagePage, forge, rootPage } from '../helpers/forge.ts';

const script = fileURLToPath(new URL('../../scripts/verify.ts', import.meta.url));

function verify(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

let till: TestCounter;
let closed: string;
beforeAll(async () => {
  const municipality = await makeMunicipality();
  till = startCounter({ folder: municipality });
  await startDay(till);
  let account = await accountWithBills(till, 3);
  for (let paid = 0; paid < 2; paid += 1)
    account = accountAfter(await till.call('payments.take', paymentOf(account)));
  await till.close();
  closed = copyFolder(municipality);
  till = startCounter({ folder: municipality });
  await signIn(till, 'amal');
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
  removeFolder(closed);
});

test('a till in use verifies beside the running program, which goes on taking money', async () => {
  const before = fingerprint(till.folder);
  const { status, said } = verify(till.folder);
  expect(said).toMatch(/OK\s+chain, signatures, number series, money and file are sound/);
  expect(said).toMatch(/receipts\s+2 sound; taken [\d,.]+ ILS/);
  expect(status).toBe(0);
  expect(fingerprint(till.folder)).toEqual(before);
  const account = await accountWithBills(till, 1);
  expect((await till.ask('payments.take', paymentOf(account))).ok).toBe(true);
});

test('a closed file verifies by its own path; the folder is left as it was, not a file more', () => {
  const [names, before] = [readdirSync(closed), fingerprint(closed)];
  const { status, said } = verify(join(closed, 'sanduq.db'));
  expect(said).toMatch(/receipts\s+2 sound/);
  expect(status).toBe(0);
  expect(readdirSync(closed)).toEqual(names);
  expect(fingerprint(closed)).toEqual(before);
});

test.each([
  ['a backup', (): void => {}],
  // As a till that was killed leaves it: the last writes are in the WAL.
  [
    'a file with a WAL',
    (db: Database.Database): void => void db.exec('CREATE TABLE kept (one); DROP TABLE kept'),
  ],
])('%s of an older schema verifies as a copy, and is left as it was', (_, write) => {
  const copy = copyFolder(closed);
  const file = join(copy, 'sanduq.db');
  const db = new Database(file);
  db.exec('DROP TABLE logo; DROP TABLE cheque_pictures; PRAGMA user_version = 10');
  db.pragma('wal_checkpoint(TRUNCATE)');
  write(db);
  const before = fingerprint(copy);
  const { status, said } = verify(copy);
  expect(said).toMatch(/schema\s+10: an older one/);
  expect(said).toMatch(/receipts\s+2 sound/);
  expect(status).toBe(0);
  expect(fingerprint(copy)).toEqual(before);
  db.close();
  removeFolder(copy);
});

test('a changed amount ends with 1 and names the entry', () => {
  const copy = copyFolder(closed);
  let sequence = 0;
  forge(copy, (db) => {
    sequence = Number(
      db
        .prepare(
          `SELECT sequence FROM journal WHERE act = 'payment.taken' ORDER BY sequence LIMIT 1 OFFSET 1`,
        )
        .pluck()
        .get(),
    );
    db.prepare('UPDATE payments SET total_minor = total_minor + 1 WHERE receipt_sequence = 2').run();
  });
  const { status, said } = verify(copy);
  expect(said).toContain(`WRONG     entry ${sequence}: rowsDiffer`);
  expect(status).toBe(1);
  removeFolder(copy);
});

test('a damaged page ends with 1', () => {
  const copy = copyFolder(closed);
  damagePage(copy, rootPage(copy, 'citizens_by_phone'));
  const { status, said } = verify(copy);
  expect(said).toMatch(/WRONG {5}the file: damaged/);
  expect(status).toBe(1);
  removeFolder(copy);
});

test('a key that is not the till’s ends with 1; the exported one with 0', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const folder = temporaryFolder();
  const [own, other] = [join(folder, 'own.pem'), join(folder, 'other.pem')];
  const { privateKey } = loadTillKey(join(closed, 'till.key'), fileProtection);
  writeFileSync(own, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }));
  writeFileSync(other, publicKey.export({ type: 'spki', format: 'pem' }));
  expect(verify(closed, '--key', own).status).toBe(0);
  const { status, said } = verify(closed, '--key', other);
  expect(said).toMatch(/WRONG {5}entry 1: signatureWrong/);
  expect(status).toBe(1);
  removeFolder(folder);
});

test('a file without its key beside it is sound in itself, and says that the key is to be compared', () => {
  const folder = temporaryFolder();
  cpSync(join(closed, 'sanduq.db'), join(folder, 'copy.db'));
  const { status, said } = verify(join(folder, 'copy.db'));
  expect(said).toMatch(/OK\s+sound in itself; compare the key/);
  expect(status).toBe(0);
  removeFolder(folder);
});

test('where there is nothing to judge it ends with 2 and says why', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'notes.txt'), 'not a database at all, but longer than a header '.repeat(4));
  const cases: [string[], RegExp][] = [
    [[], /usage: npm run verify/],
    [['--nonsense'], /can't be judged/],
    [[join(folder, 'gone.db')], /there is no/],
    [[folder], /there is no sanduq\.db/],
    [[join(folder, 'notes.txt')], /can't be judged/],
  ];
  for (const [args, why] of cases) {
    const { status, said } = verify(...args);
    expect(said).toMatch(why);
    expect(status).toBe(2);
  }
  removeFolder(folder);
});
