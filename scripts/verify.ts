import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';
import type { WriteDb } from '../electron/db/connection.ts';
import { applicationId, migrate, schemaVersion } from '../electron/db/migrate.ts';
import { migrations } from '../electron/db/migrations/index.ts';
import { openReadOnly } from '../electron/db/open.ts';
import { keyIdOf } from '../electron/journal/tillKey.ts';
import { verifyDatabase } from '../electron/journal/verify.ts';
import { firstDamage } from '../electron/storage/check.ts';
import { storageReason } from '../electron/storage/fault.ts';
import type { Currency } from '../shared/domain/money.ts';
import { formatMoney } from '../shared/domain/money.ts';

/*
 * `npm run verify -- FILE`: reads a till's whole journal against its money, without the program and without writing.
 * Ends with 0 when all is sound, 1 when something is wrong, 2 when there is nothing to judge.
 */

const usage = `usage: npm run verify -- FILE [--key PUBLIC-KEY.pem]
  FILE   sanduq.db, or the folder in which it lies
  --key  the till's public key as exported from Audit: every entry must be signed with it`;

type Database = ReturnType<typeof openReadOnly>;

/** Nothing that can be judged: not a verdict about the journal. */
class NothingToJudge extends Error {}

function databaseIn(path: string): string {
  if (!existsSync(path)) throw new NothingToJudge(`there is no ${path}`);
  if (!statSync(path).isDirectory()) return path;
  const file = [join(path, 'sanduq.db'), join(path, 'data', 'sanduq.db')].find((one) => existsSync(one));
  if (file === undefined) throw new NothingToJudge(`there is no sanduq.db in ${path}`);
  return file;
}

/**
 * A connection that leaves the file and its folder as they are. A file with a WAL may be in use and is read where it
 * lies; from any other SQLite would leave an empty WAL beside it, so a copy is read. A file of an older schema (a backup
 * that was made before a change of it) is read as a copy that is brought to ours.
 */
function openUntouched(file: string): { db: Database; close: () => void } {
  const wal = `${file}-wal`;
  if (!existsSync(wal) || statSync(wal).size === 0) return openCopy((copy) => copyFileSync(file, copy));
  const db = openReadOnly(file);
  if (!isOlder(db)) return { db, close: () => db.close() };
  return openCopy((copy) => {
    db.prepare('VACUUM INTO ?').run(copy);
    db.close();
  });
}

function openCopy(write: (copy: string) => void): { db: Database; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sanduq-verify-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const copy = join(folder, 'sanduq.db');
    write(copy);
    bringUp(copy);
    const db = openReadOnly(copy);
    return {
      db,
      close() {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What the copy lacks of our schema is added to it, as the program would. */
function bringUp(copy: string): void {
  const looked = openReadOnly(copy);
  const [older, version] = [isOlder(looked), schemaVersion(looked)];
  looked.close();
  if (!older) return;
  console.log(`schema    ${version}: an older one; a copy of the file is brought to ours first`);
  const db = new SqliteDatabase(copy) as WriteDb;
  try {
    migrate(db, migrations, () => {});
  } finally {
    db.close();
  }
}

function isOlder(db: Database): boolean {
  const [first, last] = [migrations[0]?.version ?? 0, migrations.at(-1)?.version ?? 0];
  const version = schemaVersion(db);
  return (
    db.pragma('application_id', { simple: true }) === applicationId && version >= first && version < last
  );
}

/** The key that the till is known to have: given, or named in the key file beside the database. */
function expectedKeyId(file: string, pemFile: string | undefined): string | null {
  if (pemFile !== undefined) {
    const key = createPublicKey(readFileSync(pemFile));
    return keyIdOf(key.export({ type: 'spki', format: 'der' }));
  }
  const keyFile = join(dirname(file), 'till.key');
  if (!existsSync(keyFile)) return null;
  return z.looseObject({ keyId: z.string() }).parse(JSON.parse(readFileSync(keyFile, 'utf8'))).keyId;
}

/** Prints what was found. @returns whether all of it is sound */
function judge(db: Database, expectedKey: string | null): boolean {
  if (db.pragma('application_id', { simple: true }) !== applicationId)
    throw new NothingToJudge('this is not a database of Sanduq');
  const signed = db
    .prepare<[], { till: string; key: string }>(
      `SELECT json_extract(text, '$.till') AS till, json_extract(text, '$.key') AS key FROM journal ORDER BY sequence LIMIT 1`,
    )
    .get();
  if (signed === undefined) throw new NothingToJudge('its journal is empty: no first run was finished');
  const report = verifyDatabase(db);
  const totals = db
    .prepare<[], { currency: Currency; minor: number }>(
      'SELECT currency, sum(total_minor) AS minor FROM payments GROUP BY currency ORDER BY currency',
    )
    .all()
    .map(({ currency, minor }) => `${formatMoney({ minor, currency })} ${currency}`);
  console.log(`till      ${signed.till}, key ${signed.key}`);
  console.log(`entries   ${report.entries} sound, head ${report.head}`);
  console.log(
    `receipts  ${report.receipts} sound${totals.length === 0 ? '' : `; taken ${totals.join(', ')}`}`,
  );

  const problems: string[] = [];
  if (report.firstProblem !== null) {
    const { sequence, kind, detail } = report.firstProblem;
    problems.push(`${sequence === null ? 'the whole' : `entry ${sequence}`}: ${kind} (${detail})`);
  }
  if (expectedKey !== null && signed.key !== expectedKey)
    problems.push(`entry 1: signatureWrong (signed with ${signed.key}, the till's key is ${expectedKey})`);
  const damage = problems.length === 0 ? firstDamage(db) : null;
  if (damage !== null) problems.push(`the file: damaged (${damage})`);
  for (const problem of problems) console.log(`WRONG     ${problem}`);
  if (problems.length === 0)
    console.log(
      expectedKey === null
        ? 'OK        sound in itself; compare the key with the one that the till exported'
        : 'OK        chain, signatures, number series, money and file are sound',
    );
  return problems.length === 0;
}

function main(): number {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (values.help === true || path === undefined || more.length > 0) throw new NothingToJudge(usage);
  const file = databaseIn(resolve(path));
  const expectedKey = expectedKeyId(file, values.key);
  console.log(`reading   ${file}`);
  const opened = openUntouched(file);
  try {
    return judge(opened.db, expectedKey) ? 0 : 1;
  } finally {
    opened.close();
  }
}

try {
  process.exitCode = main();
} catch (error) {
  const reason = storageReason(error);
  if (reason === 'damaged') {
    console.log(`WRONG     the file: damaged (${String(error)})`);
    process.exitCode = 1;
  } else {
    console.error(error instanceof NothingToJudge ? error.message : `it can't be judged: ${String(error)}`);
    process.exitCode = 2;
  }
}
