import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import type { Migration } from '../../electron/db/migrate.ts';
import { applicationId, migrate, schemaVersion } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';
import { firstDamage } from '../../electron/storage/check.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import { closing } from '../helpers/days.ts';
import { paymentOf } from '../helpers/payments.ts';
import { countAndClose } from '../helpers/shifts.ts';
import { written } from '../helpers/written.ts';

/** Migrations of a program to come. */
const later = vi.hoisted((): Migration[] => []);
vi.mock(import('../../electron/db/migrations/index.ts'), async (original) => {
  const real = await original();
  return {
    get migrations() {
      return [...real.migrations, ...later];
    },
  };
});

let folder: string;
beforeAll(async () => {
  folder = await makeMunicipality();
  const till = startCounter({ folder });
  await startDay(till);
  await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  await till.close();
});
afterAll(() => removeFolder(folder));

/** The version before it was a sketch that is refused. */
const first = migrations[0]?.version ?? 1;
const newest = (): number => migrations[migrations.length - later.length - 1]?.version ?? 0;
const nextVersion = (): number => newest() + 1;
const upTo = (version: number): readonly Migration[] => migrations.filter((one) => one.version <= version);
const sound = (): Migration => ({
  version: nextVersion(),
  name: 'remarks',
  sql: `CREATE TABLE remarks (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
        INSERT INTO remarks (text) SELECT receipt_number FROM payments;`,
});
/** Fails half-way, after it has changed something. */
const broken = (): Migration => ({
  version: nextVersion(),
  name: 'broken',
  sql: `CREATE TABLE half_done (id INTEGER PRIMARY KEY) STRICT;
        DROP TABLE settings;
        INSERT INTO nowhere VALUES (1);`,
});

/** Everything in a file: its schema and every row. */
function dump(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
    const tables = db
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()]);
    return { version: db.pragma('user_version', { simple: true }), schema, rows };
  } finally {
    db.close();
  }
}

