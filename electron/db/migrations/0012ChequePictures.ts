import type { Migration } from '../migrate.ts';

/** A picture of a cheque, for the day on which somebody says that it was another one. Once for each, and for ever. */
export const chequePictures: Migration = {
  version: 12,
  name: 'chequePictures',
  sql: `
    CREATE TABLE cheque_pictures (
      cheque_id INTEGER PRIMARY KEY REFERENCES cheques (id),
      bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4194304),
      user_id INTEGER NOT NULL REFERENCES users (id),
      at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER cheque_pictures_no_update BEFORE UPDATE ON cheque_pictures
      BEGIN SELECT RAISE(ABORT, 'cheque_pictures is append-only'); END;
    CREATE TRIGGER cheque_pictures_no_delete BEFORE DELETE ON cheque_pictures
      BEGIN SELECT RAISE(ABORT, 'cheque_pictures is append-only'); END;
  `,
};
