import type { Settings } from '../../shared/ipc/contract.ts';
import { settingsSchema } from '../../shared/ipc/contract.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';

/** No printer is set up yet. */
export const defaultSettings: Pick<
  Settings,
  'idleLockMinutes' | 'smallestCoinMinor' | 'cashMoveLimitMinor' | 'printers' | 'routes' | 'accountCodes'
> = {
  idleLockMinutes: 10,
  smallestCoinMinor: 10,
  cashMoveLimitMinor: 20_000,
  printers: [],
  routes: { main: null, fallback: null, documents: {} },
  accountCodes: {},
};

/** @throws ZodError when a stored value is not what this version knows: a bug, not an input */
export function getSettings(db: ReadDb): Settings {
  const rows = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all();
  const stored: Record<string, unknown> = Object.fromEntries(
    rows.map((row) => [row.key, JSON.parse(row.value) as unknown]),
  );
  return settingsSchema.parse({ ...defaultSettings, ...stored });
}

function writeSettings(tx: Tx, settings: Settings, atMs: number): void {
  const insert = tx.prepare(
    `INSERT INTO settings (key, value, changed_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at_ms = excluded.changed_at_ms`,
  );
  for (const [key, value] of Object.entries(settings))
    insert.run(key, canonicalJson(value as Canonical), atMs);
}

/** The settings of a first run: part of the installation's own journal entry. */
export function insertFirstSettings(tx: Tx, settings: Settings, atMs: number): void {
  writeSettings(tx, settings, atMs);
}

export function changeSettings(tx: Tx, journal: Journal, settings: Settings, by: Person, atMs: number): void {
  const before = getSettings(tx);
  writeSettings(tx, settings, atMs);
  journal.append(tx, { act: 'settings.changed', actor: actorOf(by), body: { before, after: settings } });
}
