import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import { firstUnlikely, sumOf, wornOf } from '../../shared/domain/counting.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type {
  CountKind,
  CountOutcome,
  CountResult,
  CountSheet,
  Explanation,
  Person,
} from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { TickedPaper } from './papers.ts';
import { listMissing, listPapers, requireAllTicked } from './papers.ts';
import { digestOf, knownLines } from './requests.ts';
import type { ShiftRow } from './shifts.ts';
import { markOf, standing } from './shifts.ts';

/** What is to be counted in a shift's drawer: its papers one by one, and of cash nothing at all. */
export function countSheet(db: ReadDb, shift: ShiftRow): CountSheet {
  const cashier = prepared<{ ar: string; en: string }>(
    db,
    'SELECT name_ar AS ar, name_en AS en FROM users WHERE id = ?',
  ).get(shift.userId);
  return {
    shiftId: shift.id,
    till: shift.till,
    cashier: cashier ?? { ar: '', en: '' },
    businessDate: shift.businessDate,
    papers: listPapers(db, shift.id),
    mark: markOf(db, shift.id),
    needsReason: standing(db, shift.id).state === 'counted',
  };
}

/** What a person typed and ticked. */
export type Counted = {
  readonly requestId: string;
  readonly lines: readonly CashLine[];
  readonly papers: readonly TickedPaper[];
  readonly mark: string;
  readonly isSure: boolean;
};

export type CountContext = { readonly journal: Journal; readonly atMs: number };

export type NewCount = {
  readonly kind: CountKind;
  readonly shift: ShiftRow;
  readonly counted: Counted;
  readonly person: Person;
  readonly witness: Person | null;
  readonly reason: string;
};

/** A count that this request made before; null: none. @throws Refusal request.reused */
function findCounted(tx: Tx, requestId: string, digest: string): CountOutcome | null {
  const row = prepared<{ id: number; digest: string }>(
    tx,
    'SELECT id, request_digest AS digest FROM counts WHERE request_id = ?',
  ).get(requestId);
  if (row === undefined) return null;
  if (row.digest !== digest) throw refuse('request.reused');
  return getOutcome(tx, row.id);
}

/**
 * Commits what was found in an open shift's drawer beside what should have been there, in the caller's transaction; only
 * after it is any total told.
 * @param before what else must hold, asked when the request is a new one; says the kind
 * @throws Refusal shift.unknownDenomination, count.unlikely until the person is sure, count.shiftMoved when the shift went
 *   on since the sheet was drawn up, request.reused, and what `before` throws
 */
export function countDrawer(
  tx: Tx,
  { journal, atMs }: CountContext,
  count: Omit<NewCount, 'kind'>,
  before: () => CountKind,
): CountOutcome {
  const { shift, counted, person, witness, reason } = count;
  const lines = knownLines(counted.lines);
  const papers = counted.papers.toSorted((a, b) => a.paymentId - b.paymentId || a.line - b.line);
  const digest = digestOf({
    shiftId: shift.id,
    lines,
    papers: papers.map(({ paymentId, line, isPresent }) => ({ paymentId, line, isPresent })),
    userId: person.id,
    witnessId: witness?.id ?? null,
    reason,
  });
  const earlier = findCounted(tx, counted.requestId, digest);
  if (earlier !== null) return earlier;
  const kind = before();
  requireLikely(lines, counted.isSure);
  if (counted.mark !== markOf(tx, shift.id)) throw refuse('count.shiftMoved');
  requireAllTicked(listPapers(tx, shift.id), papers);
  const expected = new Map(
    currencies.map((currency) => [currency, { minor: expectedOf(tx, shift.id, currency), wornMinor: 0 }]),
  );
  for (const { currency, minor } of expectedWorn(tx, shift.id)) {
    const both = expected.get(currency);
    if (both !== undefined) expected.set(currency, { ...both, wornMinor: minor });
  }
  const id = insertCount(tx, journal, {
    ...count,
    kind,
    requestId: counted.requestId,
    digest,
    lines,
    papers,
    results: resultsOf(lines, expected),
    atMs,
  });
  if (kind !== 'surprise')
    prepared(
      tx,
      `INSERT INTO shift_steps (shift_id, step, count_id, user_id, at_ms) VALUES (?, 'counted', ?, ?, ?)`,
    ).run(shift.id, id, person.id, atMs);
  return getOutcome(tx, id);
}

/** @throws Refusal count.unlikely */
export function requireLikely(lines: readonly CashLine[], isSure: boolean): void {
  const unlikely = isSure ? null : firstUnlikely(lines);
  if (unlikely !== null) throw refuse('count.unlikely', unlikely);
}

