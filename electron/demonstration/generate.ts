import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { insertStandardCatalogue } from '../accounts/catalogue.ts';
import { indexText } from '../accounts/searchIndex.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import { createAccountMaker } from './accounts.ts';
import { billingMonths, makeBills } from './bills.ts';
import type { BillingMonth, MadeBill } from './bills.ts';
import { makeCitizen } from './people.ts';
import type { MadeCitizen } from './people.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

export type DemonstrationOptions = {
  readonly accounts?: number;
  /** Billing months before the current one. */
  readonly months?: number;
  /** About this many bills for each account; without it one for each month and what comes on top. */
  readonly billsPerAccount?: number;
  /** 'YYYY-MM-DD': bills end with the month before. The same day and seed make the same municipality. */
  readonly today: string;
  readonly seed?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Runs in the same transaction, after everything else: the municipality is there whole or not at all. */
  readonly finish?: (tx: Tx) => void;
};

export type DemonstrationSummary = {
  readonly citizens: number;
  readonly accounts: number;
  readonly bills: number;
  readonly paidBills: number;
};

const turnMs = 8;

/**
 * Fills an empty database with a made-up municipality, in one transaction that is held open over many short turns of
 * the event loop: a first run that is killed leaves an empty database, and the window stays alive meanwhile. The
 * connection must not be used for anything else until the promise settles; before the first run nothing does.
 */
export async function generateDemonstration(
  db: WriteDb,
  options: DemonstrationOptions,
): Promise<DemonstrationSummary> {
  if (db.inTransaction) throw new Error('transactions do not nest');
  db.exec('BEGIN IMMEDIATE');
  try {
    const summary = await fill(db, options);
    options.finish?.(db as unknown as Tx);
    db.exec('COMMIT');
    return summary;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

async function fill(db: WriteDb, options: DemonstrationOptions): Promise<DemonstrationSummary> {
  const total = options.accounts ?? 2000;
  const random = createRandom(options.seed ?? 1948);
  const months = billingMonths(options.today, options.months ?? 24);
  const asOfMs = Date.parse(`${options.today}T05:00:00Z`);
  const write = createWriter(db, asOfMs);
  insertStandardCatalogue(db as unknown as Tx);

  const makeAccount = createAccountMaker(random);
  let citizens = 0;
  let holder: MadeCitizen | undefined;
  let accountsOfHolder = 0;
  let turnEnds = performance.now() + turnMs;
  for (let id = 1; id <= total; id++) {
    if (holder === undefined || accountsOfHolder === 0) {
      citizens += 1;
      holder = makeCitizen(random, citizens);
      write.citizen(holder);
      accountsOfHolder = accountsFor(random);
    }
    accountsOfHolder -= 1;
    const account = makeAccount(id, holder.id);
    write.account(account, holder.name);
    write.bills(id, makeBills(random, account, months, options.billsPerAccount));
    if (performance.now() >= turnEnds) {
      options.onProgress?.(id, total);
      await nextTurn();
      turnEnds = performance.now() + turnMs;
    }
  }
  await mergeIndex(db);
  options.onProgress?.(total, total);
  return { citizens, accounts: total, ...write.counts() };
}

/** Most people have one account, some a house and a shop, a few a street. */
function accountsFor(random: Random): number {
  const place = random.next();
  if (place < 0.88) return 1;
  return place < 0.97 ? 2 : random.between(3, 6);
}

type Writer = {
  citizen(citizen: MadeCitizen): void;
  account(account: ReturnType<ReturnType<typeof createAccountMaker>>, name: string): void;
  bills(accountId: number, bills: readonly MadeBill[]): void;
  counts(): { bills: number; paidBills: number };
};

function createWriter(db: WriteDb, asOfMs: number): Writer {
  const insertCitizen = db.prepare(
    'INSERT INTO citizens (id, identity_number, name, phone, other_phone) VALUES (?, ?, ?, ?, ?)',
  );
  const insertAccount = db.prepare(
    `INSERT INTO accounts (id, number, citizen_id, category_code, quarter, address, given_credit_minor, credit_minor,
       as_of_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertService = db.prepare(
    'INSERT INTO account_services (account_id, service_code, meter) VALUES (?, ?, ?)',
  );
  const insertTokens = db.prepare('INSERT INTO account_search (rowid, tokens) VALUES (?, ?)');
  const insertBill = db.prepare(
    `INSERT INTO bills (account_id, id, number, service_code, period, kind, issued_on, due_on, amount_minor, paid_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let bills = 0;
  let paidBills = 0;
  return {
    citizen(made) {
      insertCitizen.run(made.id, made.identityNumber, made.name, made.phone, made.otherPhone);
    },
    account(made, name) {
      insertAccount.run(
        made.id,
        made.number,
        made.citizenId,
        made.categoryCode,
        made.quarter,
        made.address,
        made.creditMinor,
        made.creditMinor,
        asOfMs,
      );
      for (const [code, meter] of made.services) insertService.run(made.id, code, meter);
      insertTokens.run(made.id, indexText(name));
    },
    bills(accountId, made) {
      for (const [index, bill] of made.entries()) {
        bills += 1;
        if (bill.paidMinor === bill.amountMinor) paidBills += 1;
        insertBill.run(
          accountId,
          index + 1,
          billNumber(bill.month, bills),
          bill.serviceCode,
          bill.month.period,
          bill.kind,
          bill.month.issuedOn,
          bill.month.dueOn,
          bill.amountMinor,
          bill.paidMinor,
        );
      }
    },
    counts: () => ({ bills, paidBills }),
  };
}

/** Year and month of issue and eight digits: all digits, so that it is typed on the numeric keypad and scanned. */
function billNumber(month: BillingMonth, serial: number): string {
  return month.stamp + String(serial).padStart(8, '0');
}

/** Makes one segment of the search index, a little at a time: a query then reads one list for each word. */
async function mergeIndex(db: WriteDb): Promise<void> {
  const merge = db.prepare("INSERT INTO account_search (account_search, rank) VALUES ('merge', ?)");
  // A negative number of pages begins to merge everything; positive ones go on (sqlite.org/fts5.html#the_merge_command).
  let pages = -16;
  for (;;) {
    const before = Number(db.prepare('SELECT total_changes() AS n').pluck().get());
    merge.run(pages);
    if (Number(db.prepare('SELECT total_changes() AS n').pluck().get()) - before < 2) return;
    pages = 16;
    await nextTurn();
  }
}
