import type { Migration } from '../migrate.ts';

/**
 * What a column may be is said one by one: for a list (IN) of more than two SQLite builds a table of its own at each
 * insert, twenty of them for one payment. The rows stay as they are: each kept the same rule before.
 */
export const plainChecks: Migration = {
  version: 13,
  name: 'plainChecks',
  rewriteTable: (sql) =>
    sql.replace(
      /(\w+) IN \(('\w+'(?:,\s*'\w+'){2,})\)/g,
      (_list, column: string, values: string) =>
        `(${values
          .split(/,\s*/)
          .map((value) => `${column} = ${value}`)
          .join(' OR ')})`,
    ),
};
