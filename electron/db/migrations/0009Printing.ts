import type { Migration } from '../migrate.ts';

/**
 * A print job may belong to any document and to one of several printers; who opened the drawer without a sale, and why.
 */
export const printing: Migration = {
  version: 9,
  name: 'printing',
  sql: `
    CREATE TABLE print_jobs_of_any_document (
      id INTEGER PRIMARY KEY,
      -- A copy's own request; the original's is its act's.
      request_id TEXT,
      document TEXT NOT NULL CHECK (document IN ('receipt', 'undoSlip', 'shiftReport', 'dayReport', 'depositSlip',
        'custodySlip', 'drawerSlip', 'testPage', 'report')),
      payment_id INTEGER REFERENCES payments (id),
      -- The shift, day, deposit … whose paper it is: a row of the table that the document speaks of.
      subject_id INTEGER CHECK (subject_id > 0),
      -- What a person calls the paper: the receipt's number, the report's.
      title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
      -- 0: the original; 1, 2 …: marked copies, drawn from the original's content
      copy_number INTEGER NOT NULL CHECK (copy_number >= 0),
      -- The paper's whole content (canonical JSON); copies read it from the original.
      content TEXT CHECK (content IS NULL OR json_valid(content)),
      reason TEXT,
      user_id INTEGER NOT NULL REFERENCES users (id),
      -- The printer that a person chose, and of what was sent the one that it was sent to; null: by the routes.
      printer_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'sent', 'confirmed', 'failedNotSent', 'unknown')),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      problem TEXT,
      created_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      bitmap_width INTEGER,
      bitmap_height INTEGER,
      -- The deflated 1-bit bitmap, saved before the first byte goes out. Last: what comes before is read without it.
      bitmap BLOB,
      UNIQUE (payment_id, document, copy_number),
      UNIQUE (subject_id, document, copy_number),
      CHECK ((document IN ('receipt', 'undoSlip')) = (payment_id IS NOT NULL)),
      CHECK ((payment_id IS NULL) = (subject_id IS NOT NULL)),
      CHECK ((copy_number = 0) = (content IS NOT NULL)),
      CHECK ((copy_number = 0) = (request_id IS NULL)),
      CHECK (state IN ('intended', 'failedNotSent') OR bitmap IS NOT NULL)
    ) STRICT;
    INSERT INTO print_jobs_of_any_document
      (id, request_id, document, payment_id, subject_id, title, copy_number, content, reason, user_id, printer_id, state,
       attempts, problem, created_at_ms, changed_at_ms, bitmap_width, bitmap_height, bitmap)
      SELECT j.id, j.request_id, j.document, j.payment_id, NULL, p.receipt_number, j.copy_number, j.content, j.reason,
             j.user_id, iif(j.state IN ('sending', 'sent', 'confirmed', 'unknown'), 'receipts', NULL), j.state,
             j.attempts, j.problem, j.created_at_ms, j.changed_at_ms, j.bitmap_width, j.bitmap_height, j.bitmap
        FROM print_jobs j JOIN payments p ON p.id = j.payment_id;
    -- What refers to the jobs goes over with them: a table is not dropped under its references.
    CREATE TABLE saved_documents_of_any_document (
      id INTEGER PRIMARY KEY,
      -- The job of the original: what the paper says is there.
      job_id INTEGER NOT NULL REFERENCES print_jobs_of_any_document (id),
      copy_number INTEGER NOT NULL CHECK (copy_number > 0),
      reason TEXT NOT NULL,
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL,
      UNIQUE (job_id, copy_number)
    ) STRICT;
    INSERT INTO saved_documents_of_any_document (id, job_id, copy_number, reason, user_id, at_ms)
      SELECT id, job_id, copy_number, reason, user_id, at_ms FROM saved_documents;
    DROP TABLE saved_documents;
    DROP TABLE print_jobs;
    ALTER TABLE print_jobs_of_any_document RENAME TO print_jobs;
    ALTER TABLE saved_documents_of_any_document RENAME TO saved_documents;
    CREATE TRIGGER saved_documents_no_update BEFORE UPDATE ON saved_documents
      BEGIN SELECT RAISE(ABORT, 'saved_documents is append-only'); END;
    CREATE TRIGGER saved_documents_no_delete BEFORE DELETE ON saved_documents
      BEGIN SELECT RAISE(ABORT, 'saved_documents is append-only'); END;

    CREATE UNIQUE INDEX print_jobs_by_request ON print_jobs (request_id) WHERE request_id IS NOT NULL;
    CREATE INDEX print_jobs_waiting ON print_jobs (id) WHERE state IN ('intended', 'sending', 'failedNotSent', 'unknown');
    CREATE INDEX print_jobs_sent_to ON print_jobs (printer_id, changed_at_ms, id)
      WHERE state IN ('sent', 'confirmed', 'unknown');
    CREATE TRIGGER print_jobs_content_kept BEFORE UPDATE ON print_jobs
      WHEN NEW.id <> OLD.id OR NEW.request_id IS NOT OLD.request_id OR NEW.document <> OLD.document
        OR NEW.payment_id IS NOT OLD.payment_id OR NEW.subject_id IS NOT OLD.subject_id OR NEW.title <> OLD.title
        OR NEW.copy_number <> OLD.copy_number OR NEW.content IS NOT OLD.content
        OR NEW.reason IS NOT OLD.reason OR NEW.user_id <> OLD.user_id OR NEW.created_at_ms <> OLD.created_at_ms
        OR (OLD.bitmap IS NOT NULL AND NEW.bitmap IS NOT OLD.bitmap)
      BEGIN SELECT RAISE(ABORT, 'what a print job prints never changes'); END;
    CREATE TRIGGER print_jobs_printer_kept BEFORE UPDATE ON print_jobs
      WHEN NEW.printer_id IS NOT OLD.printer_id AND OLD.state NOT IN ('intended', 'failedNotSent')
      BEGIN SELECT RAISE(ABORT, 'what was sent to a printer was sent to that one'); END;
    CREATE TRIGGER print_jobs_no_delete BEFORE DELETE ON print_jobs
      BEGIN SELECT RAISE(ABORT, 'print jobs are kept'); END;

    -- The drawer opened by a person without a sale.
    CREATE TABLE drawer_openings (
      id INTEGER PRIMARY KEY,
      request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) = 36),
      reason TEXT NOT NULL,
      note TEXT NOT NULL,
      shift_id INTEGER REFERENCES shifts (id),
      user_id INTEGER NOT NULL REFERENCES users (id),
      printer_id TEXT NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX drawer_openings_by_shift ON drawer_openings (shift_id) WHERE shift_id IS NOT NULL;
    CREATE TRIGGER drawer_openings_no_update BEFORE UPDATE ON drawer_openings
      BEGIN SELECT RAISE(ABORT, 'drawer_openings is append-only'); END;
    CREATE TRIGGER drawer_openings_no_delete BEFORE DELETE ON drawer_openings
      BEGIN SELECT RAISE(ABORT, 'drawer_openings is append-only'); END;

    -- The one printer of before becomes the first of several; what it can was never asked.
    INSERT INTO settings (key, value, changed_at_ms)
      SELECT 'printers',
             iif(json_extract(value, '$.host') = '', '[]', json_array(json_object(
               'id', 'receipts', 'name', 'طابعة السندات',
               'way', json_object('kind', 'tcp', 'host', json_extract(value, '$.host'),
                                  'port', json_extract(value, '$.port')),
               'dotsPerLine', json_extract(value, '$.dotsPerLine'),
               'density', 'normal', 'cut', 'full', 'feedLines', 4,
               'drawer', json('null'), 'answersStatus', json('null'), 'acknowledges', json('false')))),
             changed_at_ms
        FROM settings WHERE key = 'printer';
    INSERT INTO settings (key, value, changed_at_ms)
      SELECT 'routes',
             iif(json_extract(value, '$.host') = '', '{"documents":{},"fallback":null,"main":null}',
                                                     '{"documents":{},"fallback":null,"main":"receipts"}'),
             changed_at_ms
        FROM settings WHERE key = 'printer';
    DELETE FROM settings WHERE key = 'printer';
  `,
};
