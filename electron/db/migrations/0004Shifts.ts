import type { Migration } from '../migrate.ts';

const maxMinor = 99_999_999_999;
const currency = `TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD'))`;

/** Tables whose rows are never changed or removed once written. */
const appendOnly = [
  'shift_steps',
  'counts',
  'count_lines',
  'count_papers',
  'count_results',
  'count_explanations',
  'cash_moves',
  'cash_move_amounts',
  'cash_move_lines',
  'z_reports',
  'clock_marks',
] as const;

function appendOnlyTriggers(table: string): string {
  return `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;
}

/** One end of a move: the safe, the drawer of an open shift, the drawer of a till without one, or outside. */
function place(end: 'from' | 'to'): string {
  return `
      ${end}_kind TEXT NOT NULL CHECK (${end}_kind IN ('safe', 'shift', 'till', 'outside')),
      ${end}_shift_id INTEGER REFERENCES shifts (id),
      ${end}_till TEXT REFERENCES tills (code),`;
}

/** Tills of this database, counts, custody of cash, and the numbered reports of closed shifts. */
export const shifts: Migration = {
  version: 4,
  name: 'shifts',
  sql: `
    -- Drawers that are served from this database. Every receipt number begins with its till's code.
    CREATE TABLE tills (
      code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 2 AND 6),
      name TEXT NOT NULL,
      is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
      added_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER tills_no_delete BEFORE DELETE ON tills
      BEGIN SELECT RAISE(ABORT, 'tills are kept'); END;
    CREATE TRIGGER tills_code_kept BEFORE UPDATE OF code ON tills
      BEGIN SELECT RAISE(ABORT, 'a till keeps its code'); END;
    INSERT INTO tills (code, name, added_at_ms) SELECT till_code, '', created_at_ms FROM installation;

    -- What became of a shift between its opening and its close; the last step says how it stands.
    CREATE TABLE shift_steps (
      id INTEGER PRIMARY KEY,
      request_id TEXT UNIQUE CHECK (request_id IS NULL OR length(request_id) = 36),
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      step TEXT NOT NULL CHECK (step IN ('suspended', 'resumed', 'counted', 'sellingResumed', 'handoverRefused')),
      -- Of 'counted' and 'handoverRefused': the count.
      count_id INTEGER REFERENCES counts (id),
      reason TEXT NOT NULL DEFAULT '',
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      CHECK ((step IN ('counted', 'handoverRefused')) = (count_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX shift_steps_by_shift ON shift_steps (shift_id, id);

    -- Counts: what a person found, and what should have been there at that moment. Never changed.
    CREATE TABLE counts (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      request_digest TEXT NOT NULL,
      -- opening, close, recount, surprise, handover, witnessed …
      kind TEXT NOT NULL CHECK (length(kind) > 0),
      -- Null: of the safe.
      shift_id INTEGER REFERENCES shifts (id),
      till_code TEXT REFERENCES tills (code),
      user_id INTEGER NOT NULL REFERENCES users (id),
      witness_id INTEGER REFERENCES users (id),
      -- Why there is a second count, or a witnessed one; an auditor's remark.
      reason TEXT NOT NULL DEFAULT '',
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      CHECK (witness_id IS NULL OR witness_id <> user_id)
    ) STRICT;
    CREATE INDEX counts_by_shift ON counts (shift_id, id) WHERE shift_id IS NOT NULL;
    CREATE INDEX counts_by_date ON counts (business_date);

    CREATE TABLE count_lines (
      count_id INTEGER NOT NULL REFERENCES counts (id),
      currency ${currency},
      denomination_minor INTEGER NOT NULL CHECK (denomination_minor > 0),
      is_worn INTEGER NOT NULL CHECK (is_worn IN (0, 1)),
      quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
      PRIMARY KEY (count_id, currency, denomination_minor, is_worn)
    ) STRICT, WITHOUT ROWID;

    -- Each cheque and slip of the shift: there, or missing.
    CREATE TABLE count_papers (
      count_id INTEGER NOT NULL REFERENCES counts (id),
      payment_id INTEGER NOT NULL,
      line INTEGER NOT NULL,
      is_present INTEGER NOT NULL CHECK (is_present IN (0, 1)),
      PRIMARY KEY (count_id, payment_id, line),
      FOREIGN KEY (payment_id, line) REFERENCES payment_tenders (payment_id, line)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE count_results (
      count_id INTEGER NOT NULL REFERENCES counts (id),
      currency ${currency},
      counted_minor INTEGER NOT NULL CHECK (counted_minor BETWEEN 0 AND ${maxMinor}),
      worn_minor INTEGER NOT NULL CHECK (worn_minor BETWEEN 0 AND counted_minor),
      expected_minor INTEGER NOT NULL CHECK (expected_minor BETWEEN 0 AND ${maxMinor}),
      -- What came in as worn and did not go out as such.
      expected_worn_minor INTEGER NOT NULL,
      difference_minor INTEGER NOT NULL CHECK (difference_minor = counted_minor - expected_minor),
      PRIMARY KEY (count_id, currency)
    ) STRICT, WITHOUT ROWID;

    -- Why it differs: the cashier's words at the close, the supervisor's at the day's close.
    CREATE TABLE count_explanations (
      id INTEGER PRIMARY KEY,
      count_id INTEGER NOT NULL REFERENCES counts (id),
      -- Null: of papers that are missing.
      currency TEXT CHECK (currency IN ('ILS', 'JOD', 'USD')),
      user_id INTEGER NOT NULL REFERENCES users (id),
      role TEXT NOT NULL CHECK (role IN ('cashier', 'supervisor', 'administrator', 'auditor')),
      text TEXT NOT NULL CHECK (length(text) > 0),
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX count_explanations_by_count ON count_explanations (count_id, id);

    -- Custody: every coin that goes from one keeper to another.
    CREATE TABLE cash_moves (
      id INTEGER PRIMARY KEY,
      -- None for moves that belong to a count, a close or the other half of an exchange.
      request_id TEXT UNIQUE CHECK (request_id IS NULL OR length(request_id) = 36),
      request_digest TEXT,
      -- float, floatDifference, prepareFloat, collectFloat, topUp, payIn, cashIn, cashOut, exchange, difference, left,
      -- closeToSafe, handover, safeIn, safeOut …
      kind TEXT NOT NULL CHECK (length(kind) > 0),
      ${place('from')}
      ${place('to')}
      reason TEXT NOT NULL DEFAULT '',
      note TEXT NOT NULL DEFAULT '',
      bag_number TEXT NOT NULL DEFAULT '',
      user_id INTEGER NOT NULL REFERENCES users (id),
      -- Who gave or received at the other end and proved it with their own PIN.
      counterpart_id INTEGER REFERENCES users (id),
      approval_id INTEGER UNIQUE REFERENCES approvals (id),
      count_id INTEGER REFERENCES counts (id),
      -- The other half of an exchange.
      paired_with INTEGER UNIQUE REFERENCES cash_moves (id),
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      CHECK ((request_id IS NULL) = (request_digest IS NULL)),
      CHECK ((from_kind = 'shift') = (from_shift_id IS NOT NULL)),
      CHECK ((from_kind = 'till') = (from_till IS NOT NULL)),
      CHECK ((to_kind = 'shift') = (to_shift_id IS NOT NULL)),
      CHECK ((to_kind = 'till') = (to_till IS NOT NULL)),
      CHECK (from_kind <> to_kind OR from_shift_id IS NOT to_shift_id OR from_till IS NOT to_till),
      CHECK (counterpart_id IS NULL OR counterpart_id <> user_id)
    ) STRICT;
    CREATE INDEX cash_moves_from_shift ON cash_moves (from_shift_id, id) WHERE from_shift_id IS NOT NULL;
    CREATE INDEX cash_moves_to_shift ON cash_moves (to_shift_id, id) WHERE to_shift_id IS NOT NULL;
    CREATE INDEX cash_moves_by_date ON cash_moves (business_date);

    CREATE TABLE cash_move_amounts (
      move_id INTEGER NOT NULL REFERENCES cash_moves (id),
      currency ${currency},
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      PRIMARY KEY (move_id, currency)
    ) STRICT, WITHOUT ROWID;

    -- Which notes and coins; none of what is known by its amount only (a difference).
    CREATE TABLE cash_move_lines (
      move_id INTEGER NOT NULL REFERENCES cash_moves (id),
      currency ${currency},
      denomination_minor INTEGER NOT NULL CHECK (denomination_minor > 0),
      is_worn INTEGER NOT NULL CHECK (is_worn IN (0, 1)),
      quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 100000),
      PRIMARY KEY (move_id, currency, denomination_minor, is_worn)
    ) STRICT, WITHOUT ROWID;

    -- What should lie in the safe, and in the drawer of a till without a shift; beside the moves it is the sum of.
    CREATE TABLE safe_cash (
      currency TEXT PRIMARY KEY CHECK (currency IN ('ILS', 'JOD', 'USD')),
      expected_minor INTEGER NOT NULL CHECK (expected_minor BETWEEN 0 AND ${maxMinor})
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE till_cash (
      till_code TEXT NOT NULL REFERENCES tills (code),
      currency ${currency},
      expected_minor INTEGER NOT NULL CHECK (expected_minor BETWEEN 0 AND ${maxMinor}),
      PRIMARY KEY (till_code, currency)
    ) STRICT, WITHOUT ROWID;

    -- The report of a closed shift: numbered without a gap for each till, with totals that are never reset.
    CREATE TABLE z_reports (
      id INTEGER PRIMARY KEY,
      till_code TEXT NOT NULL REFERENCES tills (code),
      number INTEGER NOT NULL CHECK (number > 0),
      shift_id INTEGER NOT NULL UNIQUE REFERENCES shifts (id),
      count_id INTEGER NOT NULL UNIQUE REFERENCES counts (id),
      request_digest TEXT NOT NULL,
      user_id INTEGER NOT NULL REFERENCES users (id),
      -- Why another than its cashier closed it.
      reason TEXT NOT NULL DEFAULT '',
      -- All of the till's receipts ever, up to this one; agorot.
      total_receipts INTEGER NOT NULL CHECK (total_receipts >= 0),
      total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
      total_undone INTEGER NOT NULL CHECK (total_undone >= 0),
      total_undone_minor INTEGER NOT NULL CHECK (total_undone_minor >= 0),
      -- For programs; content is the paper (canonical JSON both).
      figures TEXT NOT NULL CHECK (json_valid(figures)),
      content TEXT NOT NULL CHECK (json_valid(content)),
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      UNIQUE (till_code, number)
    ) STRICT;
    CREATE INDEX z_reports_by_date ON z_reports (business_date);
    CREATE TRIGGER z_reports_only_next BEFORE INSERT ON z_reports
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM z_reports WHERE till_code = NEW.till_code)
      BEGIN SELECT RAISE(ABORT, 'a Z report has the next number of its till'); END;

    -- The perpetual totals as they stand: they only grow.
    CREATE TABLE till_totals (
      till_code TEXT PRIMARY KEY REFERENCES tills (code),
      receipts INTEGER NOT NULL CHECK (receipts >= 0),
      minor INTEGER NOT NULL CHECK (minor >= 0),
      undone INTEGER NOT NULL CHECK (undone >= 0),
      undone_minor INTEGER NOT NULL CHECK (undone_minor >= 0),
      -- Of shifts that were closed before there were Z reports.
      carried_receipts INTEGER NOT NULL CHECK (carried_receipts >= 0),
      carried_minor INTEGER NOT NULL CHECK (carried_minor >= 0),
      carried_undone INTEGER NOT NULL CHECK (carried_undone >= 0),
      carried_undone_minor INTEGER NOT NULL CHECK (carried_undone_minor >= 0)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER till_totals_only_grow BEFORE UPDATE ON till_totals
      WHEN NEW.till_code <> OLD.till_code OR NEW.receipts < OLD.receipts OR NEW.minor < OLD.minor
        OR NEW.undone < OLD.undone OR NEW.undone_minor < OLD.undone_minor
        OR NEW.carried_receipts <> OLD.carried_receipts OR NEW.carried_minor <> OLD.carried_minor
        OR NEW.carried_undone <> OLD.carried_undone OR NEW.carried_undone_minor <> OLD.carried_undone_minor
      BEGIN SELECT RAISE(ABORT, 'perpetual totals only grow'); END;
    CREATE TRIGGER till_totals_no_delete BEFORE DELETE ON till_totals
      BEGIN SELECT RAISE(ABORT, 'perpetual totals are kept'); END;
    INSERT INTO till_totals
      SELECT t.code, p.n, p.minor, u.n, u.minor, p.n, p.minor, u.n, u.minor
        FROM tills t,
          (SELECT count(*) AS n, coalesce(sum(p.total_minor), 0) AS minor FROM payments p
             JOIN shifts s ON s.id = p.shift_id WHERE s.closed_at_ms IS NOT NULL) p,
          (SELECT count(*) AS n, coalesce(sum(p.total_minor), 0) AS minor FROM undone_payments u
             JOIN shifts s ON s.id = u.shift_id JOIN payments p ON p.id = u.payment_id
            WHERE s.closed_at_ms IS NOT NULL) u;

    -- The clock had been ahead: somebody answers for the times up to then being wrong.
    CREATE TABLE clock_marks (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      ahead_until_ms INTEGER NOT NULL CHECK (ahead_until_ms > at_ms),
      user_id INTEGER NOT NULL REFERENCES users (id)
    ) STRICT;

    ${appendOnly.map(appendOnlyTriggers).join('\n')}
  `,
};
