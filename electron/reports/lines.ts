import { keptWords, onAccountWords, roundingWords } from '../../shared/domain/reports/definitions.ts';
import type { ReportRow, Words } from '../../shared/domain/reports/report.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { settledLinesSql } from '../payments/settledLines.ts';
import type { OnProgress, ScopeParameters } from './entries.ts';
import { byDate, failedFrom, receiptsWhere, shiftDates, undoneFrom } from './entries.ts';
import { none } from './takings.ts';

/** What was paid for, in one entry's direction. */
type LineSum = {
  readonly date: string;
  readonly entry: 'taken' | 'undone' | 'failed';
  readonly kind: 'bill' | 'fee' | 'advance' | 'changeCredit' | 'rounding';
  readonly code: string | null;
  readonly standing: 'arrears' | 'current' | 'fine' | null;
  readonly count: number;
  /** Positive in each direction. Agorot. */
  readonly minor: number;
};

/** As the bill stood when it was paid, also where that is taken back later. */
const standingOf = `CASE WHEN b.id IS NULL THEN NULL WHEN b.kind = 'fine' THEN 'fine'
  WHEN b.due_on < p.business_date THEN 'arrears' ELSE 'current' END`;

const ofLine = `l.kind, coalesce(l.service_code, b.service_code) AS code, ${standingOf} AS standing`;

/** Receipts with their lines and bills: the table is read in its order, and each bill is looked up by its key. */
const linesFrom = `payments p CROSS JOIN payment_lines l ON l.payment_id = p.id
  LEFT JOIN bills b ON b.account_id = l.account_id AND b.id = l.bill_id WHERE ${receiptsWhere}`;

/** Lines of the receipts by service. Grouped by one short word: sorting by several costs half a second a month. */
function takenByService(db: ReadDb, parameters: ScopeParameters, onProgress: OnProgress): LineSum[] {
  return byDate(db, shiftDates(db, parameters), parameters, onProgress, (date, ofDate) =>
    prepared<{ key: string; count: number; minor: number }>(
      db,
      `SELECT coalesce(l.service_code, b.service_code, l.kind) AS key, count(*) AS count, sum(l.minor) AS minor
         FROM ${linesFrom} GROUP BY 1`,
    )
      .all(ofDate)
      .map(({ key, ...sum }) => {
        const isCredit = key === 'advance' || key === 'changeCredit';
        const of = isCredit ? ({ kind: key, code: null } as const) : ({ kind: 'bill', code: key } as const);
        return { date, entry: 'taken', standing: null, ...of, ...sum };
      }),
  );
}

/** Lines of the receipts by how their bills stood. */
function takenByStanding(db: ReadDb, parameters: ScopeParameters, onProgress: OnProgress): LineSum[] {
  return byDate(db, shiftDates(db, parameters), parameters, onProgress, (date, ofDate): LineSum[] => {
    const sums = prepared<Record<'arrears' | 'current' | 'fine' | 'fee' | 'credit', number | null>>(
      db,
      `SELECT sum(iif(b.kind = 'charge' AND b.due_on < p.business_date, l.minor, 0)) AS arrears,
              sum(iif(b.kind = 'charge' AND b.due_on >= p.business_date, l.minor, 0)) AS current,
              sum(iif(b.kind = 'fine', l.minor, 0)) AS fine, sum(iif(l.kind = 'fee', l.minor, 0)) AS fee,
              sum(iif(l.kind IN ('advance', 'changeCredit'), l.minor, 0)) AS credit
         FROM ${linesFrom}`,
    ).get(ofDate);
    const taken = { date, entry: 'taken', code: null, count: 0 } as const;
    return [
      { ...taken, kind: 'bill', standing: 'arrears', minor: sums?.arrears ?? 0 },
      { ...taken, kind: 'bill', standing: 'current', minor: sums?.current ?? 0 },
      { ...taken, kind: 'bill', standing: 'fine', minor: sums?.fine ?? 0 },
      { ...taken, kind: 'fee', standing: null, minor: sums?.fee ?? 0 },
      { ...taken, kind: 'advance', standing: null, minor: sums?.credit ?? 0 },
    ];
  });
}

/**
 * Lines of receipts as they count now (settledLinesSql), of what was taken back, and what reversals of tenders took of them.
 * What became surplus is a handful of lines: it is carried over from bills to credit here instead of being asked of each
 * line of the month.
 */
