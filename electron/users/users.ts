import type { Person, UserView } from '../../shared/ipc/contract.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import type { Secrets } from '../sessions/secret.ts';
import { requireGoodSecret } from '../sessions/secret.ts';

export type UserRow = {
  readonly id: number;
  readonly login: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly role: Role;
  readonly secretHash: string;
  readonly isActive: 0 | 1;
  readonly failedAttempts: number;
  readonly lastFailureAtMs: number | null;
  readonly isLocked: 0 | 1;
  readonly lastSignInAtMs: number | null;
};

const columns = `id, login, name_ar AS nameAr, name_en AS nameEn, role, secret_hash AS secretHash,
  is_active AS isActive, failed_attempts AS failedAttempts, last_failure_at_ms AS lastFailureAtMs,
  is_locked AS isLocked, last_sign_in_at_ms AS lastSignInAtMs`;

export function personOf(user: UserRow): Person {
  return { id: user.id, login: user.login, nameAr: user.nameAr, nameEn: user.nameEn, role: user.role };
}

export function findUserByLogin(db: ReadDb, login: string): UserRow | null {
  return prepared<UserRow>(db, `SELECT ${columns} FROM users WHERE login = ?`).get(login) ?? null;
}

/** @throws Refusal user.notFound */
export function getUser(db: ReadDb, id: number): UserRow {
  const user = prepared<UserRow>(db, `SELECT ${columns} FROM users WHERE id = ?`).get(id);
  if (user === undefined) throw refuse('user.notFound');
  return user;
}

export function listUsers(db: ReadDb): UserView[] {
  return db
    .prepare<[], UserRow>(`SELECT ${columns} FROM users ORDER BY is_active DESC, name_ar`)
    .all()
    .map((user) => ({
      ...personOf(user),
      isActive: user.isActive === 1,
      isLocked: user.isLocked === 1,
      lastSignInAtMs: user.lastSignInAtMs,
    }));
}

export type NewUser = {
  readonly login: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly role: Role;
  readonly secretHash: string;
};

/** @throws Refusal secret.tooShort, secret.tooSimple */
export async function prepareUser(
  secrets: Secrets,
  input: Omit<NewUser, 'secretHash'> & { readonly secret: string },
): Promise<NewUser> {
  const { secret, ...rest } = input;
  requireGoodSecret(secret);
  return { ...rest, secretHash: await secrets.hash(secret) };
}

/** @param creator null for the first administrator; @throws Refusal user.loginTaken */
export function insertUser(
  tx: Tx,
  journal: Journal,
  user: NewUser,
  creator: Person | null,
  atMs: number,
): number {
  if (findUserByLogin(tx, user.login) !== null) throw refuse('user.loginTaken', { login: user.login });
  const id = Number(
    tx
      .prepare(
        `INSERT INTO users (login, name_ar, name_en, role, secret_hash, created_at_ms)
         VALUES (@login, @nameAr, @nameEn, @role, @secretHash, @atMs)`,
      )
      .run({ ...user, atMs }).lastInsertRowid,
  );
  journal.append(tx, {
    act: 'user.created',
    actor: creator === null ? null : actorOf(creator),
    body: { userId: id, login: user.login, nameAr: user.nameAr, nameEn: user.nameEn, role: user.role },
  });
  return id;
}

/** @throws Refusal user.notFound, user.lastAdministrator: somebody must be able to let the others in */
export function updateUser(
  tx: Tx,
  journal: Journal,
  change: { readonly id: number; readonly role: Role; readonly isActive: boolean },
  by: Person,
): void {
  const user = getUser(tx, change.id);
  const staysAdministrator = change.role === 'administrator' && change.isActive;
  if (user.role === 'administrator' && user.isActive === 1 && !staysAdministrator) {
    const others = tx
      .prepare<[number], { n: number }>(
        `SELECT count(*) AS n FROM users WHERE role = 'administrator' AND is_active = 1 AND id <> ?`,
      )
      .get(user.id);
    if ((others?.n ?? 0) === 0) throw refuse('user.lastAdministrator');
  }
  tx.prepare('UPDATE users SET role = ?, is_active = ? WHERE id = ?').run(
    change.role,
    change.isActive ? 1 : 0,
    user.id,
  );
  journal.append(tx, {
    act: 'user.updated',
    actor: actorOf(by),
    body: { userId: user.id, login: user.login, role: change.role, isActive: change.isActive },
  });
}

/** Sets a new secret and lifts a lock. */
export function resetSecret(tx: Tx, journal: Journal, userId: number, secretHash: string, by: Person): void {
  const user = getUser(tx, userId);
  tx.prepare(
    'UPDATE users SET secret_hash = ?, failed_attempts = 0, last_failure_at_ms = NULL, is_locked = 0 WHERE id = ?',
  ).run(secretHash, userId);
  const own = by.id === userId;
  journal.append(tx, {
    act: own ? 'session.secretChanged' : 'user.secretReset',
    actor: actorOf(by),
    body: { userId, login: user.login },
  });
}

/** Who did it, as the journal names them. */
export function actorOf(person: Person): { id: number; login: string } {
  return { id: person.id, login: person.login };
}
