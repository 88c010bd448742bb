import { join } from 'node:path';
import Database from 'better-sqlite3';
import { internalFields, isFieldName } from '../../renderer/i18n/entryFields.ts';

/** `act field` of everything that the journal in this folder says and the audit screen has no word for. */
export function unnamedFields(folder: string): string[] {
  const db = new Database(join(folder, 'sanduq.db'), { readonly: true });
  const found = new Set<string>();
  const read = (act: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries(value)) {
      // Account codes are by service, whose own code is its name.
      const isNamed = isFieldName(name) || internalFields.has(name) || name.startsWith('service.');
      if (!Array.isArray(value) && !isNamed) found.add(`${act} ${name}`);
      read(act, item);
    }
  };
  for (const { text } of db.prepare<[], { text: string }>('SELECT text FROM journal').all()) {
    const { act, body } = JSON.parse(text) as { readonly act: string; readonly body: unknown };
    read(act, body);
  }
  db.close();
  return [...found].sort();
}