/** Undoes what 0009Printing did to a file: papers of payments alone, one printer, no drawer. */
function beforePrinting(file: Database.Database): void {
  const old = new Database(':memory:') as WriteDb;
  migrate(old, upTo(8), () => {});
  const schema = old
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE tbl_name IN ('print_jobs', 'saved_documents') AND sql IS NOT NULL
         ORDER BY type = 'table' DESC, tbl_name`,
    )
    .all();
  old.close();
  const jobs = `id, request_id, document, payment_id, copy_number, content, reason, user_id, state, attempts, problem,
    bitmap, bitmap_width, bitmap_height, created_at_ms, changed_at_ms`;
  file.pragma('foreign_keys = OFF');
  file.exec(`
    CREATE TEMP TABLE kept AS SELECT ${jobs} FROM print_jobs;
    DROP TABLE logo; DROP TABLE cheque_pictures; DROP TABLE print_jobs; DROP TABLE saved_documents; DROP TABLE drawer_openings;
    DELETE FROM settings WHERE key IN ('printers', 'routes');
    INSERT INTO settings VALUES ('printer', '{"host":"","port":9100,"dotsPerLine":576}', 0);`);
  const [table = '', ...rest] = schema.map(({ sql }) => sql);
  file.exec(`${table}; INSERT INTO print_jobs (${jobs}) SELECT * FROM kept; DROP TABLE kept`);
  for (const sql of rest) file.exec(sql);
  file.pragma('user_version = 8');
}

test('the migrations are numbered upwards', () => {
  const versions = migrations.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  const db = new Database(':memory:') as WriteDb;
  for (const wrong of [
    [...migrations, { ...sound(), version: newest() }],
    [...migrations, { ...sound(), version: 1 }],
  ])
    expect(() => migrate(db, wrong, () => {})).toThrow('out of order');
  db.close();
});

test.each(migrations.map((migration) => [migration.name, migration.version] as const))(
  '%s brings a file of the version before up to %i, sound and with a backup',
  (_, version) => {
    const db = new Database(':memory:') as WriteDb;
    migrate(db, upTo(version - 1), () => {});
    const backup = vi.fn<() => void>();
    migrate(db, upTo(version), backup);
    // An empty file holds nothing to back up.
    expect(backup).toHaveBeenCalledTimes(version === first ? 0 : 1);
    expect(schemaVersion(db)).toBe(version);
    expect(db.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(firstDamage(db)).toBeNull();
    migrate(db, upTo(version), backup);
    expect(backup).toHaveBeenCalledTimes(version === first ? 0 : 1);
    db.close();
  },
);

test('what a column may be is said one by one, and the same is refused as before', () => {
  const old = new Database(':memory:') as WriteDb;
  migrate(old, upTo(12), () => {});
  const now = new Database(':memory:') as WriteDb;
  migrate(now, migrations, () => {});
  const words = (db: WriteDb): string =>
    db
      .prepare(`SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type <> 'trigger'`)
      .pluck()
      .get() as string;
  const list = /\w+ IN \(('\w+'(?:,\s*'\w+'){2,})\)/g;
  expect(words(old).match(list)?.length).toBeGreaterThan(15);
  // A list builds a table at each insert; a new one is written the long way too.
  expect(words(now).match(list)).toBeNull();
  for (const db of [old, now]) {
    db.exec(`INSERT INTO categories VALUES ('home', 'منزلي', 'Home');
      INSERT INTO citizens (id, name) VALUES (1, 'أمل');
      INSERT INTO accounts (id, number, citizen_id, category_code, as_of_ms) VALUES (1, '1', 1, 'home', 0)`);
    db.pragma('foreign_keys = OFF');
    for (const kind of tenderKinds) expect([kind, isTaken(db, kind)]).toEqual([kind, true]);
    for (const kind of ['gold', 'Cash', '', null]) expect([kind, isTaken(db, kind)]).toEqual([kind, false]);
    expect(() => db.prepare(`UPDATE sqlite_schema SET sql = ''`).run()).toThrow('may not be modified');
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  }
});

test('what is written for a payment is not read as JSON again, and what is no JSON is refused all the same', () => {
  const words = (db: WriteDb): string =>
    db
      .prepare(`SELECT sql FROM sqlite_schema WHERE name IN ('journal', 'print_jobs') ORDER BY name`)
      .pluck()
      .all()
      .join();
  for (const [version, checked] of [
    [13, 2],
    [newest(), 1],
  ] as const) {
    const db = new Database(':memory:') as WriteDb;
    migrate(db, upTo(version), () => {});
    expect(words(db).match(/json_valid/g)).toHaveLength(checked);
    db.pragma('foreign_keys = OFF');
    const append = db.prepare(
      'INSERT INTO journal (text, hash, signature) VALUES (?, zeroblob(32), zeroblob(64))',
    );
    for (const broken of ['', 'no', '{"act":', '{"body":{}}']) expect(() => append.run(broken)).toThrow();
    append.run('{"act":"till.started"}');
    const insert = db.prepare(
      `INSERT INTO print_jobs (document, subject_id, title, copy_number, content, user_id, state, created_at_ms, changed_at_ms)
         VALUES ('dayReport', ?, 'D', 0, ?, 1, 'intended', 0, 0)`,
    );
    for (const broken of ['', 'no', null]) expect(() => insert.run(1, broken)).toThrow();
    insert.run(1, '{}');
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  }
});

let lastLine = 0;
function isTaken(db: WriteDb, kind: string | null): boolean {
  try {
    lastLine += 1;
    db.prepare(
      `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor, details)
         VALUES (1, ?, ?, 'ILS', 1, 1, iif(? = 'cash', NULL, '{}'))`,
    ).run(lastLine, kind, kind);
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}

test('the next program backs the file up, migrates it and goes on', async () => {
  const copy = copyFolder(folder);
  const before = written(copy);
  later.push(sound());
  try {
    const till = startCounter({ folder: copy });
    expect((await till.call('app.status', {})).phase).toBe('ready');
    await till.close();
  } finally {
    later.length = 0;
  }
  const db = openReadOnly(join(copy, 'sanduq.db'));
  expect(db.pragma('user_version', { simple: true })).toBe(nextVersion());
  expect(db.prepare('SELECT count(*) AS n FROM remarks').get()).toEqual({ n: 1 });
  expect(verifyDatabase(db).firstProblem).toBeNull();
  db.close();
  expect(written(copy).rows).toEqual(before.rows);

  const [backup, ...more] = readdirSync(join(copy, 'backups'));
  expect(more).toEqual([]);
  expect(dump(join(copy, 'backups', backup ?? ''))).toEqual(dump(join(folder, 'sanduq.db')));

  // And this program does not touch a file that the next one has migrated.
  const older = startCounter({ folder: copy });
  expect((await older.call('app.status', {})).fatal?.reason).toBe('newerSchema');
  await older.close();
  removeFolder(copy);
});

test('a file in which money was taken before there were surpluses goes on with them', async () => {
  const copy = copyFolder(folder);
  const before = written(copy);
  const file = new Database(join(copy, 'sanduq.db'));
  beforePrinting(file);
  file.exec(
    'DROP TABLE saved_documents; DROP TABLE surplus_lines; DROP TABLE surpluses; PRAGMA user_version = 6',
  );
  file.close();
  const till = startCounter({ folder: copy });
  expect((await till.call('app.status', {})).phase).toBe('ready');
  await till.close();
  const db = openReadOnly(join(copy, 'sanduq.db'));
  expect(verifyDatabase(db).firstProblem).toBeNull();
  expect(() => db.prepare('SELECT * FROM surplus_lines JOIN surpluses').all()).not.toThrow();
  db.close();
  expect(written(copy).rows).toEqual(before.rows);
  expect(readdirSync(join(copy, 'backups'))).toHaveLength(1);
  removeFolder(copy);
});

test('a file whose shifts were closed before days were goes on, and its day is closed', async () => {
  const copy = copyFolder(folder);
  const file = new Database(join(copy, 'sanduq.db'));
  beforePrinting(file);
  const later = [
    'deposit_confirmed',
    'deposit_steps',
    'deposit_cheques',
    'deposit_cash',
    'deposits',
    'bank_accounts',
    'returned_shifts',
    'explanation_requests',
    'days',
    'surplus_lines',
    'surpluses',
    'saved_documents',
  ];
  const triggers = file.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE '%!_day!_open' ESCAPE '!'`);
  for (const name of triggers.pluck().all()) file.exec(`DROP TRIGGER ${String(name)}`);
  for (const table of later) file.exec(`DROP TABLE ${table}`);
  file.exec('PRAGMA user_version = 5');
  file.close();
  const till = startCounter({ folder: copy });
  await signIn(till, 'amal');
  const { report } = await countAndClose(till);
  await signIn(till, 'huda');
  const { day } = await till.call('days.close', await closing(till, report.businessDate));
  expect(day.figures.receipts).toEqual({ count: 1, minor: report.figures.receiptsMinor });
  expect((await till.call('audit.verify', {})).firstProblem).toBeNull();
  await till.close();
  expect(readdirSync(join(copy, 'backups'))).toHaveLength(1);
  removeFolder(copy);
});