function lineSums(db: ReadDb, parameters: ScopeParameters, taken: readonly LineSum[]): LineSum[] {
  return [
    `SELECT p.business_date AS date, 'taken' AS entry, ${ofLine}, 0 AS count, -sum(s.minor) AS minor
       FROM surplus_lines s JOIN payment_lines l ON l.payment_id = s.payment_id AND l.line = s.line
       JOIN payments p ON p.id = l.payment_id
       LEFT JOIN bills b ON b.account_id = l.account_id AND b.id = l.bill_id
      WHERE ${receiptsWhere} GROUP BY 1, 3, 4, 5`,
    `SELECT p.business_date AS date, 'taken' AS entry, 'advance' AS kind, NULL AS code, NULL AS standing,
            count(*) AS count, sum(s.minor) AS minor
       FROM surplus_lines s JOIN payments p ON p.id = s.payment_id WHERE ${receiptsWhere} GROUP BY 1`,
    `SELECT u.date, 'undone' AS entry, ${ofLine}, count(*) AS count, sum(l.minor) AS minor
       FROM (SELECT p.id, p.business_date, u.business_date AS date FROM ${undoneFrom}) u
       JOIN (${settledLinesSql}) l ON l.payment_id = u.id
       JOIN payments p ON p.id = u.id
       LEFT JOIN bills b ON b.account_id = l.account_id AND b.id = l.bill_id
      WHERE l.minor <> 0 GROUP BY 1, 3, 4, 5`,
    // What was sold is owed anew as a bill of its own: it is still a fee that came to nothing.
    `SELECT f.date, 'failed' AS entry,
            CASE r.kind WHEN 'bill' THEN 'bill' WHEN 'debt' THEN iif(b.service_code = 'recoveredCredit', 'advance', 'fee')
                        ELSE 'advance' END AS kind,
            iif(r.kind = 'credit' OR b.service_code = 'recoveredCredit', NULL, b.service_code) AS code,
            iif(r.kind = 'bill', ${standingOf}, NULL) AS standing, count(*) AS count, sum(r.minor) AS minor
       FROM (SELECT e.id AS entry, p.id, e.business_date AS date FROM ${failedFrom}) f
       JOIN reversing_lines r ON r.entry_id = f.entry AND r.kind <> 'bankFee'
       JOIN payments p ON p.id = f.id
       LEFT JOIN bills b ON b.account_id = r.account_id AND b.id = r.bill_id
      GROUP BY 1, 3, 4, 5`,
    // What rounding had taken of a tender that failed is owed by nobody.
    `SELECT e.business_date AS date, 'failed' AS entry, 'rounding' AS kind, NULL AS code, NULL AS standing, 0 AS count,
            sum(e.value_minor - coalesce((SELECT sum(r.minor) FROM reversing_lines r
              WHERE r.entry_id = e.id AND r.kind <> 'bankFee'), 0)) AS minor
       FROM ${failedFrom} GROUP BY 1`,
  ]
    .flatMap((sql) => prepared<LineSum>(db, sql).all(parameters))
    .concat(taken)
    .filter(({ minor }) => minor !== 0);
}

type ServiceSum = { lines: number; taken: number; undone: number; failed: number };

/** What was paid for: by 'service CODE' (bills and fees of it together), 'advance', 'changeCredit', 'rounding'. Agorot. */
export function serviceSums(
  db: ReadDb,
  parameters: ScopeParameters,
  onProgress: OnProgress = () => {},
): ReadonlyMap<string, Readonly<ServiceSum>> {
  const keyOf = ({ kind, code }: LineSum): string =>
    kind === 'bill' || kind === 'fee' ? `service ${code}` : kind;
  const sums = new Map<string, ServiceSum>();
  for (const line of lineSums(db, parameters, takenByService(db, parameters, onProgress))) {
    const key = keyOf(line);
    const sum = sums.get(key) ?? { lines: 0, taken: 0, undone: 0, failed: 0 };
    sum[line.entry] += line.minor;
    if (line.entry === 'taken') sum.lines += line.count;
    sums.set(key, sum);
  }
  return sums;
}

/** Every service in the order of the catalogue. */
export function namedServices(db: ReadDb): readonly ({ readonly code: string } & Words)[] {
  return prepared<{ code: string; ar: string; en: string }>(
    db,
    'SELECT code, name_ar AS ar, name_en AS en FROM services ORDER BY position, code',
  ).all();
}

/** What was paid for, by service. Agorot. */
export function servicesReport(db: ReadDb, parameters: ScopeParameters, onProgress: OnProgress): ReportRow[] {
  const named: readonly (readonly [string, Words])[] = [
    ...namedServices(db).map(({ code, ar, en }) => [`service ${code}`, { ar, en }] as const),
    ['advance', onAccountWords],
    ['changeCredit', keptWords],
    ['rounding', roundingWords],
  ];
  const sums = serviceSums(db, parameters, onProgress);
  return named.flatMap(([key, words]): ReportRow[] => {
    const sum = sums.get(key);
    if (sum === undefined) return [];
    const { lines, taken, undone, failed } = sum;
    return [
      {
        currency: 'ILS',
        cells: [words, lines, taken, none(-undone), none(-failed), taken - undone - failed],
      },
    ];
  });
}

/** Of each date: what was collected of debts past their due date, of bills not yet due, and the rest. Agorot. */
export function arrearsReport(db: ReadDb, parameters: ScopeParameters, onProgress: OnProgress): ReportRow[] {
  const columns = ['arrears', 'current', 'fines', 'fees', 'onAccount', 'rounding'] as const;
  type Column = (typeof columns)[number];
  const columnOf = ({ kind, standing }: LineSum): Column => {
    if (kind === 'bill') return standing === 'fine' ? 'fines' : (standing ?? 'current');
    if (kind === 'fee') return 'fees';
    return kind === 'rounding' ? 'rounding' : 'onAccount';
  };
  const sums = new Map<string, Record<Column, number>>();
  for (const line of lineSums(db, parameters, takenByStanding(db, parameters, onProgress))) {
    const sum = sums.get(line.date) ?? {
      arrears: 0,
      current: 0,
      fines: 0,
      fees: 0,
      onAccount: 0,
      rounding: 0,
    };
    sum[columnOf(line)] += line.entry === 'taken' ? line.minor : -line.minor;
    sums.set(line.date, sum);
  }
  return [...sums]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([date, sum]) => {
      const amounts = columns.map((column) => sum[column]);
      return { currency: 'ILS', cells: [date, ...amounts, amounts.reduce((all, minor) => all + minor, 0)] };
    });
}
