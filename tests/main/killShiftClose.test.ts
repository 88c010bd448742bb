import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReadDb } from '../../electron/db/connection.ts';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase, verifyTail } from '../../electron/journal/verify.ts';
import { bundledScript } from '../helpers/bundledScript.ts';
import { makeMunicipality, removeFolder } from '../helpers/counter.ts';

/** Of each of two counters, side by side. */
const kills = Number(process.env['KILLS'] ?? 50);
const script = bundledScript('tests/helpers/closeShiftsForever.ts');

/** Closes shifts until it is killed: at any moment from the first try on. */
function live(folder: string, pending: readonly string[], random: () => number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script(), folder, ...pending]);
    let said = '';
    let complaints = '';
    let isDoomed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (isDoomed || !said.includes('try ')) return;
      isDoomed = true;
      // Within a handful of shifts, anywhere between a float and a report.
      setTimeout(() => child.kill('SIGKILL'), random() * 50);
    });
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('exit', (_code, signal) => {
      if (signal === 'SIGKILL' && complaints === '') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`it ended by itself: ${complaints}`));
    });
  });
}

/** Park and Miller's generator: a failing run can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

type Row = {
  readonly id: number;
  readonly isClosed: 0 | 1;
  readonly requestId: string | null;
  /** What a close writes: its report, its entry, its words, and what it leaves behind. */
  readonly reports: number;
  readonly entries: number;
  readonly words: number;
  readonly differences: number;
  readonly moves: number;
  readonly expectedMinor: number;
};

function readShifts(db: ReadDb): Row[] {
  return db
    .prepare<[], Row>(
      `SELECT s.id, s.closed_at_ms IS NOT NULL AS isClosed, s.close_request_id AS requestId,
              (SELECT count(*) FROM z_reports z WHERE z.shift_id = s.id) AS reports,
              (SELECT count(*) FROM journal j WHERE j.act = 'shift.closed'
                  AND json_extract(j.text, '$.body.shiftId') = s.id) AS entries,
              (SELECT count(*) FROM count_explanations e JOIN counts c ON c.id = e.count_id
                WHERE c.shift_id = s.id) AS words,
              (SELECT count(*) FROM z_reports z JOIN count_results r ON r.count_id = z.count_id
                WHERE z.shift_id = s.id AND r.difference_minor <> 0) AS differences,
              (SELECT count(*) FROM cash_moves m WHERE m.from_shift_id = s.id
                  AND m.kind IN ('difference', 'left', 'closeToSafe', 'handover')) AS moves,
              (SELECT coalesce(sum(expected_minor), 0) FROM shift_cash k WHERE k.shift_id = s.id) AS expectedMinor
         FROM shifts s ORDER BY s.id`,
    )
    .all();
}

async function killAgainAndAgain(seed: number): Promise<void> {
  const folder = await makeMunicipality();
  const random = seeded(seed);
  const confirmed = new Map<string, string>();
  let pending: readonly string[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    for (const line of await live(folder, pending, random)) {
      const [what, shiftId = '', id = '', number = ''] = line.split(' ');
      if (what === 'try') pending = [shiftId, id];
      if (what !== 'closed') continue;
      expect(confirmed.get(id) ?? number, 'a report that was told keeps its number').toBe(number);
      confirmed.set(id, number);
      pending = [];
    }
    const db = openReadOnly(join(folder, 'sanduq.db'));
    try {
      const isWhole = kill % 20 === 0 || kill === kills;
      const problem = isWhole ? verifyDatabase(db).firstProblem : verifyTail(db, 200);
      expect(problem, `kill ${kill}`).toBeNull();
      const shifts = readShifts(db);
      for (const { isClosed, reports, entries, words, differences, moves, expectedMinor, id } of shifts) {
        const all = { reports, entries, words, isEmpty: expectedMinor === 0, hasMoves: moves > 0 };
        const done = { reports: 1, entries: 1, words: differences, isEmpty: true, hasMoves: true };
        const notBegun = { reports: 0, entries: 0, words: 0, isEmpty: false, hasMoves: false };
        expect(all, `kill ${kill}, shift ${id}`).toEqual(isClosed === 1 ? done : notBegun);
      }
      const closed = shifts.flatMap(({ requestId }) => (requestId === null ? [] : [requestId]));
      expect(closed).toEqual(expect.arrayContaining([...confirmed.keys()]));
      // At most the one that was under way is closed without having been heard of.
      const unheard = closed.filter((id) => !confirmed.has(id));
      expect(unheard.filter((id) => id !== pending[1])).toEqual([]);
      for (const id of unheard) confirmed.set(id, String(closed.indexOf(id) + 1));
    } finally {
      db.close();
    }
  }
  expect(confirmed.size).toBeGreaterThan(0);
  removeFolder(folder);
}

test('a close of a shift that is killed has not begun or is done, and is asked again without harm', async () => {
  await Promise.all([20_261_125, 17].map(killAgainAndAgain));
}, 120_000);
