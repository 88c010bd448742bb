import type { Migration } from '../migrate.ts';

const maxMinor = 99_999_999_999;

/**
 * What was paid at this till for a bill that the municipality then lowered, or that was settled elsewhere: credit of the
 * account from then on. A part of a payment's bill line counts as a payment on account; the line itself never changes.
 */
export const surplus: Migration = {
  version: 7,
  name: 'surplus',
  sql: `
    CREATE TABLE surpluses (
      id INTEGER PRIMARY KEY,
      account_id INTEGER NOT NULL,
      bill_id INTEGER NOT NULL,
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      cause TEXT NOT NULL CHECK (cause IN ('amountLowered', 'paidElsewhere')),
      -- The file that said so.
      file_name TEXT NOT NULL,
      file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
      at_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      FOREIGN KEY (account_id, bill_id) REFERENCES bills (account_id, id)
    ) STRICT;
    CREATE INDEX surpluses_by_account ON surpluses (account_id, id);

    -- Which lines of which receipts had paid it.
    CREATE TABLE surplus_lines (
      surplus_id INTEGER NOT NULL REFERENCES surpluses (id),
      payment_id INTEGER NOT NULL,
      line INTEGER NOT NULL,
      minor INTEGER NOT NULL CHECK (minor BETWEEN 1 AND ${maxMinor}),
      PRIMARY KEY (surplus_id, payment_id, line),
      FOREIGN KEY (payment_id, line) REFERENCES payment_lines (payment_id, line)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX surplus_lines_by_line ON surplus_lines (payment_id, line);

    ${['surpluses', 'surplus_lines']
      .map(
        (table) => `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
      )
      .join('')}
  `,
};
