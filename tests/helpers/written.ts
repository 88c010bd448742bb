import { join } from 'node:path';
import { expect } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { ChannelName, Input } from '../../shared/ipc/contract.ts';
import type { TestCounter } from './counter.ts';

/** All that a payment or a shift writes, but for the journal. */
const moneyTables = [
  'payments',
  'payment_tenders',
  'payment_lines',
  'payment_change',
  'shift_cash',
  'cheques',
  'transfers',
  'register_steps',
  'rates',
  'approvals',
  'undone_payments',
  'reversing_entries',
  'reversing_lines',
  'surpluses',
  'surplus_lines',
  'receipt_books',
  'void_leaves',
  'receipt_series',
  'print_jobs',
  'outbox',
  'shifts',
  'shift_floats',
  'shift_steps',
  'counts',
  'count_lines',
  'count_papers',
  'count_results',
  'count_explanations',
  'cash_moves',
  'cash_move_amounts',
  'cash_move_lines',
  'safe_cash',
  'till_cash',
  'till_totals',
  'z_reports',
  'tills',
  'days',
  'explanation_requests',
  'returned_shifts',
  'bank_accounts',
  'deposits',
  'deposit_cash',
  'deposit_cheques',
  'deposit_steps',
  'deposit_confirmed',
];

type Written = {
  readonly rows: Readonly<Record<string, unknown>>;
  readonly journal: readonly JournalEntry[];
};

/** What is on disk now, read by a connection of its own. */
export function written(folder: string): Written {
  const db = openReadOnly(join(folder, 'sanduq.db'));
  try {
    const rows: Record<string, unknown> = {};
    for (const table of moneyTables) rows[table] = db.prepare(`SELECT * FROM ${table}`).all();
    rows['bills'] = db.prepare('SELECT account_id, id, paid_minor FROM bills WHERE paid_minor > 0').all();
    rows['credit'] = db.prepare('SELECT id, credit_minor FROM accounts WHERE credit_minor > 0').all();
    const journal = db
      .prepare<[], { text: string }>('SELECT text FROM journal ORDER BY sequence')
      .all()
      .map(({ text }) => JSON.parse(text) as JournalEntry);
    return { rows, journal };
  } finally {
    db.close();
  }
}

/** The call is refused with that code, no row has moved, and the journal has the refusal (or, unrecorded, nothing). */
export async function expectNothingWritten<C extends ChannelName>(
  till: TestCounter,
  channel: C,
  input: unknown,
  code: ErrorCode,
  recorded = true,
): Promise<void> {
  const before = written(till.folder);
  const reply = await till.ask(channel, input as Input<C>);
  expect(reply).toMatchObject({ ok: false, code });
  const after = written(till.folder);
  expect(after.rows).toEqual(before.rows);
  const added = after.journal.slice(before.journal.length);
  expect(added.map(({ act, body }) => [act, body['channel'], body['code']])).toEqual(
    recorded ? [['act.refused', channel, code]] : [],
  );
}