test('a file with printed copies goes on to count those that are saved as PDF among them', async () => {
  const copy = copyFolder(folder);
  const file = new Database(join(copy, 'sanduq.db'));
  beforePrinting(file);
  file.exec(`DROP TABLE saved_documents; PRAGMA user_version = 7;
    INSERT INTO print_jobs (request_id, document, payment_id, copy_number, reason, user_id, state, created_at_ms, changed_at_ms)
      SELECT '4f1e0f0a-0000-4000-8000-000000000000', 'receipt', id, 1, 'lost', user_id, 'intended', 0, 0 FROM payments;`);
  file.close();
  const till = startCounter({
    folder: copy,
    fileDialogs: {
      choose: () => Promise.resolve(null),
      save: async (_name, contents) => typeof contents === 'function' && (await contents()).length > 0,
    },
  });
  await signIn(till, 'amal');
  expect(await till.call('documents.savePdf', { paymentId: 1, reason: 'lost' })).toEqual({ copyNumber: 2 });
  await till.close();
  const db = openReadOnly(join(copy, 'sanduq.db'));
  expect(verifyDatabase(db).firstProblem).toBeNull();
  db.close();
  removeFolder(copy);
});

test('a migration that fails leaves the file as it was, with the backup beside it, and no money is taken', async () => {
  const copy = copyFolder(folder);
  later.push(broken());
  try {
    const till = startCounter({ folder: copy });
    expect((await till.call('app.status', {})).fatal?.reason).toBe('migrationFailed');
    await till.close();
  } finally {
    later.length = 0;
  }
  expect(dump(join(copy, 'sanduq.db'))).toEqual(dump(join(folder, 'sanduq.db')));
  expect(readdirSync(join(copy, 'backups'))).toHaveLength(1);
  // The program of before goes on with it.
  const till = startCounter({ folder: copy });
  expect((await till.call('app.status', {})).phase).toBe('ready');
  await till.close();
  removeFolder(copy);
});

test('without a backup there is no migration', () => {
  const copy = copyFolder(folder);
  const db = new Database(join(copy, 'sanduq.db')) as WriteDb;
  const noRoom = (): never => {
    throw new Error('no room for the backup');
  };
  expect(() => migrate(db, [...migrations, sound()], noRoom)).toThrow('no room');
  db.close();
  expect(dump(join(copy, 'sanduq.db'))).toEqual(dump(join(folder, 'sanduq.db')));
  removeFolder(copy);
});