/** The opening's count: what was found in the drawer beside what was left in it. @returns the count's id */
export function countOpening(
  tx: Tx,
  journal: Journal,
  opening: {
    readonly requestId: string;
    readonly digest: string;
    readonly shift: ShiftRow;
    readonly lines: readonly CashLine[];
    readonly leftThere: readonly CashAmount[];
    readonly person: Person;
    readonly atMs: number;
  },
): number {
  const { leftThere, lines, ...count } = opening;
  const expected = new Map(
    currencies.map((currency) => [
      currency,
      {
        minor: leftThere.find((amount) => amount.currency === currency)?.minor ?? 0,
        // Nothing is known of the worn among what was left: they begin with what is found.
        wornMinor: wornOf(lines, currency),
      },
    ]),
  );
  return insertCount(tx, journal, {
    ...count,
    kind: 'opening',
    witness: null,
    reason: '',
    lines,
    papers: [],
    results: resultsOf(lines, expected),
  });
}

/** What was counted beside what should have been there, for each currency that is in either. */
export function resultsOf(
  lines: readonly CashLine[],
  expected: ReadonlyMap<Currency, { readonly minor: number; readonly wornMinor: number }>,
): CountResult[] {
  return currencies.flatMap((currency) => {
    const { minor, wornMinor } = expected.get(currency) ?? { minor: 0, wornMinor: 0 };
    const countedMinor = sumOf(lines, currency);
    if (currency !== 'ILS' && countedMinor === 0 && minor === 0 && wornMinor === 0) return [];
    return [
      {
        currency,
        countedMinor,
        wornMinor: wornOf(lines, currency),
        expectedMinor: minor,
        expectedWornMinor: wornMinor,
        differenceMinor: countedMinor - minor,
      },
    ];
  });
}

type CountRow = Omit<NewCount, 'counted'> & {
  readonly requestId: string;
  readonly digest: string;
  readonly lines: readonly CashLine[];
  readonly papers: readonly TickedPaper[];
  readonly results: readonly CountResult[];
  readonly atMs: number;
};

