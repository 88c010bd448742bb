import { failuresBeforeLock, signInDelayMs } from '../../shared/domain/signInDelay.ts';
import type { Person, SessionState } from '../../shared/ipc/contract.ts';
import { refuse } from '../../shared/errors.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import type { UserRow } from '../users/users.ts';
import { actorOf, findUserByLogin, getUser, personOf, resetSecret } from '../users/users.ts';
import type { Secrets } from './secret.ts';
import { requireGoodSecret } from './secret.ts';

export type Session = {
  state(): SessionState;
  /** The person behind every act; @throws Refusal session.required, session.locked */
  require(): Person;
  signIn(login: string, secret: string): Promise<SessionState>;
  /**
   * Somebody is typing a secret: the key is begun before they ask. Answers the same whoever they are, counts nothing.
   * @param login null: of the person who is signed in
   */
  anticipate(login: string | null, secret: string): void;
  unlock(secret: string): Promise<SessionState>;
  lock(why: 'idle' | 'asked'): SessionState;
  signOut(): SessionState;
  changeSecret(current: string, next: string): Promise<void>;
  /** Who stands beside the signed-in person and proves it with their own secret; nobody is signed in by it. */
  witness(login: string, secret: string): Promise<Person>;
  /** Somebody is there: puts off the idle lock. */
  touch(): SessionState;
  /** Locks when nobody has been there for too long. */
  lockWhenIdle(): void;
};

type Held = { readonly person: Person; isLocked: boolean; touchedAtMs: number };

/** Failures of logins that do not exist are counted too, so that the answer does not say which logins exist. */
type Strangers = Map<string, { failures: number; lastAtMs: number }>;

