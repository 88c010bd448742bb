import type { WriteDb } from '../db/connection.ts';

/** The tables that hold money or its proof: checked before anything else after an unclean end. */
const moneyTables = [
  'payments',
  'payment_tenders',
  'payment_lines',
  'payment_change',
  'shift_cash',
  'cheques',
  'transfers',
  'register_steps',
  'approvals',
  'undone_payments',
  'reversing_entries',
  'reversing_lines',
  'surpluses',
  'surplus_lines',
  'void_leaves',
  'rates',
  'receipt_series',
  'shifts',
  'journal',
  'outbox',
  'print_jobs',
  'drawer_openings',
];

type Pragma = Pick<WriteDb, 'pragma'>;

/** What SQLite finds wrong in the money tables, or null. */
export function firstDamageInMoney(db: Pragma): string | null {
  for (const table of moneyTables) {
    const found = firstLine(db.pragma(`quick_check('${table}')`));
    if (found !== null) return `${table}: ${found}`;
  }
  return null;
}

/** What SQLite finds wrong anywhere in the file, or null. Reads every page: for a worker. */
export function firstDamage(db: Pragma): string | null {
  return firstLine(db.pragma('integrity_check(1)')) ?? foreignKeyDamage(db);
}

function foreignKeyDamage(db: Pragma): string | null {
  const rows = db.pragma('foreign_key_check') as { table: string }[];
  return rows[0] === undefined ? null : `foreign key of ${rows[0].table}`;
}

function firstLine(answer: unknown): string | null {
  const row = (answer as Record<string, string>[])[0];
  const text = row === undefined ? 'no answer' : Object.values(row)[0];
  return text === 'ok' ? null : (text ?? 'no answer');
}
