import type { Migration } from '../migrate.ts';

/** Tables whose rows are never changed or removed once written. */
const appendOnly = [
  'journal',
  'payments',
  'payment_tenders',
  'payment_change',
  'payment_lines',
  'shift_floats',
  'till_keys',
  'rates',
  'register_steps',
  'undone_payments',
  'reversing_entries',
  'reversing_lines',
  'receipt_books',
  'void_leaves',
] as const;

function appendOnlyTriggers(table: string): string {
  return `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;
}

const maxMinor = 99_999_999_999;

export const counter: Migration = {
  version: 2,
  name: 'counter',
  sql: `
    -- One row: which municipality, centre and till this file belongs to.
    CREATE TABLE installation (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      till_code TEXT NOT NULL CHECK (length(till_code) BETWEEN 2 AND 6),
      is_demonstration INTEGER NOT NULL CHECK (is_demonstration IN (0, 1)),
      created_at_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE settings (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value)),
      changed_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Marks about the file itself: clean_shutdown, checked_at_ms …
    CREATE TABLE file_marks (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE users (
      id INTEGER PRIMARY KEY,
      login TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 2 AND 32),
      name_ar TEXT NOT NULL CHECK (length(name_ar) BETWEEN 1 AND 120),
      name_en TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('cashier', 'supervisor', 'administrator', 'auditor')),
      secret_hash TEXT NOT NULL,
      is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
      failed_attempts INTEGER NOT NULL DEFAULT 0 CHECK (failed_attempts >= 0),
      last_failure_at_ms INTEGER,
      is_locked INTEGER NOT NULL DEFAULT 0 CHECK (is_locked IN (0, 1)),
      last_sign_in_at_ms INTEGER,
      created_at_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE till_keys (
      key_id TEXT PRIMARY KEY,
      till_code TEXT NOT NULL,
      public_key_spki BLOB NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT;

    -- What the municipality knows of its people ------------------------------------------------------------------
    CREATE TABLE categories (
      code TEXT PRIMARY KEY,
      name_ar TEXT NOT NULL,
      name_en TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE services (
      code TEXT PRIMARY KEY,
      name_ar TEXT NOT NULL,
      name_en TEXT NOT NULL,
      -- 'billed' services send bills; 'counter' fees are sold over the counter; 'fine' is a penalty
      nature TEXT NOT NULL CHECK (nature IN ('billed', 'counter', 'fine')),
      position INTEGER NOT NULL DEFAULT 0,
      -- What one of it costs over the counter, agorot; none: the amount is typed.
      price_minor INTEGER CHECK (price_minor BETWEEN 1 AND ${maxMinor}),
      -- How little of a bill is taken: all of it where it is paid whole only, else this share of what is owed.
      least_percent INTEGER NOT NULL DEFAULT 0 CHECK (least_percent BETWEEN 0 AND 100)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE citizens (
      id INTEGER PRIMARY KEY,
      identity_number TEXT UNIQUE CHECK (identity_number IS NULL OR length(identity_number) = 9),
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
      phone TEXT,
      other_phone TEXT
    ) STRICT;
    CREATE INDEX citizens_by_phone ON citizens (phone) WHERE phone IS NOT NULL;
    CREATE INDEX citizens_by_other_phone ON citizens (other_phone) WHERE other_phone IS NOT NULL;

    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      number TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 30),
      citizen_id INTEGER NOT NULL REFERENCES citizens (id),
      category_code TEXT NOT NULL REFERENCES categories (code),
      quarter TEXT NOT NULL DEFAULT '',
      address TEXT NOT NULL DEFAULT '',
      -- As the municipality gave it; what receipts added or used since is between the two.
      given_credit_minor INTEGER NOT NULL DEFAULT 0 CHECK (given_credit_minor BETWEEN 0 AND ${maxMinor}),
      credit_minor INTEGER NOT NULL DEFAULT 0 CHECK (credit_minor BETWEEN 0 AND ${maxMinor}),
      as_of_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX accounts_by_citizen ON accounts (citizen_id);

    CREATE TABLE account_services (
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      service_code TEXT NOT NULL REFERENCES services (code),
      meter TEXT,
      PRIMARY KEY (account_id, service_code)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX account_services_by_meter ON account_services (meter) WHERE meter IS NOT NULL;

    -- Clustered by account: opening an account reads neighbouring pages (measured: three times faster).
    CREATE TABLE bills (
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      id INTEGER NOT NULL,
      number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
      service_code TEXT NOT NULL REFERENCES services (code),
      period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
      kind TEXT NOT NULL CHECK (kind IN ('charge', 'fine')),
      issued_on TEXT NOT NULL CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND ${maxMinor}),
      paid_minor INTEGER NOT NULL DEFAULT 0 CHECK (paid_minor BETWEEN 0 AND amount_minor),
      PRIMARY KEY (account_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX bills_by_number ON bills (number);

    -- What a list of accounts shows of each, in one place: a search reads one page for each of its twenty hits instead
    -- of three (measured: half of its time). Kept by the triggers alone; nothing else writes here.
    CREATE TABLE account_cards (
      account_id INTEGER PRIMARY KEY REFERENCES accounts (id),
      number TEXT NOT NULL,
      name TEXT NOT NULL,
      identity_number TEXT,
      quarter TEXT NOT NULL,
      category_code TEXT NOT NULL,
      owed_minor INTEGER NOT NULL DEFAULT 0 CHECK (owed_minor >= 0)
    ) STRICT;
    CREATE TRIGGER account_cards_new AFTER INSERT ON accounts BEGIN
      INSERT INTO account_cards (account_id, number, name, identity_number, quarter, category_code)
        SELECT NEW.id, NEW.number, c.name, c.identity_number, NEW.quarter, NEW.category_code
          FROM citizens c WHERE c.id = NEW.citizen_id;
    END;
    CREATE TRIGGER account_cards_account AFTER UPDATE OF number, citizen_id, quarter, category_code ON accounts BEGIN
      UPDATE account_cards SET number = NEW.number, quarter = NEW.quarter, category_code = NEW.category_code,
          (name, identity_number) = (SELECT c.name, c.identity_number FROM citizens c WHERE c.id = NEW.citizen_id)
        WHERE account_id = NEW.id;
    END;
    CREATE TRIGGER account_cards_citizen AFTER UPDATE OF name, identity_number ON citizens BEGIN
      UPDATE account_cards SET name = NEW.name, identity_number = NEW.identity_number
        WHERE account_id IN (SELECT id FROM accounts WHERE citizen_id = NEW.id);
    END;
    CREATE TRIGGER account_cards_bill AFTER INSERT ON bills BEGIN
      UPDATE account_cards SET owed_minor = owed_minor + NEW.amount_minor - NEW.paid_minor
        WHERE account_id = NEW.account_id;
    END;
    CREATE TRIGGER account_cards_owed AFTER UPDATE OF amount_minor, paid_minor ON bills BEGIN
      UPDATE account_cards
        SET owed_minor = owed_minor + (NEW.amount_minor - NEW.paid_minor) - (OLD.amount_minor - OLD.paid_minor)
        WHERE account_id = NEW.account_id;
    END;
    CREATE TRIGGER bills_stay BEFORE UPDATE OF account_id, id ON bills
      BEGIN SELECT RAISE(ABORT, 'a bill stays on its account'); END;
    CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills
      BEGIN SELECT RAISE(ABORT, 'bills are kept'); END;

    -- Folded names; rowid is the account's id. Contentless: the words are in citizens already. A beginning longer than
    -- the longest prefix is merged from all words that have it, which takes milliseconds for «إبراهيم»: ten letters
    -- hold almost every name, with the mark of a given name before it, and cost a twentieth of the index's size.
    CREATE VIRTUAL TABLE account_search USING fts5 (
      tokens, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8 9 10',
      tokenize='unicode61 remove_diacritics 0'
    );

    -- Shifts and money ------------------------------------------------------------------------------------------
    CREATE TABLE shifts (
      id INTEGER PRIMARY KEY,
      open_request_id TEXT NOT NULL UNIQUE,
      till_code TEXT NOT NULL,
      user_id INTEGER NOT NULL REFERENCES users (id),
      business_date TEXT NOT NULL,
      opened_at_ms INTEGER NOT NULL,
      float_minor INTEGER NOT NULL CHECK (float_minor BETWEEN 0 AND ${maxMinor}),
      close_request_id TEXT UNIQUE,
      closed_at_ms INTEGER,
      CHECK ((closed_at_ms IS NULL) = (close_request_id IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX shifts_one_open_per_till ON shifts (till_code) WHERE closed_at_ms IS NULL;
    CREATE UNIQUE INDEX shifts_one_open_per_person ON shifts (user_id) WHERE closed_at_ms IS NULL;
    -- A shift is closed once; nothing else about it ever changes.
    CREATE TRIGGER shifts_only_close BEFORE UPDATE ON shifts
      WHEN OLD.closed_at_ms IS NOT NULL OR NEW.closed_at_ms IS NULL OR NEW.id <> OLD.id
        OR NEW.open_request_id <> OLD.open_request_id OR NEW.till_code <> OLD.till_code
        OR NEW.user_id <> OLD.user_id OR NEW.business_date <> OLD.business_date
        OR NEW.opened_at_ms <> OLD.opened_at_ms OR NEW.float_minor <> OLD.float_minor
      BEGIN SELECT RAISE(ABORT, 'a shift can only be closed'); END;
    CREATE TRIGGER shifts_no_delete BEFORE DELETE ON shifts
      BEGIN SELECT RAISE(ABORT, 'shifts are kept'); END;

    CREATE TABLE shift_floats (
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      currency TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD')),
      denomination_minor INTEGER NOT NULL CHECK (denomination_minor > 0),
      quantity INTEGER NOT NULL CHECK (quantity > 0),
      PRIMARY KEY (shift_id, currency, denomination_minor)
    ) STRICT, WITHOUT ROWID;

    -- What should lie in the drawer, for each currency: change that is not there can't be given, and the count at the
    -- end is compared with it. Never shown to the cashier.
    CREATE TABLE shift_cash (
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      currency TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD')),
      expected_minor INTEGER NOT NULL CHECK (expected_minor BETWEEN 0 AND ${maxMinor}),
      PRIMARY KEY (shift_id, currency)
    ) STRICT, WITHOUT ROWID;

    -- The day's rates, ten-thousandths of a shekel for one unit; the last of a day is the one that counts.
    CREATE TABLE rates (
      id INTEGER PRIMARY KEY,
      business_date TEXT NOT NULL,
      currency TEXT NOT NULL CHECK (currency IN ('JOD', 'USD')),
      rate INTEGER NOT NULL CHECK (rate BETWEEN 1 AND 10000000),
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rates_by_day ON rates (business_date, currency);

    CREATE TABLE receipt_series (
      till_code TEXT NOT NULL,
      year INTEGER NOT NULL CHECK (year BETWEEN 2020 AND 2200),
      last_sequence INTEGER NOT NULL CHECK (last_sequence >= 0),
      PRIMARY KEY (till_code, year)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER receipt_series_only_next BEFORE UPDATE ON receipt_series
      WHEN NEW.last_sequence <> OLD.last_sequence + 1 OR NEW.till_code <> OLD.till_code OR NEW.year <> OLD.year
      BEGIN SELECT RAISE(ABORT, 'a receipt series goes up by one'); END;
    CREATE TRIGGER receipt_series_no_delete BEFORE DELETE ON receipt_series
      BEGIN SELECT RAISE(ABORT, 'receipt series are kept'); END;

    -- Paper receipt books for when there is no power: each has numbers of its own, never the till's.
    CREATE TABLE receipt_books (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 8),
      first_leaf INTEGER NOT NULL CHECK (first_leaf > 0),
      last_leaf INTEGER NOT NULL CHECK (last_leaf BETWEEN first_leaf AND first_leaf + 999),
      issued_by INTEGER NOT NULL REFERENCES users (id),
      issued_at_ms INTEGER NOT NULL
    ) STRICT;
    -- Leaves that were spoilt or left empty.
    CREATE TABLE void_leaves (
      book_id INTEGER NOT NULL REFERENCES receipt_books (id),
      leaf INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (length(reason) > 0),
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (book_id, leaf)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE payments (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      -- A request id that comes again with other contents is refused, not answered with another payment.
      request_digest TEXT NOT NULL,
      till_code TEXT NOT NULL,
      receipt_year INTEGER NOT NULL,
      receipt_sequence INTEGER NOT NULL CHECK (receipt_sequence > 0),
      -- Holds the three before it, so this one index keeps the series free of repetition as well.
      receipt_number TEXT NOT NULL UNIQUE
        CHECK (book_id IS NOT NULL OR receipt_number = printf('%s-%d-%06d', till_code, receipt_year, receipt_sequence)),
      -- Entered from a paper book: its leaf is the sequence, and somebody wrote it on a day of its own.
      book_id INTEGER REFERENCES receipt_books (id),
      written_on TEXT,
      written_by INTEGER REFERENCES users (id),
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      user_id INTEGER NOT NULL REFERENCES users (id),
      -- The account whose person pays; none for who is not registered.
      account_id INTEGER REFERENCES accounts (id),
      payer_name TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      currency TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD')),
      total_minor INTEGER NOT NULL CHECK (total_minor BETWEEN 1 AND ${maxMinor}),
      -- What rounding to the smallest coin left in the drawer, or took out of it.
      rounding_minor INTEGER NOT NULL CHECK (rounding_minor BETWEEN -100 AND 100),
      CHECK ((book_id IS NULL) = (written_on IS NULL) AND (book_id IS NULL) = (written_by IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX payments_by_leaf ON payments (book_id, receipt_sequence) WHERE book_id IS NOT NULL;
    CREATE INDEX payments_by_shift ON payments (shift_id, id);

    -- Value: agorot at the day's rate, which is frozen here in ten-thousandths of a shekel.
    CREATE TABLE payment_tenders (
      payment_id INTEGER NOT NULL REFERENCES payments (id),
      line INTEGER NOT NULL CHECK (line > 0),
      kind TEXT NOT NULL
        CHECK (kind IN ('cash', 'cheque', 'card', 'transfer', 'entitlement', 'waiver', 'credit')),
      currency TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD')),
      received_minor INTEGER NOT NULL CHECK (received_minor BETWEEN 1 AND ${maxMinor}),
      value_minor INTEGER NOT NULL CHECK (value_minor BETWEEN 0 AND ${maxMinor}),
      rate INTEGER CHECK (rate > 0),
      worn_minor INTEGER NOT NULL DEFAULT 0 CHECK (worn_minor BETWEEN 0 AND received_minor),
      -- What is known of it besides its amount: the cheque's bank and number, the terminal's approval …
      details TEXT CHECK (details IS NULL OR json_valid(details)),
      PRIMARY KEY (payment_id, line),
      CHECK ((currency = 'ILS') = (rate IS NULL)),
      CHECK (kind = 'cash' OR worn_minor = 0),
      CHECK ((kind = 'cash') = (details IS NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE payment_change (
      payment_id INTEGER NOT NULL REFERENCES payments (id),
      currency TEXT NOT NULL CHECK (currency IN ('ILS', 'JOD', 'USD')),
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      value_minor INTEGER NOT NULL CHECK (value_minor BETWEEN 0 AND ${maxMinor}),
      rate INTEGER CHECK (rate > 0),
      PRIMARY KEY (payment_id, currency),
      CHECK ((currency = 'ILS') = (rate IS NULL))
    ) STRICT, WITHOUT ROWID;

    -- What was paid for; the last kind is change that could not be given and became credit.
    CREATE TABLE payment_lines (
      payment_id INTEGER NOT NULL REFERENCES payments (id),
      line INTEGER NOT NULL CHECK (line > 0),
      kind TEXT NOT NULL CHECK (kind IN ('bill', 'advance', 'fee', 'changeCredit')),
      account_id INTEGER REFERENCES accounts (id),
      bill_id INTEGER,
      service_code TEXT REFERENCES services (code),
      quantity INTEGER CHECK (quantity > 0),
      unit_minor INTEGER CHECK (unit_minor > 0),
      note TEXT,
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      PRIMARY KEY (payment_id, line),
      FOREIGN KEY (account_id, bill_id) REFERENCES bills (account_id, id),
      -- A fee is on the account of who pays it, where there is one.
      CHECK (kind = 'fee' OR account_id IS NOT NULL),
      CHECK ((kind = 'bill') = (bill_id IS NOT NULL)),
      CHECK ((kind = 'fee') = (service_code IS NOT NULL)),
      CHECK (kind <> 'fee' OR minor = quantity * unit_minor)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX payment_lines_by_account ON payment_lines (account_id, payment_id) WHERE account_id IS NOT NULL;

    -- Registers: what is not money yet when its receipt is printed ------------------------------------------------
    CREATE TABLE cheques (
      id INTEGER PRIMARY KEY,
      payment_id INTEGER NOT NULL,
      line INTEGER NOT NULL,
      bank TEXT NOT NULL,
      cheque_number TEXT NOT NULL,
      cheque_account TEXT NOT NULL,
      due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      state TEXT NOT NULL CHECK (state IN ('inHand', 'deposited', 'cleared', 'bounced', 'returned')),
      FOREIGN KEY (payment_id, line) REFERENCES payment_tenders (payment_id, line),
      -- The same cheque is taken once and for ever.
      UNIQUE (bank, cheque_account, cheque_number)
    ) STRICT;
    CREATE INDEX cheques_due ON cheques (due_on) WHERE state = 'inHand';
    CREATE INDEX cheques_bounced ON cheques (payment_id) WHERE state = 'bounced';
    CREATE TABLE transfers (
      id INTEGER PRIMARY KEY,
      payment_id INTEGER NOT NULL,
      line INTEGER NOT NULL,
      provider TEXT NOT NULL,
      -- Folded, so that the same reference written otherwise is the same.
      reference TEXT NOT NULL CHECK (length(reference) > 0),
      state TEXT NOT NULL CHECK (state IN ('pending', 'matched', 'rejected', 'returned')),
      FOREIGN KEY (payment_id, line) REFERENCES payment_tenders (payment_id, line),
      UNIQUE (provider, reference)
    ) STRICT;
    CREATE INDEX transfers_pending ON transfers (id) WHERE state = 'pending';
    -- Which columns of a provider's statement say what: mapped once.
    CREATE TABLE statement_columns (
      provider TEXT PRIMARY KEY,
      reference TEXT NOT NULL,
      amount TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Each step of a cheque or transfer: who, when, why.
    CREATE TABLE register_steps (
      id INTEGER PRIMARY KEY,
      cheque_id INTEGER REFERENCES cheques (id),
      transfer_id INTEGER REFERENCES transfers (id),
      -- Of a person's own act; the first step is its payment's and the way back has its own.
      request_id TEXT,
      state TEXT NOT NULL,
      note TEXT NOT NULL DEFAULT '',
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      CHECK ((cheque_id IS NULL) <> (transfer_id IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX register_steps_by_request ON register_steps (request_id) WHERE request_id IS NOT NULL;
    CREATE INDEX register_steps_by_cheque ON register_steps (cheque_id) WHERE cheque_id IS NOT NULL;
    CREATE INDEX register_steps_by_transfer ON register_steps (transfer_id) WHERE transfer_id IS NOT NULL;
    ${['cheques', 'transfers']
      .map(
        (table) => `
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} are kept'); END;`,
      )
      .join('')}
    CREATE TRIGGER cheques_only_state BEFORE UPDATE ON cheques
      WHEN NEW.id <> OLD.id OR NEW.payment_id <> OLD.payment_id OR NEW.line <> OLD.line OR NEW.bank <> OLD.bank
        OR NEW.cheque_number <> OLD.cheque_number OR NEW.cheque_account <> OLD.cheque_account
        OR NEW.due_on <> OLD.due_on
      BEGIN SELECT RAISE(ABORT, 'only the state of a cheque changes'); END;
    CREATE TRIGGER transfers_only_state BEFORE UPDATE ON transfers
      WHEN NEW.id <> OLD.id OR NEW.payment_id <> OLD.payment_id OR NEW.line <> OLD.line
        OR NEW.provider <> OLD.provider OR NEW.reference <> OLD.reference OR OLD.state <> 'pending'
      BEGIN SELECT RAISE(ABORT, 'a pending transfer is matched or rejected, once'); END;

    -- The way back ---------------------------------------------------------------------------------------------
    -- One person's word for one act of another: bound to its contents, used once.
    CREATE TABLE approvals (
      id INTEGER PRIMARY KEY,
      act TEXT NOT NULL,
      digest TEXT NOT NULL,
      requested_by INTEGER NOT NULL REFERENCES users (id),
      approver_id INTEGER NOT NULL REFERENCES users (id),
      granted_at_ms INTEGER NOT NULL,
      used_at_ms INTEGER,
      CHECK (requested_by <> approver_id)
    ) STRICT;
    CREATE TRIGGER approvals_only_used BEFORE UPDATE ON approvals
      WHEN NEW.id <> OLD.id OR NEW.act <> OLD.act OR NEW.digest <> OLD.digest OR NEW.requested_by <> OLD.requested_by
        OR NEW.approver_id <> OLD.approver_id OR NEW.granted_at_ms <> OLD.granted_at_ms OR OLD.used_at_ms IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an approval is used once'); END;
    CREATE TRIGGER approvals_no_delete BEFORE DELETE ON approvals
      BEGIN SELECT RAISE(ABORT, 'approvals are kept'); END;

    -- A receipt taken back: in its own shift (void), or later as a new entry (reversal). Once.
    CREATE TABLE undone_payments (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      payment_id INTEGER NOT NULL UNIQUE REFERENCES payments (id),
      kind TEXT NOT NULL CHECK (kind IN ('void', 'reversal')),
      reason TEXT NOT NULL,
      explanation TEXT NOT NULL CHECK (length(explanation) > 0),
      shift_id INTEGER NOT NULL REFERENCES shifts (id),
      user_id INTEGER NOT NULL REFERENCES users (id),
      approval_id INTEGER NOT NULL UNIQUE REFERENCES approvals (id),
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL
    ) STRICT;
    CREATE INDEX undone_payments_by_shift ON undone_payments (shift_id);

    -- A cheque that bounced or a transfer that was rejected: what it had paid is owed again. No cash moves.
    CREATE TABLE reversing_entries (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      payment_id INTEGER NOT NULL REFERENCES payments (id),
      tender_line INTEGER NOT NULL,
      value_minor INTEGER NOT NULL CHECK (value_minor BETWEEN 0 AND ${maxMinor}),
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      UNIQUE (payment_id, tender_line),
      FOREIGN KEY (payment_id, tender_line) REFERENCES payment_tenders (payment_id, line)
    ) STRICT;
    -- credit: goes again. bill: owed again. debt: owed anew, as the bill that is named.
    CREATE TABLE reversing_lines (
      entry_id INTEGER NOT NULL REFERENCES reversing_entries (id),
      line INTEGER NOT NULL CHECK (line > 0),
      kind TEXT NOT NULL CHECK (kind IN ('credit', 'bill', 'debt', 'bankFee')),
      account_id INTEGER NOT NULL REFERENCES accounts (id),
      bill_id INTEGER,
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      PRIMARY KEY (entry_id, line),
      FOREIGN KEY (account_id, bill_id) REFERENCES bills (account_id, id),
      CHECK ((kind = 'credit') = (bill_id IS NULL))
    ) STRICT, WITHOUT ROWID;

    -- Paper -----------------------------------------------------------------------------------------------------
    CREATE TABLE print_jobs (
      id INTEGER PRIMARY KEY,
      -- A copy's own request; the original's is its payment's.
      request_id TEXT,
      document TEXT NOT NULL CHECK (document IN ('receipt', 'undoSlip')),
      payment_id INTEGER NOT NULL REFERENCES payments (id),
      -- 0: the original; 1, 2 …: marked copies, drawn from the original's content
      copy_number INTEGER NOT NULL CHECK (copy_number >= 0),
      -- The receipt's whole content (canonical JSON); copies read it from the original.
      content TEXT CHECK (content IS NULL OR json_valid(content)),
      reason TEXT,
      user_id INTEGER NOT NULL REFERENCES users (id),
      state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'sent', 'confirmed', 'failedNotSent', 'unknown')),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      problem TEXT,
      -- The deflated 1-bit bitmap, saved before the first byte goes out.
      bitmap BLOB,
      bitmap_width INTEGER,
      bitmap_height INTEGER,
      created_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      UNIQUE (payment_id, document, copy_number),
      CHECK ((copy_number = 0) = (content IS NOT NULL)),
      CHECK ((copy_number = 0) = (request_id IS NULL)),
      CHECK (state IN ('intended', 'failedNotSent') OR bitmap IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX print_jobs_by_request ON print_jobs (request_id) WHERE request_id IS NOT NULL;
    CREATE INDEX print_jobs_waiting ON print_jobs (id) WHERE state IN ('intended', 'sending', 'failedNotSent', 'unknown');
    CREATE TRIGGER print_jobs_content_kept BEFORE UPDATE ON print_jobs
      WHEN NEW.id <> OLD.id OR NEW.request_id IS NOT OLD.request_id OR NEW.document <> OLD.document
        OR NEW.payment_id <> OLD.payment_id OR NEW.copy_number <> OLD.copy_number OR NEW.content IS NOT OLD.content
        OR NEW.reason IS NOT OLD.reason OR NEW.user_id <> OLD.user_id OR NEW.created_at_ms <> OLD.created_at_ms
        OR (OLD.bitmap IS NOT NULL AND NEW.bitmap IS NOT OLD.bitmap)
      BEGIN SELECT RAISE(ABORT, 'what a print job prints never changes'); END;
    CREATE TRIGGER print_jobs_no_delete BEFORE DELETE ON print_jobs
      BEGIN SELECT RAISE(ABORT, 'print jobs are kept'); END;

    -- Proof -----------------------------------------------------------------------------------------------------
    CREATE TABLE journal (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      text TEXT NOT NULL CHECK (json_valid(text)),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      signature BLOB NOT NULL CHECK (length(signature) = 64),
      act TEXT NOT NULL GENERATED ALWAYS AS (json_extract(text, '$.act')) VIRTUAL
    ) STRICT;
    CREATE INDEX journal_by_act ON journal (act, sequence);

    -- What the central server must know, in the order in which it happened: the signed entry itself is sent.
    CREATE TABLE outbox (
      journal_sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
      topic TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      sent_at_ms INTEGER
    ) STRICT;
    CREATE INDEX outbox_waiting ON outbox (journal_sequence) WHERE sent_at_ms IS NULL;
    CREATE TRIGGER outbox_only_sent BEFORE UPDATE ON outbox
      WHEN NEW.journal_sequence <> OLD.journal_sequence OR NEW.topic <> OLD.topic
        OR NEW.created_at_ms <> OLD.created_at_ms OR OLD.sent_at_ms IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an outbox row can only be marked as sent'); END;
    CREATE TRIGGER outbox_no_delete BEFORE DELETE ON outbox
      WHEN OLD.sent_at_ms IS NULL
      BEGIN SELECT RAISE(ABORT, 'unsent outbox rows are kept'); END;

    ${appendOnly.map(appendOnlyTriggers).join('\n')}
  `,
};