/** The one session of this window. It lives in main; the renderer can't claim one. */
export function createSession(
  db: WriteDb,
  journal: Journal,
  secrets: Secrets,
  clock: () => number,
  idleLockMinutes: () => number,
  onChange: (state: SessionState) => void,
): Session {
  let held: Held | null = null;
  const strangers: Strangers = new Map();
  // Attempts are looked at one after another: two at once must not share one failure count.
  let attempts: Promise<unknown> = Promise.resolve();
  function oneAtATime<T>(attempt: () => Promise<T>): Promise<T> {
    const result = attempts.then(attempt);
    attempts = result.catch(() => undefined);
    return result;
  }

  function state(): SessionState {
    if (held === null) return { kind: 'none' };
    if (held.isLocked) return { kind: 'locked', person: held.person };
    return { kind: 'active', person: held.person, idleLockMinutes: idleLockMinutes() };
  }
  function changed(): SessionState {
    const now = state();
    onChange(now);
    return now;
  }

  /**
   * For whoever signs in, the reply is first: the shift comes with it, and a window that hears of the person before
   * draws the counter twice.
   */
  function changedAfterReply(): SessionState {
    setImmediate(() => onChange(state()));
    return state();
  }

  function requirePatience(failures: number, lastAtMs: number | null, isLocked: boolean): void {
    if (isLocked) throw refuse('signIn.locked');
    const waitMs = (lastAtMs ?? 0) + signInDelayMs(failures) - clock();
    if (waitMs > 0) throw refuse('signIn.wait', { seconds: Math.ceil(waitMs / 1000) });
  }

  async function refuseStranger(login: string, secret: string): Promise<never> {
    const known = strangers.get(login) ?? { failures: 0, lastAtMs: 0 };
    requirePatience(known.failures, known.lastAtMs, known.failures >= failuresBeforeLock);
    await secrets.isRight(secret, secrets.nobodys);
    const failures = known.failures + 1;
    if (strangers.size > 1000) strangers.clear();
    strangers.set(login, { failures, lastAtMs: clock() });
    // The typed login is not kept: a tired person types the PIN there.
    transact(db, (tx) =>
      journal.append(tx, { act: 'session.refused', actor: null, body: { reason: 'unknownLogin', failures } }),
    );
    throw refuse('signIn.wrong', { attemptsLeft: Math.max(0, failuresBeforeLock - failures) });
  }

  function recordFailure(user: UserRow): number {
    return transact(db, (tx) => {
      const failures = getUser(tx, user.id).failedAttempts + 1;
      const isLocked = failures >= failuresBeforeLock;
      tx.prepare(
        'UPDATE users SET failed_attempts = ?, last_failure_at_ms = ?, is_locked = ? WHERE id = ?',
      ).run(failures, clock(), isLocked ? 1 : 0, user.id);
      journal.append(tx, {
        act: 'session.refused',
        actor: null,
        body: {
          reason: isLocked ? 'lockedNow' : 'wrongSecret',
          userId: user.id,
          login: user.login,
          failures,
        },
      });
      return failures;
    });
  }

  async function verify(user: UserRow, secret: string): Promise<void> {
    requirePatience(user.failedAttempts, user.lastFailureAtMs, user.isLocked === 1);
    const isRight = await secrets.isRight(secret, user.secretHash);
    if (isRight && user.isActive === 1) return;
    const failures = recordFailure(user);
    throw refuse('signIn.wrong', { attemptsLeft: Math.max(0, failuresBeforeLock - failures) });
  }

  function welcome(tx: Tx, user: UserRow): void {
    tx.prepare(
      'UPDATE users SET failed_attempts = 0, last_failure_at_ms = NULL, last_sign_in_at_ms = ? WHERE id = ?',
    ).run(clock(), user.id);
  }

  function leave(): void {
    if (held === null) return;
    const { person } = held;
    transact(db, (tx) => journal.append(tx, { act: 'session.signedOut', actor: actorOf(person), body: {} }));
    held = null;
  }

  function signOut(): SessionState {
    leave();
    return changed();
  }

  function lock(why: 'idle' | 'asked'): SessionState {
    if (held === null || held.isLocked) return state();
    const { person } = held;
    transact(db, (tx) =>
      journal.append(tx, { act: 'session.locked', actor: actorOf(person), body: { why } }),
    );
    held.isLocked = true;
    return changed();
  }

  return {
    state,
    require() {
      if (held === null) throw refuse('session.required');
      if (held.isLocked) throw refuse('session.locked');
      const { person } = held;
      // A person who was shut out or changed meanwhile acts no longer on yesterday's rights.
      const user = getUser(db, person.id);
      if (user.isActive !== 1) {
        signOut();
        throw refuse('session.required');
      }
      return personOf(user);
    },
    signIn: (login, secret) =>
      oneAtATime(async () => {
        const user = findUserByLogin(db, login);
        if (user === null) return refuseStranger(login, secret);
        await verify(user, secret);
        leave();
        transact(db, (tx) => {
          welcome(tx, user);
          journal.append(tx, {
            act: 'session.signedIn',
            actor: actorOf(personOf(user)),
            body: { role: user.role },
          });
        });
        held = { person: personOf(user), isLocked: false, touchedAtMs: clock() };
        return changedAfterReply();
      }),
    anticipate(login, secret) {
      const user = login === null ? held && getUser(db, held.person.id) : findUserByLogin(db, login);
      secrets.anticipate(secret, user?.secretHash ?? secrets.nobodys);
    },
    unlock: (secret) =>
      oneAtATime(async () => {
        const locked = held;
        if (locked === null) throw refuse('session.required');
        const user = getUser(db, locked.person.id);
        await verify(user, secret);
        if (held !== locked) throw refuse('session.required');
        transact(db, (tx) => {
          welcome(tx, user);
          journal.append(tx, { act: 'session.unlocked', actor: actorOf(locked.person), body: {} });
        });
        held = { person: personOf(user), isLocked: false, touchedAtMs: clock() };
        return changed();
      }),
    lock,
    signOut,
    changeSecret: (current, next) =>
      oneAtATime(async () => {
        if (held === null || held.isLocked) throw refuse('session.required');
        const { person } = held;
        await verify(getUser(db, person.id), current);
        requireGoodSecret(next);
        const secretHash = await secrets.hash(next);
        transact(db, (tx) => resetSecret(tx, journal, person.id, secretHash, person));
      }),
    witness: (login, secret) =>
      oneAtATime(async () => {
        const user = findUserByLogin(db, login);
        if (user === null) return refuseStranger(login, secret);
        await verify(user, secret);
        transact(db, (tx) =>
          tx
            .prepare('UPDATE users SET failed_attempts = 0, last_failure_at_ms = NULL WHERE id = ?')
            .run(user.id),
        );
        return personOf(user);
      }),
    touch() {
      if (held !== null && !held.isLocked) held.touchedAtMs = clock();
      return state();
    },
    lockWhenIdle() {
      if (held === null || held.isLocked) return;
      if (clock() - held.touchedAtMs >= idleLockMinutes() * 60_000) lock('idle');
    },
  };
}
