import { createHash, randomUUID } from 'node:crypto';
import {
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tx, WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { closeDatabase, openDatabase } from '../../electron/db/open.ts';
import { generateDemonstration } from '../../electron/demonstration/generate.ts';
import { createJournal } from '../../electron/journal/append.ts';
import { createSigningBeside } from '../../electron/journal/signing.ts';
import type { TillKey } from '../../electron/journal/tillKey.ts';
import { createTillKey, fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import {
  demonstrationPeople,
  demonstrationSettings,
  demonstrationTill,
} from '../../electron/setup/demonstrationPeople.ts';
import { createSecrets } from '../../electron/sessions/secret.ts';
import { insertInstallation } from '../../electron/setup/installation.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import { findUserByLogin, personOf, prepareUser } from '../../electron/users/users.ts';
import type { Person } from '../../shared/ipc/contract.ts';

const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache/bench');

/** What decides the file's content: another text of any of these is another file. */
const sources = [
  'electron/db/migrations',
  'electron/demonstration',
  'electron/setup',
  'electron/accounts/catalogue.ts',
  'electron/accounts/searchIndex.ts',
  'shared/domain/folding.ts',
  'shared/domain/digits.ts',
];

/** The municipality ends on a fixed day, so that the file can be kept. */
const today = '2026-11-01';
const cashierLogin = 'amal';

export type Size = { readonly accounts: number; readonly billsPerAccount: number };
/** A municipality, and the folder that its copy is to lie in (the cache where none is named). */
export type Place = Size & { readonly diskFolder: string | null };

export type WorkFolder = {
  /** As `--user-data-dir`; the counter's own folder is `data` in it. */
  readonly userData: string;
  readonly folder: string;
  readonly remove: () => void;
};

export type OpenedTill = Awaited<ReturnType<typeof openTill>>;

/**
 * A copy of the municipality to measure on, with an open shift: the kept file stays clean.
 * @param say tells the person what takes long
 */
export async function makeWorkFolder(
  { diskFolder, ...size }: Place,
  say: (text: string) => void,
): Promise<WorkFolder> {
  const kept = await ensureMunicipality(size, say);
  removeLeftOver();
  const userData = mkdtempSync(join(diskFolder ?? cache, `work-${process.pid}-`));
  const folder = join(userData, 'data');
  mkdirSync(folder);
  const remove = () => rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  for (const name of ['sanduq.db', 'till.key'])
    await copyFile(join(kept, name), join(folder, name), constants.COPYFILE_FICLONE);
  const till = await openTill(folder);
  const counts = [{ currency: 'ILS' as const, denominationMinor: 1000, isWorn: false, quantity: 20 }];
  const opening = { requestId: randomUUID(), till: till.till, counts, isSure: true };
  transact(till.db, (tx) => openShiftWith(tx, till.journal, opening, till.cashier, Date.now()));
  await closeTill(till);
  return { userData, folder, remove };
}

/** The data folder's parts as the counter has them: started, and closed with closeTill. */
export async function openTill(folder: string) {
  const { db } = openDatabase(placeOf(folder), () => {
    throw new Error('the municipality has an older schema');
  });
  const own = loadTillKey(placeOf(folder).keyFile, fileProtection);
  const signing = createSigningBeside(join(root, 'electron/journal/signWorker.ts'), own.privateKey);
  await signing.warmUp();
  const key: TillKey = { ...own, sign: signing.sign };
  const journal = createJournal(db, key, demonstrationTill, Date.now);
  return { db, key, journal, signing, till: demonstrationTill, cashier: findCashier(db) };
}

export async function closeTill({ db, signing }: OpenedTill): Promise<void> {
  closeDatabase(db);
  await signing.close();
}

export const cashier = { login: cashierLogin, pin: pinOf(cashierLogin) };
export const administrator = { login: 'admin', pin: pinOf('admin') };

function pinOf(login: string): string {
  const person = demonstrationPeople.find((one) => one.login === login);
  if (person === undefined) throw new Error(`nobody called ${login}`);
  return person.pin;
}

function findCashier(db: WriteDb): Person {
  const user = findUserByLogin(db, cashierLogin);
  if (user === null) throw new Error('the municipality has no cashier');
  return personOf(user);
}

/** Copies of benches that were killed. */
function removeLeftOver(): void {
  for (const name of readdirSync(cache)) {
    const pid = /^work-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there, but is not ours to signal.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function ensureMunicipality(size: Size, say: (text: string) => void): Promise<string> {
  const suffix = `-${size.accounts}x${size.billsPerAccount}`;
  const kept = join(cache, hashSources() + suffix);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  // Made from sources that are no more: a full one takes about a gigabyte.
  for (const name of readdirSync(cache))
    if (name.endsWith(suffix)) rmSync(join(cache, name), { recursive: true, force: true });
  const part = mkdtempSync(join(cache, 'part-'));
  try {
    await generate(part, size, say);
    renameSync(part, kept);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return kept;
}

async function generate(folder: string, size: Size, say: (text: string) => void): Promise<void> {
  const bills = size.accounts * size.billsPerAccount;
  say(`making ${size.accounts} accounts with about ${bills} bills, once …`);
  const { db } = openDatabase(placeOf(folder), () => {
    throw new Error('a new file has nothing to migrate');
  });
  const key = createTillKey(placeOf(folder).keyFile, fileProtection);
  const secrets = createSecrets(join(root, 'electron/sessions/secretWorker.ts'));
  const users = await Promise.all(
    demonstrationPeople.map(({ pin, ...person }) => prepareUser(secrets, { ...person, secret: pin })),
  );
  await secrets.close();
  let saidTenths = 0;
  await generateDemonstration(db, {
    ...size,
    today,
    onProgress(done, total) {
      const tenths = Math.floor((done / total) * 10);
      if (tenths > saidTenths) say(`  ${tenths * 10} %`);
      saidTenths = tenths;
    },
    finish: (tx) => {
      insertInstallation(tx as Tx & WriteDb, {
        installation: { till: demonstrationTill, isDemonstration: true },
        settings: demonstrationSettings('ar'),
        key,
        users,
        clock: Date.now,
      });
    },
  });
  closeDatabase(db);
}

function placeOf(folder: string) {
  return {
    databaseFile: join(folder, 'sanduq.db'),
    keyFile: join(folder, 'till.key'),
    backupFolder: join(folder, 'backups'),
  };
}

function hashSources(): string {
  const hash = createHash('sha256');
  hash.update(today);
  for (const name of sources) addToHash(hash, name);
  return hash.digest('hex').slice(0, 12);
}

function addToHash(hash: ReturnType<typeof createHash>, name: string): void {
  const path = join(root, name);
  if (statSync(path).isDirectory()) {
    for (const inside of readdirSync(path).sort()) addToHash(hash, `${name}/${inside}`);
  } else hash.update(`${name}\0`).update(readFileSync(path));
}
