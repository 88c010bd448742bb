import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../electron/importing/columns.ts';
import { decodeText } from '../../electron/importing/decodeText.ts';
import { readTable } from '../../electron/importing/readTable.ts';
import type { ImportKind } from '../../shared/ipc/contract.ts';

export type SampleFile = { readonly path: string; readonly rows: readonly ReadonlyMap<Column, string>[] };

/** The sample of that kind that docs/import.md describes, and what its lines say. */
export function readSample(folder: string, kind: ImportKind): SampleFile {
  const name = readdirSync(folder)
    .sort()
    .find((file) => file.startsWith(kind) && file.endsWith('.csv'));
  if (name === undefined) throw new Error(`there is no sample file ${kind}*.csv in ${folder}`);
  const path = join(folder, name);
  const table = readTable(kind, decodeText(readFileSync(path))?.text ?? '');
  if (table === undefined) throw new Error(`${path} is empty`);
  const rows: ReadonlyMap<Column, string>[] = [];
  table.forEachLine(({ cells }) => {
    const values = [...table.header.places].map(
      ([column, at]) => [column, (cells[at] ?? '').trim()] as const,
    );
    rows.push(new Map(values));
  });
  return { path, rows };
}

export type ImportedBill = { readonly number: string; readonly account: string; readonly name: string };

/** The first open bill of each account that is in both samples, with its owner's name. */
export function importedBills(accounts: SampleFile, bills: SampleFile): ImportedBill[] {
  const names = new Map(accounts.rows.map((row) => [row.get('number') ?? '', row.get('name') ?? '']));
  const found = new Map<string, ImportedBill>();
  for (const row of bills.rows) {
    const account = row.get('account') ?? '';
    const name = names.get(account);
    const isOpen = Number(row.get('paid') ?? '0') === 0;
    if (name === undefined || !isOpen || found.has(account)) continue;
    found.set(account, { number: row.get('number') ?? '', account, name });
  }
  return [...found.values()];
}
