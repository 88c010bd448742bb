import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase, verifyTail } from '../../electron/journal/verify.ts';
import { bundledScript } from '../helpers/bundledScript.ts';
import { makeMunicipality, removeFolder } from '../helpers/counter.ts';

const killsPerFolder = Number(process.env['KILLS'] ?? 100);

const script = bundledScript('tests/helpers/payForever.ts');

type Life = { readonly lines: string[]; readonly complaints: string };

/** Runs the counter until it is killed: at any moment from its first line on, or while it is still starting. */
function live(folder: string, pending: string | undefined, random: () => number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script(), folder, ...(pending === undefined ? [] : [pending])]);
    let said = '';
    let complaints = '';
    let isDoomed = false;
    const doom = (afterMs: number): void => {
      if (isDoomed) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    };
    // One in ten dies before it has said anything: while opening, migrating, reading the journal's end.
    if (random() < 0.1) doom(random() * 400);
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      // From the first try on: within a handful of payments, anywhere in a transaction.
      if (said.includes('try ')) doom(random() * 60);
    });
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('exit', (_code, signal) => {
      const lines = said.split('\n').slice(0, -1);
      if (signal === 'SIGKILL') resolve({ lines, complaints });
      else reject(new Error(`it ended by itself: ${complaints}`));
    });
  });
}

/** Park and Miller's generator: a failing run can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

async function killAgainAndAgain(seed: number): Promise<void> {
  const folder = await makeMunicipality();
  const random = seeded(seed);
  const confirmed = new Map<string, string>();
  let pending: string | undefined;

  for (let kill = 1; kill <= killsPerFolder; kill += 1) {
    const { lines, complaints } = await live(folder, pending, random);
    expect(complaints, `kill ${kill}`).toBe('');
    for (const line of lines) {
      const [what, id = '', number = ''] = line.split(' ');
      if (what === 'started') expect(line, `kill ${kill}`).toBe('started ready -');
      if (what === 'try') pending = id;
      if (what !== 'paid') continue;
      expect(confirmed.get(id) ?? number, 'a receipt that was confirmed keeps its number').toBe(number);
      confirmed.set(id, number);
      pending = undefined;
    }
    const db = openReadOnly(join(folder, 'sanduq.db'));
    try {
      // All that this life wrote; every tenth time, and at the end, all that was ever written.
      const isWhole = kill % 10 === 0 || kill === killsPerFolder;
      const problem = isWhole ? verifyDatabase(db).firstProblem : verifyTail(db, 300);
      expect(problem, `kill ${kill}`).toBeNull();
      const rows = db
        .prepare<[], { id: string; number: string; sequence: number }>(
          'SELECT request_id AS id, receipt_number AS number, receipt_sequence AS sequence FROM payments ORDER BY sequence',
        )
        .all();
      const kept = new Map(rows.map((row) => [row.id, row.number]));
      expect(kept.size, 'no request was paid twice').toBe(rows.length);
      expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
      for (const [id, number] of confirmed) expect(kept.get(id), `kill ${kill}: ${number}`).toBe(number);
      // At most the one that was under way is there without having been confirmed.
      const unconfirmed = rows.filter((row) => !confirmed.has(row.id)).map((row) => row.id);
      expect(unconfirmed.filter((id) => id !== pending)).toEqual([]);
      const paid = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM payment_lines').get();
      expect(paid?.n).toBe(rows.length * 3);
    } finally {
      db.close();
    }
  }
  expect(confirmed.size).toBeGreaterThan(killsPerFolder / 10);
  removeFolder(folder);
}

// Two counters side by side: 200 kills in all.
test.concurrent(
  'a counter killed a hundred times loses, doubles and skips nothing',
  { timeout: 400_000 },
  () => killAgainAndAgain(20_261_124),
);
test.concurrent('nor does another, killed at other moments', { timeout: 400_000 }, () =>
  killAgainAndAgain(1948),
);
