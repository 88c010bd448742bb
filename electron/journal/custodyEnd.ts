import type { ReadDb } from '../db/connection.ts';
import type { Ledger } from './custodyLedger.ts';
import type { Problem } from './verify.ts';

export type Totals = { receipts: number; minor: number; undone: number; undoneMinor: number };
export const noTotals = (): Totals => ({ receipts: 0, minor: 0, undone: 0, undoneMinor: 0 });

/** All that the journal spoke of. Lists are in its order. */
export type Spoken = {
  readonly shifts: number;
  readonly counts: number;
  readonly moves: number;
  readonly reports: number;
  readonly steps: readonly string[];
  readonly explained: readonly string[];
  readonly clocks: readonly string[];
  /** By code; the first till is in no entry of its own. */
  readonly tills: ReadonlyMap<string, string>;
  readonly ledger: Ledger;
  readonly perpetual: ReadonlyMap<string, Totals>;
};

/** What only the whole can say: no row without an entry, and what should lie anywhere is what the moves left there. */
export function endDiffers(db: ReadDb, spoken: Spoken): Problem | null {
  return (
    numberDiffers('shifts', spoken.shifts) ??
    numberDiffers('counts', spoken.counts) ??
    numberDiffers('cash_moves', spoken.moves) ??
    numberDiffers('z_reports', spoken.reports) ??
    numberDiffers('tills', spoken.tills.size) ??
    listDiffers('how shifts stood', stepRows, spoken.steps) ??
    listDiffers('what was said of differences', explainedRows, spoken.explained) ??
    listDiffers('what was said of the clock', clockRows, spoken.clocks) ??
    tillDiffers() ??
    keptSumDiffers() ??
    totalsDiffer()
  );

  function numberDiffers(table: string, signed: number): Problem | null {
    const rows = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
    return rows === signed ? null : problem('rowsDiffer', `${table}: ${rows}, ${signed} in the journal`);
  }

  function listDiffers(what: string, sql: string, signed: readonly string[]): Problem | null {
    const rows = db.prepare<[]>(sql).pluck().all() as string[];
    return JSON.stringify(rows) === JSON.stringify(signed) ? null : problem('rowsDiffer', what);
  }

  function tillDiffers(): Problem | null {
    const rows = db
      .prepare<[], { code: string; text: string }>(
        `SELECT code, json_array(name, is_active) AS text FROM tills ORDER BY code`,
      )
      .all();
    const other = rows.find(({ code, text }) => spoken.tills.get(code) !== text);
    return other === undefined ? null : problem('rowsDiffer', `till ${other.code}`);
  }

  function keptSumDiffers(): Problem | null {
    const kept = new Map(
      db
        .prepare<[], { key: string; minor: number }>(
          `SELECT 'safe ' || currency AS key, expected_minor AS minor FROM safe_cash
           UNION ALL SELECT 'till ' || till_code || ' ' || currency, expected_minor FROM till_cash
           UNION ALL SELECT 'shift ' || shift_id || ' ' || currency, expected_minor FROM shift_cash`,
        )
        .all()
        .map(({ key, minor }) => [key, minor]),
    );
    const signed = spoken.ledger.entries();
    for (const key of new Set([...kept.keys(), ...signed.keys()]))
      if ((kept.get(key) ?? 0) !== (signed.get(key) ?? 0))
        return problem('sumWrong', `${key}: kept is ${kept.get(key) ?? 0}, signed ${signed.get(key) ?? 0}`);
    return null;
  }

  function totalsDiffer(): Problem | null {
    const rows = db
      .prepare<[], Totals & { till: string }>(
        'SELECT till_code AS till, receipts, minor, undone, undone_minor AS undoneMinor FROM till_totals',
      )
      .all();
    for (const till of new Set([...rows.map((row) => row.till), ...spoken.perpetual.keys()])) {
      const { receipts, minor, undone, undoneMinor } = rows.find((one) => one.till === till) ?? noTotals();
      const kept: Totals = { receipts, minor, undone, undoneMinor };
      if (JSON.stringify(kept) !== JSON.stringify(spoken.perpetual.get(till) ?? noTotals()))
        return problem('sumWrong', `the perpetual totals of ${till}`);
    }
    return null;
  }
}

const stepRows = `SELECT json_array(shift_id, step, count_id, request_id, reason, user_id, at_ms)
  FROM shift_steps ORDER BY id`;
const explainedRows = `SELECT json_array(count_id, currency, user_id, role, text, at_ms)
  FROM count_explanations ORDER BY id`;
const clockRows = 'SELECT json_array(at_ms, ahead_until_ms, user_id) FROM clock_marks ORDER BY id';

function problem(kind: Problem['kind'], detail: string): Problem {
  return { sequence: null, kind, detail };
}
