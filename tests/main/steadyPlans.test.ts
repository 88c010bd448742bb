import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { keepPlans, steadyPlan } from '../../electron/db/steadyPlans.ts';

const db = keepPlans(new Database(':memory:'));
afterAll(() => db.close());

test.each([
  ['SELECT a FROM t WHERE b = ? AND c = @name', 'SELECT a FROM t WHERE b = +? AND c = +@name'],
  ['SELECT a FROM t WHERE b IS ? OR b IS NOT @b', 'SELECT a FROM t WHERE b IS +? OR b IS NOT +@b'],
  ['SELECT a FROM t LIMIT ? OFFSET @from', 'SELECT a FROM t LIMIT +? OFFSET +@from'],
  ['SELECT a FROM t WHERE b > ? AND c IN (?, ?)', 'SELECT a FROM t WHERE b > ? AND c IN (?, ?)'],
  ["SELECT a FROM t WHERE b = 'x' AND c IS NULL", "SELECT a FROM t WHERE b = 'x' AND c IS NULL"],
])('%s', (written, compiled) => {
  expect(steadyPlan(written)).toBe(compiled);
});

test('what is found and written stays the same, of every type', () => {
  db.exec('CREATE TABLE kinds (id INTEGER PRIMARY KEY, n INTEGER, t TEXT, b BLOB) STRICT');
  const insert = db.prepare('INSERT INTO kinds (n, t, b) VALUES (?, ?, ?)');
  insert.run(7, '7', Buffer.from('7'));
  insert.run(0, 'أمل', null);
  insert.run(null, null, Buffer.alloc(0));
  const ids = (column: string, operator: string, value: unknown): unknown[] =>
    db.prepare(`SELECT id FROM kinds WHERE ${column} ${operator} ? ORDER BY id`).pluck().all(value);
  expect(ids('n', '=', 7)).toEqual([1]);
  expect(ids('n', '=', '7')).toEqual([1]);
  expect(ids('n', '=', 0)).toEqual([2]);
  expect(ids('t', '=', 'أمل')).toEqual([2]);
  expect(ids('t', '=', '7')).toEqual([1]);
  expect(ids('b', '=', Buffer.from('7'))).toEqual([1]);
  expect(ids('b', 'IS', null)).toEqual([2]);
  db.prepare('UPDATE kinds SET t = ?, n = ? WHERE id = ?').run('007', 2 ** 40, 3);
  expect(db.prepare('SELECT n, t, typeof(t) AS type FROM kinds WHERE id = ?').get(3)).toEqual({
    n: 2 ** 40,
    t: '007',
    type: 'text',
  });
});

test('a statement is compiled once, whatever its values are', () => {
  db.exec(
    'CREATE TABLE rows (id INTEGER PRIMARY KEY, a INTEGER, b TEXT); CREATE INDEX rows_by_a ON rows (a, b)',
  );
  // Compiling it takes long, running it finds nothing.
  const sql = `SELECT r.id FROM rows r JOIN rows o ON o.a = r.id WHERE r.a = ? AND r.b = ?
    AND r.id NOT IN (${Array.from({ length: 1000 }, (_, at) => at).join(', ')}) ORDER BY o.b LIMIT ?`;
  const statement = db.prepare(sql);
  const compiling: number[] = [];
  const running: number[] = [];
  for (let round = 0; round < 50; round++) {
    compiling.push(taken(() => db.prepare(sql)));
    running.push(taken(() => statement.all(round, `x${round}`, round % 3)));
  }
  // Compiled anew at each run it would take as long as compiling.
  expect(median(running) * 3).toBeLessThan(median(compiling));
});

function taken(act: () => unknown): number {
  const from = performance.now();
  act();
  return performance.now() - from;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
