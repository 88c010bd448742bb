import type { Migration } from '../migrate.ts';

const maxMinor = 99_999_999_999;
const currency = `TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD'))`;

/** Tables whose rows are never changed or removed once written. */
const appendOnly = [
  'days',
  'explanation_requests',
  'deposit_cash',
  'deposit_cheques',
  'deposit_steps',
  'deposit_confirmed',
] as const;

function appendOnlyTriggers(table: string): string {
  return `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;
}

/** Whatever carries a date: nothing of a closed day, or of a day before it, is written any more. */
const dated = [
  'shifts',
  'payments',
  'undone_payments',
  'reversing_entries',
  'counts',
  'cash_moves',
  'z_reports',
  'deposits',
  'returned_shifts',
] as const;

function closedDayTrigger(table: string): string {
  return `
    CREATE TRIGGER ${table}_day_open BEFORE INSERT ON ${table}
      WHEN NEW.business_date <= (SELECT max(business_date) FROM days)
      BEGIN SELECT RAISE(ABORT, 'a closed day stays closed'); END;`;
}

/** Closed days, shifts that are counted again, and what goes to the bank. */
export const days: Migration = {
  version: 6,
  name: 'days',
  sql: `
    -- A closed day: with it every day up to it is closed.
    CREATE TABLE days (
      id INTEGER PRIMARY KEY,
      business_date TEXT NOT NULL UNIQUE
        CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      closed_by INTEGER NOT NULL REFERENCES users (id),
      -- An administrator's word, where who closed it had taken money on it.
      approval_id INTEGER UNIQUE REFERENCES approvals (id),
      -- For programs; content is the paper (canonical JSON both).
      figures TEXT NOT NULL CHECK (json_valid(figures)),
      content TEXT NOT NULL CHECK (json_valid(content)),
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER days_in_order BEFORE INSERT ON days
      WHEN NEW.business_date <= (SELECT max(business_date) FROM days)
      BEGIN SELECT RAISE(ABORT, 'days are closed in order'); END;

    -- Explanations that were given in the day's review, each by a request of its own.
    CREATE TABLE explanation_requests (
      explanation_id INTEGER PRIMARY KEY REFERENCES count_explanations (id),
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      -- The supervisor's words; or those of who counted, about a second count.
      is_review INTEGER NOT NULL CHECK (is_review IN (0, 1))
    ) STRICT;

    -- A closed shift that a supervisor sends back to be counted again; the counts before stay.
    CREATE TABLE returned_shifts (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      business_date TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (length(reason) > 0),
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      -- Null until it was counted again.
      count_id INTEGER UNIQUE REFERENCES counts (id)
    ) STRICT;
    CREATE UNIQUE INDEX returned_shifts_waiting ON returned_shifts (shift_id) WHERE count_id IS NULL;
    CREATE INDEX returned_shifts_by_shift ON returned_shifts (shift_id, id);
    CREATE TRIGGER returned_shifts_only_counted BEFORE UPDATE ON returned_shifts
      WHEN OLD.count_id IS NOT NULL OR NEW.count_id IS NULL OR NEW.id <> OLD.id OR NEW.request_id <> OLD.request_id
        OR NEW.shift_id <> OLD.shift_id OR NEW.business_date <> OLD.business_date OR NEW.reason <> OLD.reason
        OR NEW.user_id <> OLD.user_id OR NEW.at_ms <> OLD.at_ms
      BEGIN SELECT RAISE(ABORT, 'a returned shift is counted once'); END;
    CREATE TRIGGER returned_shifts_no_delete BEFORE DELETE ON returned_shifts
      BEGIN SELECT RAISE(ABORT, 'returned shifts are kept'); END;

    -- Where money goes: a supervisor or administrator keeps the list.
    CREATE TABLE bank_accounts (
      id INTEGER PRIMARY KEY,
      bank TEXT NOT NULL CHECK (length(bank) BETWEEN 1 AND 60),
      account TEXT NOT NULL CHECK (length(account) BETWEEN 3 AND 40),
      currency ${currency},
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
      is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
      UNIQUE (bank, account, currency)
    ) STRICT;
    CREATE TRIGGER bank_accounts_kept BEFORE UPDATE ON bank_accounts
      WHEN (NEW.id <> OLD.id OR NEW.bank <> OLD.bank OR NEW.account <> OLD.account OR NEW.currency <> OLD.currency)
        AND EXISTS (SELECT 1 FROM deposits WHERE bank_account_id = OLD.id)
      BEGIN SELECT RAISE(ABORT, 'an account that money went to stays as it was'); END;
    CREATE TRIGGER bank_accounts_no_delete BEFORE DELETE ON bank_accounts
      BEGIN SELECT RAISE(ABORT, 'bank accounts are kept'); END;

    -- What goes to one account; several may be prepared by one request.
    CREATE TABLE deposits (
      id INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE CHECK (number > 0),
      request_id TEXT NOT NULL CHECK (length(request_id) = 36),
      part INTEGER NOT NULL CHECK (part > 0),
      request_digest TEXT NOT NULL,
      business_date TEXT NOT NULL,
      bank_account_id INTEGER NOT NULL REFERENCES bank_accounts (id),
      slip_number TEXT NOT NULL DEFAULT '',
      bag_number TEXT NOT NULL DEFAULT '',
      prepared_by INTEGER NOT NULL REFERENCES users (id),
      second_person INTEGER NOT NULL REFERENCES users (id),
      -- Of its cash out of the safe, and back into it where it was cancelled; none of cheques alone.
      move_id INTEGER UNIQUE REFERENCES cash_moves (id),
      back_move_id INTEGER UNIQUE REFERENCES cash_moves (id),
      currency ${currency},
      cash_minor INTEGER NOT NULL CHECK (cash_minor BETWEEN 0 AND ${maxMinor}),
      cheques_minor INTEGER NOT NULL CHECK (cheques_minor BETWEEN 0 AND ${maxMinor}),
      -- Its slip (canonical JSON).
      content TEXT NOT NULL CHECK (json_valid(content)),
      state TEXT NOT NULL CHECK (state IN ('prepared', 'deposited', 'confirmed', 'cancelled')),
      at_ms INTEGER NOT NULL,
      UNIQUE (request_id, part),
      CHECK (second_person <> prepared_by),
      CHECK (cash_minor + cheques_minor > 0),
      CHECK ((cash_minor > 0) = (move_id IS NOT NULL)),
      CHECK (back_move_id IS NULL OR (state = 'cancelled' AND move_id IS NOT NULL)),
      CHECK (state <> 'cancelled' OR (move_id IS NULL) = (back_move_id IS NULL))
    ) STRICT;
    CREATE INDEX deposits_by_date ON deposits (business_date);
    CREATE TRIGGER deposits_only_next BEFORE INSERT ON deposits
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM deposits)
      BEGIN SELECT RAISE(ABORT, 'a deposit has the next number'); END;
    CREATE TRIGGER deposits_only_state BEFORE UPDATE ON deposits
      WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.request_id <> OLD.request_id OR NEW.part <> OLD.part
        OR NEW.request_digest <> OLD.request_digest OR NEW.business_date <> OLD.business_date
        OR NEW.bank_account_id <> OLD.bank_account_id OR NEW.slip_number <> OLD.slip_number
        OR NEW.bag_number <> OLD.bag_number OR NEW.prepared_by <> OLD.prepared_by
        OR NEW.second_person <> OLD.second_person OR NEW.move_id IS NOT OLD.move_id OR NEW.currency <> OLD.currency
        OR NEW.cash_minor <> OLD.cash_minor OR NEW.cheques_minor <> OLD.cheques_minor OR NEW.content <> OLD.content OR NEW.at_ms <> OLD.at_ms
        OR NOT ((OLD.state = 'prepared' AND NEW.state IN ('deposited', 'cancelled'))
          OR (OLD.state = 'deposited' AND NEW.state = 'confirmed'))
      BEGIN SELECT RAISE(ABORT, 'only the state of a deposit goes on'); END;
    CREATE TRIGGER deposits_no_delete BEFORE DELETE ON deposits
      BEGIN SELECT RAISE(ABORT, 'deposits are kept'); END;

    CREATE TABLE deposit_cash (
      deposit_id INTEGER NOT NULL REFERENCES deposits (id),
      currency ${currency},
      denomination_minor INTEGER NOT NULL CHECK (denomination_minor > 0),
      is_worn INTEGER NOT NULL CHECK (is_worn IN (0, 1)),
      quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
      PRIMARY KEY (deposit_id, currency, denomination_minor, is_worn)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE deposit_cheques (
      deposit_id INTEGER NOT NULL REFERENCES deposits (id),
      cheque_id INTEGER NOT NULL REFERENCES cheques (id),
      PRIMARY KEY (deposit_id, cheque_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deposit_cheques_by_cheque ON deposit_cheques (cheque_id);

    -- Each step of a deposit: who, when, and of the confirmed one what the bank's slip says.
    CREATE TABLE deposit_steps (
      id INTEGER PRIMARY KEY,
      -- None of the first, which is its preparation's.
      request_id TEXT UNIQUE CHECK (request_id IS NULL OR length(request_id) = 36),
      deposit_id INTEGER NOT NULL REFERENCES deposits (id),
      state TEXT NOT NULL CHECK (state IN ('prepared', 'deposited', 'confirmed', 'cancelled')),
      note TEXT NOT NULL DEFAULT '',
      bank_reference TEXT NOT NULL DEFAULT '',
      bank_date TEXT,
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      UNIQUE (deposit_id, state),
      CHECK ((state = 'confirmed') = (bank_date IS NOT NULL)),
      CHECK ((state = 'confirmed') = (bank_reference <> ''))
    ) STRICT;
    -- What the bank wrote to the account.
    CREATE TABLE deposit_confirmed (
      deposit_id INTEGER PRIMARY KEY REFERENCES deposits (id),
      minor INTEGER NOT NULL CHECK (minor BETWEEN 0 AND ${maxMinor})
    ) STRICT;

    ${dated.map(closedDayTrigger).join('\n')}
    CREATE TRIGGER count_explanations_day_open BEFORE INSERT ON count_explanations
      WHEN (SELECT business_date FROM counts WHERE id = NEW.count_id) <= (SELECT max(business_date) FROM days)
      BEGIN SELECT RAISE(ABORT, 'a closed day stays closed'); END;

    ${appendOnly.map(appendOnlyTriggers).join('\n')}
  `,
};
