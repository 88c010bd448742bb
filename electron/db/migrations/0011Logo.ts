import type { Migration } from '../migrate.ts';

/** The municipality's own logo above its papers, kept with everything else so that a backup holds it too. */
export const logo: Migration = {
  version: 11,
  name: 'logo',
  sql: `
    CREATE TABLE logo (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      -- As the file was called that it came from.
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
      bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4194304),
      changed_at_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
