import { join } from 'node:path';
import Database from 'better-sqlite3';
import { foldTokens, indexTokens } from '../../shared/domain/folding.ts';
import { wordsToFind } from '../../electron/accounts/findByName.ts';
import { createSearch } from '../../electron/accounts/search.ts';
import { mostHits } from '../../shared/domain/mostHits.ts';
import type { ReadDb } from '../../electron/db/connection.ts';
import { createRandom } from '../../electron/demonstration/random.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf, timed } from './statistics.ts';

const namesPerRun = 60;
const numbersPerRun = 60;

/** From a keystroke to the ranked hits, as main answers `accounts.search`; beside it what bare FTS5 takes. */
export function benchSearch(folder: string, db: ReadDb, accounts: number, runs: number): Row[] {
  const search = createSearch(db);
  const bareTable = openBareTable(folder, db);
  const searchIndex = bareSearch(bareTable);
  const names: { product: number[]; bare: number[] }[] = [];
  const numbers: number[][] = [];
  // The first run warms up and is not counted.
  for (let run = 0; run <= runs; run++) {
    const random = createRandom(run + 1);
    const product: number[] = [];
    const bare: number[] = [];
    const anyAccount = () => random.between(1, accounts);
    for (let i = 0; i < namesPerRun; i++) {
      for (const text of keystrokes(typedName(db, anyAccount(), random.chance(0.5)))) {
        // In turn first: neither always finds the other's pages warm.
        if (bare.length % 2 === 0) {
          product.push(timed(() => search(text)));
          bare.push(timed(() => searchIndex(text)));
        } else {
          bare.push(timed(() => searchIndex(text)));
          product.push(timed(() => search(text)));
        }
      }
    }
    const typed: number[] = [];
    for (let i = 0; i < numbersPerRun; i++) {
      for (const text of keystrokes(typedNumber(db, anyAccount(), i))) typed.push(timed(() => search(text)));
    }
    if (run === 0) continue;
    names.push({ product, bare });
    numbers.push(typed);
  }
  bareTable.close();
  const limit = spreadOf(names.map(({ bare }) => bare));
  return [
    rowOf('search by name, each keystroke', spreadOf(names.map(({ product }) => product)), limit, {
      text: 'p95 ≤ 5 and ≤ 2×',
      isMet: ({ p95, ratio }) => p95 <= 5 && ratio <= 2,
    }),
    rowOf('search by number, each keystroke', spreadOf(numbers), null, {
      text: 'p95 ≤ 5',
      isMet: ({ p95 }) => p95 <= 5,
    }),
  ];
}

/** A plain FTS5 table of the same names with the same prefixes, in a file of its own: what SQLite has to offer. */
function openBareTable(folder: string, db: ReadDb): Database.Database {
  const table = new Database(join(folder, 'bare-names.db'));
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -65536'])
    table.pragma(pragma);
  table.exec(`CREATE VIRTUAL TABLE names USING fts5 (
    name, detail=none, prefix='1 2 3 4 5 6 7 8 9 10', tokenize='unicode61 remove_diacritics 0')`);
  const insert = table.prepare('INSERT INTO names (rowid, name) VALUES (?, ?)');
  const people = db.prepare<[], { id: number; name: string }>(
    'SELECT a.id, c.name FROM accounts a JOIN citizens c ON c.id = a.citizen_id ORDER BY a.id',
  );
  table.transaction(() => {
    for (const { id, name } of people.iterate()) insert.run(id, indexTokens(name).join(' '));
  })();
  table.exec(`INSERT INTO names (names) VALUES ('optimize')`);
  return table;
}

/** The same words asked of it, and the names that it finds: in no order, without what they owe. */
function bareSearch(table: Database.Database): (text: string) => unknown {
  const statement = table.prepare<[string, number], { id: number; name: string }>(
    'SELECT rowid AS id, name FROM names WHERE names MATCH ? LIMIT ?',
  );
  return (text) => {
    const words = wordsToFind(foldTokens(text));
    return words.length === 0 ? [] : statement.all(words.map((word) => `"${word}"*`).join(' '), mostHits);
  };
}

/** Two words of a real name: given and father's, or given and family. */
function typedName(db: ReadDb, accountId: number, withFamily: boolean): string {
  const row = db
    .prepare<[number], { name: string }>(
      'SELECT c.name FROM accounts a JOIN citizens c ON c.id = a.citizen_id WHERE a.id = ?',
    )
    .get(accountId);
  const words = row?.name.split(' ') ?? [];
  return [words[0], withFamily ? words.at(-1) : words[1]].join(' ');
}

type Numbers = { account: string; identity: string | null; phone: string | null; bill: string };

/** An account's, identity's, phone's or bill's number in turn; the account's where there is none. */
function typedNumber(db: ReadDb, accountId: number, turn: number): string {
  const row = db
    .prepare<[number], Numbers>(
      `SELECT a.number AS account, c.identity_number AS identity, c.phone, b.number AS bill
         FROM accounts a JOIN citizens c ON c.id = a.citizen_id JOIN bills b ON b.account_id = a.id
        WHERE a.id = ? LIMIT 1`,
    )
    .get(accountId);
  if (row === undefined) throw new Error(`account ${accountId} has no bills`);
  return [row.account, row.identity, row.phone, row.bill][turn % 4] ?? row.account;
}

/** What is in the box after each key. */
function keystrokes(text: string): string[] {
  return Array.from(text, (_, index) => text.slice(0, index + 1)).filter((typed) => !typed.endsWith(' '));
}
