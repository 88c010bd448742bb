import type { Migration } from '../migrate.ts';

/**
 * What waits for a printer, and what was sent to one, by conditions that a query for one state is known to fulfil: the
 * queue reads what waits and not every paper there ever was. A list of states (IN) in an index builds a table of its own
 * at each insert, which was the dearest part of a payment.
 */
export const printIndexes: Migration = {
  version: 10,
  name: 'printIndexes',
  sql: `
    DROP INDEX print_jobs_waiting;
    DROP INDEX print_jobs_sent_to;
    CREATE INDEX print_jobs_waiting ON print_jobs (id)
      WHERE state = 'intended' OR state = 'sending' OR state = 'failedNotSent' OR state = 'unknown';
    CREATE INDEX print_jobs_sent_to ON print_jobs (printer_id, changed_at_ms, id)
      WHERE state = 'sent' OR state = 'confirmed' OR state = 'unknown';
  `,
};
