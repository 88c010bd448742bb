import { createHash, sign } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TillKey } from '../../electron/journal/tillKey.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { journalText } from '../../shared/domain/journal.ts';

/** A connection of somebody who has the file and knows SQL: no trigger and no foreign key stands in the way. */
export function forge(folder: string, act: (db: Database.Database) => void): void {
  const db = new Database(join(folder, 'sanduq.db'));
  try {
    db.pragma('foreign_keys = OFF');
    const triggers = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all();
    for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    act(db);
  } finally {
    db.close();
  }
}

/** Writes the journal anew from an entry on, each hash and signature fitting: what somebody with a key could do. */
export function rechain(
  db: Database.Database,
  key: TillKey,
  from: number,
  edit: (entry: JournalEntry) => JournalEntry | string = (entry) => entry,
): void {
  const rows = db
    .prepare<[number], { sequence: number; text: string; hash: Buffer }>(
      'SELECT sequence, text, hash FROM journal WHERE sequence >= ? ORDER BY sequence',
    )
    .all(from - 1);
  let previous = rows.find((row) => row.sequence === from - 1)?.hash.toString('hex') ?? '0'.repeat(64);
  const update = db.prepare('UPDATE journal SET text = ?, hash = ?, signature = ? WHERE sequence = ?');
  for (const row of rows.filter(({ sequence }) => sequence >= from)) {
    const entry = { ...(JSON.parse(row.text) as JournalEntry), previous, key: key.keyId };
    const edited = row.sequence === from ? edit(entry) : entry;
    const bytes = Buffer.from(typeof edited === 'string' ? edited : journalText(edited), 'utf8');
    const hash = createHash('sha256').update(bytes).digest();
    update.run(bytes.toString('utf8'), hash, sign(null, bytes, key.privateKey), row.sequence);
    previous = hash.toString('hex');
  }
}

/** Where a table or index begins in the file. */
export function rootPage(folder: string, name: string): number {
  const db = new Database(join(folder, 'sanduq.db'), { readonly: true });
  try {
    return Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name));
  } finally {
    db.close();
  }
}

/** Overwrites a page, as a dying disk would: nothing else of the file is touched. */
export function damagePage(folder: string, page: number): void {
  const handle = openSync(join(folder, 'sanduq.db'), 'r+');
  try {
    const header = Buffer.alloc(18);
    readSync(handle, header, 0, header.length, 0);
    const pageSize = header.readUInt16BE(16);
    writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  } finally {
    closeSync(handle);
  }
}