/** A count's rows and its entry; the rules are its caller's. @returns its id */
export function insertCount(tx: Tx, journal: Journal, count: CountRow): number {
  const { shift, lines, papers, results } = count;
  const id = Number(
    prepared(
      tx,
      `INSERT INTO counts (request_id, request_digest, kind, shift_id, till_code, user_id, witness_id, reason, at_ms,
         business_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      count.requestId,
      count.digest,
      count.kind,
      shift.id,
      shift.till,
      count.person.id,
      count.witness?.id ?? null,
      count.reason,
      count.atMs,
      shift.businessDate,
    ).lastInsertRowid,
  );
  const insertLine = prepared(
    tx,
    'INSERT INTO count_lines (count_id, currency, denomination_minor, is_worn, quantity) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { currency, denominationMinor, isWorn, quantity } of lines)
    insertLine.run(id, currency, denominationMinor, isWorn ? 1 : 0, quantity);
  const insertPaper = prepared(
    tx,
    'INSERT INTO count_papers (count_id, payment_id, line, is_present) VALUES (?, ?, ?, ?)',
  );
  for (const { paymentId, line, isPresent } of papers)
    insertPaper.run(id, paymentId, line, isPresent ? 1 : 0);
  const insertResult = prepared(
    tx,
    `INSERT INTO count_results (count_id, currency, counted_minor, worn_minor, expected_minor, expected_worn_minor,
       difference_minor)
     VALUES (@id, @currency, @countedMinor, @wornMinor, @expectedMinor, @expectedWornMinor, @differenceMinor)`,
  );
  for (const result of results) insertResult.run({ id, ...result });
  journal.append(tx, {
    act: 'count.made',
    actor: actorOf(count.person),
    atMs: count.atMs,
    body: {
      countId: id,
      requestId: count.requestId,
      kind: count.kind,
      shiftId: shift.id,
      till: shift.till,
      businessDate: shift.businessDate,
      witness: count.witness?.login ?? null,
      reason: count.reason,
      lines: lines.map(({ currency, denominationMinor, isWorn, quantity }) => ({
        currency,
        denominationMinor,
        isWorn,
        quantity,
      })),
      results: results.map((result) => ({ ...result })),
      papers: papers.length,
      missing: papers
        .filter(({ isPresent }) => !isPresent)
        .map(({ paymentId, line }) => ({ paymentId, line })),
    },
  });
  return id;
}

function expectedOf(tx: Tx, shiftId: number, currency: Currency): number {
  return (
    prepared<{ minor: number }>(
      tx,
      'SELECT expected_minor AS minor FROM shift_cash WHERE shift_id = ? AND currency = ?',
    ).get(shiftId, currency)?.minor ?? 0
  );
}

/**
 * Worn notes that came in and did not go out as such: of the opening's count, of receipts less those taken back, of moves.
 * Change may have been given in worn notes, so more is never there than this, and less may be.
 */
function expectedWorn(tx: Tx, shiftId: number): CashAmount[] {
  return prepared<CashAmount>(
    tx,
    `SELECT currency, sum(minor) AS minor FROM (
       SELECT l.currency, l.denomination_minor * l.quantity AS minor FROM counts c
         JOIN count_lines l ON l.count_id = c.id
        WHERE c.shift_id = @shift AND c.kind = 'opening' AND l.is_worn = 1
       UNION ALL
       SELECT t.currency, t.worn_minor FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
        WHERE p.shift_id = @shift AND t.worn_minor > 0
       UNION ALL
       SELECT t.currency, -t.worn_minor FROM undone_payments u JOIN payment_tenders t ON t.payment_id = u.payment_id
        WHERE u.shift_id = @shift AND t.worn_minor > 0
       UNION ALL
       SELECT l.currency, l.denomination_minor * l.quantity FROM cash_moves m
         JOIN cash_move_lines l ON l.move_id = m.id
        WHERE m.to_shift_id = @shift AND l.is_worn = 1 AND m.kind NOT IN ('float', 'floatDifference', 'handover')
       UNION ALL
       SELECT l.currency, -l.denomination_minor * l.quantity FROM cash_moves m
         JOIN cash_move_lines l ON l.move_id = m.id
        WHERE m.from_shift_id = @shift AND l.is_worn = 1)
     GROUP BY currency HAVING sum(minor) <> 0`,
  ).all({ shift: shiftId });
}

type OutcomeRow = {
  readonly id: number;
  readonly kind: CountKind;
  readonly shiftId: number | null;
  readonly till: string | null;
  readonly userId: number;
  readonly byAr: string;
  readonly byEn: string;
  readonly witnessAr: string | null;
  readonly witnessEn: string | null;
  readonly reason: string;
  readonly atMs: number;
  readonly businessDate: string;
};

/** A committed count. @throws Refusal count.notFound */
export function getOutcome(db: ReadDb, countId: number): CountOutcome {
  const row = prepared<OutcomeRow>(
    db,
    `SELECT c.id, c.kind, c.shift_id AS shiftId, c.till_code AS till, c.user_id AS userId, u.name_ar AS byAr,
            u.name_en AS byEn, w.name_ar AS witnessAr, w.name_en AS witnessEn, c.reason, c.at_ms AS atMs,
            c.business_date AS businessDate
       FROM counts c JOIN users u ON u.id = c.user_id LEFT JOIN users w ON w.id = c.witness_id WHERE c.id = ?`,
  ).get(countId);
  if (row === undefined) throw refuse('count.notFound');
  const papers = prepared<{ n: number }>(db, 'SELECT count(*) AS n FROM count_papers WHERE count_id = ?').get(
    countId,
  );
  return {
    id: row.id,
    kind: row.kind,
    shiftId: row.shiftId,
    till: row.till,
    countedBy: { ar: row.byAr, en: row.byEn },
    witness: row.witnessAr === null ? null : { ar: row.witnessAr, en: row.witnessEn ?? '' },
    reason: row.reason,
    atMs: row.atMs,
    businessDate: row.businessDate,
    lines: linesOf(db, countId),
    results: readResults(db, countId),
    papers: papers?.n ?? 0,
    missing: listMissing(db, countId),
    explanations: prepared<Explanation>(
      db,
      `SELECT e.currency, e.text, u.name_ar AS personAr, u.name_en AS personEn, e.role, e.at_ms AS atMs
         FROM count_explanations e JOIN users u ON u.id = e.user_id WHERE e.count_id = ? ORDER BY e.id`,
    ).all(countId),
  };
}

export function readResults(db: ReadDb, countId: number): CountResult[] {
  const rows = prepared<CountResult>(
    db,
    `SELECT currency, counted_minor AS countedMinor, worn_minor AS wornMinor, expected_minor AS expectedMinor,
            expected_worn_minor AS expectedWornMinor, difference_minor AS differenceMinor
       FROM count_results WHERE count_id = ?`,
  ).all(countId);
  return currencies.flatMap((currency) => rows.filter((row) => row.currency === currency));
}

/** The notes and coins of a count, the largest of each currency first. */
export function linesOf(db: ReadDb, countId: number): CashLine[] {
  const rows = prepared<Omit<CashLine, 'isWorn'> & { isWorn: 0 | 1 }>(
    db,
    `SELECT currency, denomination_minor AS denominationMinor, is_worn AS isWorn, quantity FROM count_lines
      WHERE count_id = ?`,
  ).all(countId);
  return knownLines(rows.map((row) => ({ ...row, isWorn: row.isWorn === 1 })));
}

export type NewExplanation = { readonly currency: Currency | null; readonly text: string };

/** Words beside a count, added for ever: the count itself never changes. */
export function explain(
  tx: Tx,
  journal: Journal,
  countId: number,
  explanations: readonly NewExplanation[],
  person: Person,
  atMs: number,
): void {
  const insert = prepared(
    tx,
    'INSERT INTO count_explanations (count_id, currency, user_id, role, text, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { currency, text } of explanations) {
    insert.run(countId, currency, person.id, person.role, text, atMs);
    journal.append(tx, {
      act: 'count.explained',
      actor: actorOf(person),
      atMs,
      body: { countId, currency, text, role: person.role },
    });
  }
}
