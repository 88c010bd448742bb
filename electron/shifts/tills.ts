import { refuse } from '../../shared/errors.ts';
import type { Person, TillView } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import { findOpenShiftOn } from './shifts.ts';

type TillRow = {
  readonly code: string;
  readonly name: string;
  readonly isActive: 0 | 1;
  readonly keeperAr: string | null;
  readonly keeperEn: string | null;
};

/** The tills of this database, the first one first. */
export function listTills(db: ReadDb): TillView[] {
  return prepared<TillRow>(
    db,
    `SELECT t.code, t.name, t.is_active AS isActive, u.name_ar AS keeperAr, u.name_en AS keeperEn
       FROM tills t
       LEFT JOIN shifts s ON s.till_code = t.code AND s.closed_at_ms IS NULL
       LEFT JOIN users u ON u.id = s.user_id
      ORDER BY t.added_at_ms, t.code`,
  )
    .all()
    .map(({ code, name, isActive, keeperAr, keeperEn }) => ({
      code,
      name,
      isActive: isActive === 1,
      keeper: keeperAr === null ? null : { ar: keeperAr, en: keeperEn ?? '' },
    }));
}

/** @throws Refusal till.notFound for one that is not there or not in use */
export function requireTill(db: ReadDb, code: string): void {
  const row = prepared<{ isActive: number }>(
    db,
    'SELECT is_active AS isActive FROM tills WHERE code = ?',
  ).get(code);
  if (row?.isActive !== 1) throw refuse('till.notFound', { till: code });
}

export type TillInput = { readonly code: string; readonly name: string };

/** @throws Refusal till.exists: a code stands in receipt numbers and is given once */
export function addTill(tx: Tx, journal: Journal, { code, name }: TillInput, by: Person, atMs: number): void {
  const { changes } = prepared(
    tx,
    'INSERT INTO tills (code, name, added_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(code, name, atMs);
  if (changes === 0) throw refuse('till.exists', { till: code });
  journal.append(tx, { act: 'till.added', actor: actorOf(by), atMs, body: { till: code, name } });
}

/** @throws Refusal till.notFound; till.inUse when one with an open shift, or the last active one, is taken out of use */
export function updateTill(
  tx: Tx,
  journal: Journal,
  { code, name, isActive }: TillInput & { readonly isActive: boolean },
  by: Person,
  atMs: number,
): void {
  const tills = listTills(tx);
  if (!tills.some((till) => till.code === code)) throw refuse('till.notFound', { till: code });
  const isLast = !tills.some((till) => till.isActive && till.code !== code);
  if (!isActive && (isLast || findOpenShiftOn(tx, code) !== null)) throw refuse('till.inUse', { till: code });
  prepared(tx, 'UPDATE tills SET name = ?, is_active = ? WHERE code = ?').run(name, isActive ? 1 : 0, code);
  journal.append(tx, { act: 'till.updated', actor: actorOf(by), atMs, body: { till: code, name, isActive } });
}
