import { getAccountView } from '../../electron/accounts/openAccount.ts';
import type { ReadDb } from '../../electron/db/connection.ts';
import { createRandom } from '../../electron/demonstration/random.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf, timed } from './statistics.ts';

const accountsPerRun = 1000;

/** Everything that the counter shows of an account, for accounts that nobody has opened before. */
export function benchAccount(db: ReadDb, accounts: number, runs: number): Row[] {
  const today = businessDate(Date.now());
  const times: number[][] = [];
  for (let run = 0; run <= runs; run++) {
    const random = createRandom(1000 + run);
    const one = Array.from({ length: accountsPerRun }, () => {
      const accountId = random.between(1, accounts);
      return timed(() => getAccountView(db, accountId, today));
    });
    if (run > 0) times.push(one);
  }
  return [
    rowOf('opening an account', spreadOf(times), null, { text: 'p95 ≤ 2', isMet: ({ p95 }) => p95 <= 2 }),
  ];
}
