import type { Migration } from '../migrate.ts';

/**
 * Papers that were saved as PDF. Each is a copy with a number of its own in the same row of numbers as the printed
 * copies: no two copies of a receipt, on paper or not, are called the same.
 */
export const savedDocuments: Migration = {
  version: 8,
  name: 'savedDocuments',
  sql: `
    CREATE TABLE saved_documents (
      id INTEGER PRIMARY KEY,
      -- The job of the original: what the paper says is there.
      job_id INTEGER NOT NULL REFERENCES print_jobs (id),
      copy_number INTEGER NOT NULL CHECK (copy_number > 0),
      reason TEXT NOT NULL,
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      UNIQUE (job_id, copy_number)
    ) STRICT;
    CREATE TRIGGER saved_documents_no_update BEFORE UPDATE ON saved_documents
      BEGIN SELECT RAISE(ABORT, 'saved_documents is append-only'); END;
    CREATE TRIGGER saved_documents_no_delete BEFORE DELETE ON saved_documents
      BEGIN SELECT RAISE(ABORT, 'saved_documents is append-only'); END;
  `,
};
