import { createHash } from 'node:crypto';
import { fold } from '../../shared/domain/folding.ts';
import type { ImportBadLine, ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Column } from './columns.ts';
import type { Comparison } from './compareAccounts.ts';
import { createAccountComparison } from './compareAccounts.ts';
import { createBillComparison } from './compareBills.ts';
import { decodeText } from './decodeText.ts';
import type { Line, Table } from './readTable.ts';
import { readTable } from './readTable.ts';
import type { Catalogue, CellOf } from './rows.ts';
import { readAccountRow, readBillRow } from './rows.ts';
import type { StagedChange, StagingWriter } from './staging.ts';

export type Prepared = Omit<ImportPreview, 'token' | 'fileName'> & { readonly sha256: string };
export type PrepareFailure =
  | { readonly code: 'import.unreadable' }
  | { readonly code: 'import.missingColumns'; readonly columns: string };
export type PrepareResult =
  | { readonly ok: true; readonly prepared: Prepared }
  | { readonly ok: false; readonly failure: PrepareFailure };

const badLinesListed = 500;
const sampleLines = 5;
const longestValueShown = 80;

/**
 * Reads and judges a whole file against the database as it stands, and stages what confirming would write. Writes
 * nothing to the database. Runs in a worker: 100,000 lines take seconds.
 */
export function prepareImport(
  db: ReadDb,
  kind: ImportKind,
  bytes: Uint8Array,
  staging: StagingWriter,
  onProgress: (done: number, total: number) => void,
): PrepareResult {
  const decoded = decodeText(bytes);
  const table = decoded === undefined ? undefined : readTable(kind, decoded.text);
  if (decoded === undefined || table === undefined)
    return { ok: false, failure: { code: 'import.unreadable' } };
  if (table.header.missing.length > 0) {
    return {
      ok: false,
      failure: { code: 'import.missingColumns', columns: table.header.missing.join('، ') },
    };
  }

  const judge = createJudge(db, kind, table);
  const count = { lines: 0, added: 0, changed: 0, unchanged: 0, badLines: 0, surpluses: 0, surplusMinor: 0 };
  const bad: ImportBadLine[] = [];
  const sample: Record<string, string>[] = [];
  table.forEachLine((line) => {
    count.lines += 1;
    const verdict = judge(line);
    if (verdict.is === 'bad') {
      const heading =
        verdict.column === null
          ? undefined
          : table.header.names[table.header.places.get(verdict.column) ?? -1];
      const badLine = {
        line: line.line,
        column: heading ?? null,
        reason: verdict.reason,
        value: verdict.value.slice(0, longestValueShown),
      };
      count.badLines += 1;
      staging.addBadLine(badLine);
      if (bad.length < badLinesListed) bad.push(badLine);
    } else {
      if (sample.length < sampleLines) sample.push(asSample(table, line));
      if (verdict.is === 'unchanged') count.unchanged += 1;
      else {
        staging.addChange(verdict.change);
        count[verdict.change.action === 'add' ? 'added' : 'changed'] += 1;
        const surplusMinor = verdict.change.kind === 'bill' ? verdict.change.surplusMinor : 0;
        count.surpluses += surplusMinor > 0 ? 1 : 0;
        count.surplusMinor += surplusMinor;
      }
    }
    if (count.lines % 500 === 0) onProgress(count.lines, table.lineCount);
  });
  staging.finish();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { encoding } = decoded;
  return {
    ok: true,
    prepared: { kind, encoding, delimiter: table.delimiter, ...count, bad, sample, sha256 },
  };
}

type Verdict =
  | Exclude<Comparison<StagedChange>, { is: 'bad' }>
  | {
      readonly is: 'bad';
      readonly column: Column | null;
      readonly reason: ImportBadLine['reason'];
      readonly value: string;
    };

function createJudge(db: ReadDb, kind: ImportKind, table: Table): (line: Line) => Verdict {
  const catalogue = readCatalogue(db);
  const compareAccount = createAccountComparison(db);
  const compareBill = createBillComparison(db);
  const width = table.header.names.length;
  return ({ cells, isBadlyQuoted }) => {
    const first = cells[0] ?? '';
    if (isBadlyQuoted) return { is: 'bad', column: null, reason: 'badQuoting', value: first };
    if (cells.length < width)
      return { is: 'bad', column: null, reason: 'tooFewColumns', value: String(cells.length) };
    // A spreadsheet may leave empty cells at the end.
    if (cells.slice(width).some((cell) => cell.trim() !== '')) {
      return { is: 'bad', column: null, reason: 'tooManyColumns', value: String(cells.length) };
    }
    const cellOf: CellOf = (column) => {
      const place = table.header.places.get(column);
      return place === undefined ? undefined : (cells[place] ?? '');
    };
    if (kind === 'accounts') {
      const read = readAccountRow(cellOf, catalogue);
      return read.ok ? compareAccount(read.row) : { is: 'bad', ...read.problem };
    }
    const read = readBillRow(cellOf, catalogue);
    return read.ok ? compareBill(read.row) : { is: 'bad', ...read.problem };
  };
}

function readCatalogue(db: ReadDb): Catalogue {
  type Row = { code: string; ar: string; en: string; nature: string };
  const categories = db
    .prepare<[], Row>(`SELECT code, name_ar AS ar, name_en AS en, '' AS nature FROM categories`)
    .all();
  const services = db
    .prepare<[], Row>('SELECT code, name_ar AS ar, name_en AS en, nature FROM services')
    .all();
  const names = ({ code, ar, en }: Row): string[] => [en, ar, code].map(fold);
  return {
    categories: new Map(categories.flatMap((row) => names(row).map((name) => [name, row.code] as const))),
    services: new Map(
      services.flatMap((row) =>
        names(row).map((name) => [name, { code: row.code, isFine: row.nature === 'fine' }] as const),
      ),
    ),
  };
}

function asSample(table: Table, { cells }: Line): Record<string, string> {
  return Object.fromEntries(
    [...table.header.places.values()].map((place) => [
      table.header.names[place] ?? '',
      (cells[place] ?? '').trim().slice(0, longestValueShown),
    ]),
  );
}
