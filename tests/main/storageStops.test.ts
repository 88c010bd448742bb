import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test, vi } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import type * as open from '../../electron/db/open.ts';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { cashPayment, paymentOf } from '../helpers/payments.ts';
import { damagePage, rootPage } from '../helpers/forge.ts';
import { written } from '../helpers/written.ts';

/** The counter's own connection, to set SQLite's own limits on it: everything else is as it is shipped. */
const own = vi.hoisted(() => ({ db: undefined as WriteDb | undefined }));
vi.mock(import('../../electron/db/open.ts'), async (original) => {
  const real: typeof open = await original();
  return {
    ...real,
    openDatabase: (...args) => {
      const opened = real.openDatabase(...args);
      own.db = opened.db;
      return opened;
    },
  };
});

let municipality: string;
let till: TestCounter;
let account: AccountView;
beforeAll(async () => {
  municipality = await makeMunicipality();
});
afterAll(() => removeFolder(municipality));
beforeEach(async () => {
  till = startCounter({ folder: copyFolder(municipality) });
  await startDay(till);
  account = await accountWithBills(till, 3);
});
afterEach(async () => {
  await till.close();
  removeFolder(till.folder);
});

const fatalEvents = () => till.events.filter(({ name }) => name === 'fatal').map(({ payload }) => payload);

test(
  'while another program writes, a payment is refused whole; afterwards the same request is paid once',
  { timeout: 30_000 },
  async () => {
    const other = new Database(join(till.folder, 'sanduq.db'));
    other.exec('BEGIN IMMEDIATE');
    const before = written(till.folder);
    const request = paymentOf(account);
    const refused = await till.ask('payments.take', request);
    other.exec('ROLLBACK');
    other.close();
    expect(refused).toEqual({ ok: false, code: 'storage.stopped', params: { reason: 'locked' } });
    expect(written(till.folder)).toEqual(before);
    expect(fatalEvents()).toEqual([]);
    const taken = await till.call('payments.take', request);
    expect(taken.wasAlreadyTaken).toBe(false);
    expect((await till.call('payments.take', request)).receipt).toEqual(taken.receipt);
  },
);

test('when the disk is full the payment is refused whole and no other is taken; with room again nothing is missing', async () => {
  const db = own.db;
  if (db === undefined) throw new Error('no connection');
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
  const [bill] = account.openBills;
  const confirmed: string[] = [];
  let before = written(till.folder);
  let refused: unknown;
  for (let paid = 0; paid < 300 && refused === undefined; paid += 1) {
    before = written(till.folder);
    const part = cashPayment({ accountId: account.id, allocations: [{ billId: bill?.id ?? 0, minor: 1 }] });
    const reply = await till.ask('payments.take', part);
    if (reply.ok) confirmed.push(reply.value.receipt.number);
    else refused = reply;
  }
  expect(refused).toEqual({ ok: false, code: 'storage.stopped', params: { reason: 'full' } });
  expect(written(till.folder)).toEqual(before);
  expect(fatalEvents()).toMatchObject([{ reason: 'full' }]);
  expect(await till.ask('payments.take', paymentOf(account))).toEqual(refused);
  expect((await till.call('app.status', {})).phase).toBe('fatal');
  await till.close();

  till = startCounter({ folder: till.folder });
  await signIn(till, 'amal');
  const found = await till.call('receipts.find', { text: '', limit: 200 });
  expect(found.map(({ number }) => number).toReversed()).toEqual(confirmed.slice(-200));
  expect((await till.ask('payments.take', paymentOf(await accountWithBills(till, 1)))).ok).toBe(true);
  const reader = openReadOnly(join(till.folder, 'sanduq.db'));
  expect(verifyDatabase(reader).firstProblem).toBeNull();
  reader.close();
});

test(
  'damage anywhere in the file is found behind the counter’s back, and no money is taken from then on',
  { timeout: 90_000 },
  async () => {
    await till.close();
    damagePage(till.folder, rootPage(till.folder, 'account_services'));
    till = startCounter({ folder: till.folder, firstCheckMs: 2_000 });
    await signIn(till, 'amal');
    expect((await till.call('app.status', {})).phase).toBe('ready');
    await vi.waitFor(() => expect(fatalEvents()).toMatchObject([{ reason: 'damaged' }]), {
      timeout: 60_000,
      interval: 100,
    });
    const before = written(till.folder);
    expect(await till.ask('payments.take', paymentOf(account))).toEqual({
      ok: false,
      code: 'storage.stopped',
      params: { reason: 'damaged' },
    });
    expect(written(till.folder)).toEqual(before);
    chmodSync(join(till.folder, 'sanduq.db'), 0o644);
  },
);

test('a file that may not be written stops the start and is left alone', { timeout: 30_000 }, async () => {
  await till.close();
  // Root may write anything: there the counter runs as nobody.
  const isRoot = process.getuid?.() === 0;
  for (const name of readdirSync(till.folder)) {
    const file = join(till.folder, name);
    chmodSync(file, name === 'sanduq.db' ? 0o444 : 0o666);
    if (isRoot && name !== 'sanduq.db') chownSync(file, 65_534, 65_534);
  }
  chmodSync(till.folder, 0o777);
  const before = written(till.folder);
  const script = fileURLToPath(new URL('../helpers/startOnce.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script, till.folder], {
    encoding: 'utf8',
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  expect(JSON.parse(stdout || '{}'), stderr).toMatchObject({
    phase: 'fatal',
    fatal: { reason: 'readOnly' },
  });
  expect(written(till.folder)).toEqual(before);
  chmodSync(join(till.folder, 'sanduq.db'), 0o644);
});
