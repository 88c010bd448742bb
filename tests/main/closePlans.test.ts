import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transact } from '../../electron/db/connection.ts';
import { closeDatabase, openDatabase } from '../../electron/db/open.ts';
import { createJournal } from '../../electron/journal/append.ts';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import {
  countWaiting,
  didLastBreakOff,
  findNextJob,
  listInterrupted,
  listMovable,
  listUnknown,
} from '../../electron/printing/printJobs.ts';
import { closeShift } from '../../electron/shifts/closeShift.ts';
import { countDrawer, countSheet } from '../../electron/shifts/counts.ts';
import { acceptHandover, countHandover } from '../../electron/shifts/handover.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import { getOwnShift } from '../../electron/shifts/shifts.ts';
import { findUserByLogin, personOf } from '../../electron/users/users.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { makeMunicipality, removeFolder } from '../helpers/counter.ts';
import { closingOf, countedFrom, ils } from '../helpers/shifts.ts';

/** Hold what is not settled yet, and of it nothing that is: short however many years there are. */
const ofOpenThings = ['cheques_due', 'transfers_pending', 'print_jobs_waiting'];
/** Has a row for each till, person or currency, or is a parameter's list, however many years there are. */
const smallTables = ['json_each', 'tills', 'till_totals', 'users', 'safe_cash', 'services'];

test('no statement of an opening, a count, a handover, a close or the printing after it reads a whole table that grows', async () => {
  const folder = await makeMunicipality();
  const { db } = openDatabase(
    { databaseFile: join(folder, 'sanduq.db'), keyFile: join(folder, 'till.key'), backupFolder: folder },
    () => undefined,
  );
  const statements = new Set<string>();
  const prepare = db.prepare.bind(db);
  Object.assign(db, {
    prepare: (sql: string) => {
      statements.add(sql);
      return prepare(sql);
    },
  });
  const journal = createJournal(db, loadTillKey(join(folder, 'till.key'), fileProtection), 'KY01', Date.now);
  const [amal, yousef] = ['amal', 'yousef'].map((login): Person => {
    const user = findUserByLogin(db, login);
    if (user === null) throw new Error(`nobody called ${login}`);
    return personOf(user);
  });
  if (amal === undefined || yousef === undefined) throw new Error('nobody');
  const letterhead = { municipality: { ar: 'ب', en: '' }, centre: { ar: 'م', en: '' } };
  const context = { journal, atMs: Date.now(), isDemonstration: true, letterhead };
  statements.clear();

  const opening = { requestId: randomUUID(), till: 'KY01', counts: ils([1000, 3]), isSure: true };
  transact(db, (tx) => openShiftWith(tx, journal, opening, amal, context.atMs));
  const counted = () => countedFrom(countSheet(db, getOwnShift(db, amal.id)), ils([1000, 2]));
  const offered = transact(db, (tx) => countHandover(tx, journal, counted(), amal, yousef, context.atMs));
  const accept = { ...closingOf(offered), requestId: randomUUID() };
  transact(db, (tx) => acceptHandover(tx, accept, amal, yousef, context));
  const shift = getOwnShift(db, yousef.id);
  const lines = countedFrom(countSheet(db, shift), ils([1000, 1]));
  const by = { shift, counted: lines, person: yousef, witness: null, reason: '' };
  const count = transact(db, (tx) => countDrawer(tx, context, by, () => 'close'));
  transact(db, (tx) => closeShift(tx, closingOf(count), yousef, context));

  // The queue behind it: what waits, and not every paper there ever was.
  const of = { printerId: 'receipts', known: ['receipts'], documents: ['receipt' as const] };
  findNextJob(db, of);
  listMovable(db, of);
  listInterrupted(db);
  didLastBreakOff(db, of.printerId);
  listUnknown(db);
  countWaiting(db);

  expect(statements.size).toBeGreaterThan(40);
  const scans: string[] = [];
  for (const sql of statements) {
    const tables = [...sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z]\w*))?/g)];
    const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, key = '']) => [key, null]));
    const values = Object.keys(named).length > 0 ? [named] : [...sql.matchAll(/\?/g)].map(() => null);
    const plan = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    for (const { detail } of plan) {
      const [, name, , index] = /^SCAN (\w+)( USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? [];
      // What ends after so many rows is no matter of years.
      if (name === undefined || /LIMIT (1|100000)\b/.test(sql)) continue;
      if (index !== undefined && ofOpenThings.includes(index) && !isCorrelated(plan, detail)) continue;
      const table = tables.find(([, one, alias]) => one === name || alias === name)?.[1];
      if (table !== undefined && !smallTables.includes(table)) scans.push(`${detail}: ${sql}`);
    }
  }
  expect(scans).toEqual([]);
  closeDatabase(db);
  removeFolder(folder);
});

/** True when it is read again for each row of what it stands in. */
function isCorrelated(plan: readonly { readonly detail: string }[], scan: string): boolean {
  return plan[plan.findIndex(({ detail }) => detail === scan) - 1]?.detail.startsWith('CORRELATED') === true;
}
