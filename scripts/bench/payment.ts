import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { getAccountView } from '../../electron/accounts/openAccount.ts';
import { createIdleCheckpoint } from '../../electron/db/checkpoint.ts';
import type { WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { takePayment } from '../../electron/payments/takePayment.ts';
import { getSettings } from '../../electron/settings/settings.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { OpenedTill } from './data.ts';
import { accountsToPay, paymentFor } from './payments.ts';
import type { Row } from './report.ts';
import { noGoal, rowOf } from './report.ts';
import { spreadOf, timed } from './statistics.ts';

const burstsPerRun = 4;
const paymentsPerBurst = 50;
/** Longer than the idle checkpoint waits. */
const idleMs = 700;

/**
 * The whole transaction of a payment, and in turn with it one row committed durably to a file of its own in the same
 * folder. Both are emptied in idle time, as the product does.
 */
export async function benchPayment(
  folder: string,
  till: OpenedTill,
  accounts: number,
  runs: number,
): Promise<{ rows: Row[]; receipts: ReceiptContent[] }> {
  const { db, journal, key, cashier } = till;
  const { municipality, centre, smallestCoinMinor } = getSettings(db);
  const today = businessDate(Date.now());
  const next = accountsToPay((id) => getAccountView(db, id, today), accounts);
  const checkpoint = createIdleCheckpoint(db);
  const oneRow = openOneRowFile(folder);
  const receipts: ReceiptContent[] = [];

  async function pay(): Promise<number> {
    // As at the counter: the account has been opened, the pages are warm.
    const request = paymentFor(await next());
    const context = {
      journal,
      key,
      till: till.till,
      isDemonstration: true,
      smallestCoinMinor,
      letterhead: { municipality, centre },
      atMs: Date.now(),
    };
    const time = timed(() => {
      receipts.push(transact(db, (tx) => takePayment(tx, request, cashier, context)).receipt);
    });
    checkpoint.touch();
    return time;
  }

  const payments: number[][] = [];
  const commits: number[][] = [];
  for (let run = 0; run <= runs; run++) {
    const paid: number[] = [];
    const committed: number[] = [];
    for (let burst = 0; burst < (run === 0 ? 1 : burstsPerRun); burst++) {
      for (let i = 0; i < paymentsPerBurst; i++) {
        paid.push(await pay());
        committed.push(oneRow.commit());
      }
      await pause(idleMs);
    }
    if (run === 0) continue;
    payments.push(paid);
    commits.push(committed);
  }
  checkpoint.stop();
  oneRow.close();

  const commit = spreadOf(commits);
  const rows = [
    rowOf('one row, committed durably', commit, null, noGoal),
    rowOf('payment, the whole transaction', spreadOf(payments), commit, {
      text: 'p95 ≤ 5×',
      isMet: ({ ratio }) => ratio <= 5,
    }),
  ];
  return { rows, receipts };
}

function openOneRowFile(folder: string): { commit(): number; close(): void } {
  const db = new Database(join(folder, 'one-row.db')) as WriteDb;
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 4000'])
    db.pragma(pragma);
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO rows (text) VALUES (?)');
  const checkpoint = createIdleCheckpoint(db);
  return {
    commit() {
      const time = timed(() => insert.run('one row'));
      checkpoint.touch();
      return time;
    },
    close() {
      checkpoint.stop();
      db.close();
    },
  };
}
