import { create } from 'zustand';
import type { Role } from '../../shared/domain/roles.ts';
import type { SessionState } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';
import { forgetApproval } from './approval.ts';
import { forgetAudit } from './audit.ts';
import { forgetCounter } from './counter.ts';
import { forgetCounting } from './counting.ts';
import { forgetCustody } from './custody.ts';
import { forgetDrawers } from './drawers.ts';
import { forgetDay } from './day.ts';
import { forgetDeposits } from './deposits.ts';
import { forgetEntitlements } from './entitlements.ts';
import { forgetPapers } from './papers.ts';
import { forgetRegisters } from './registers.ts';
import { forgetShift, useShift } from './shift.ts';
import { forgetStatements } from './statements.ts';
import type { ScreenName } from './ui.ts';
import { useUi } from './ui.ts';
import { forgetUndo } from './undo.ts';
import { forgetUndone } from './undone.ts';

type SessionStore = {
  readonly session: SessionState;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  load(): Promise<void>;
  signIn(login: string, secret: string): Promise<boolean>;
  unlock(secret: string): Promise<boolean>;
  lock(): Promise<void>;
  signOut(): Promise<void>;
  changeSecret(current: string, next: string): Promise<Failure | null>;
  clearFailure(): void;
};

export const useSession = create<SessionStore>((set) => {
  async function attempt(act: () => Promise<SessionState>): Promise<boolean> {
    set({ isWorking: true, failure: null });
    try {
      const session = await act();
      hear(session);
      set({ isWorking: false });
      return true;
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
      return false;
    }
  }
  return {
    session: { kind: 'none' },
    isWorking: false,
    failure: null,
    load: async () => {
      await attempt(() => call('session.current', {}));
      if (useSession.getState().session.kind === 'active') await useShift.getState().load();
    },
    signIn: (login, secret) =>
      attempt(async () => {
        const { session, shift } = await call('session.signIn', { login, secret });
        useShift.setState({ shift, failure: null });
        if (session.kind === 'active')
          useUi.getState().show(firstScreen(session.person.role, shift !== null));
        return session;
      }),
    unlock: (secret) =>
      attempt(async () => {
        const { session } = await call('session.unlock', { secret });
        return session;
      }),
    lock: async () => {
      await attempt(() => call('session.lock', {}));
    },
    signOut: async () => {
      await attempt(() => call('session.signOut', {}));
    },
    changeSecret: async (current, next) => {
      try {
        await call('session.changeSecret', { current, next });
        return null;
      } catch (cause) {
        return failureOf(cause);
      }
    },
    clearFailure: () => set({ failure: null }),
  };
});

/** A cashier without a shift begins at the float: nothing else can be done before it. */
function firstScreen(role: Role, hasShift: boolean): ScreenName {
  if (role === 'auditor') return 'audit';
  if (role === 'administrator') return 'administration';
  return role === 'cashier' && !hasShift ? 'shift' : 'counter';
}

/** Main says who is signed in; when nobody is, nothing of the last person stays in the window. */
function hear(session: SessionState): void {
  const before = useSession.getState().session;
  // A reply and the event say the same: drawn once.
  if (JSON.stringify(before) === JSON.stringify(session)) return;
  const wasSomebodyElse =
    before.kind !== 'none' && (session.kind === 'none' || session.person.id !== before.person.id);
  if (wasSomebodyElse) {
    forgetCounter();
    forgetAudit();
    forgetApproval();
    forgetUndo();
    forgetRegisters();
    forgetStatements();
    forgetDay();
    forgetPapers();
    forgetDeposits();
    forgetEntitlements();
    forgetUndone();
    forgetCounting();
    forgetCustody();
    forgetDrawers();
    forgetShift();
    useUi.setState({ shiftTab: null });
  }
  useSession.setState({ session, failure: null });
}

/** Nothing hangs on it: who signs in without it waits a little longer. */
export function anticipate(login: string | null, secret: string): void {
  call('session.anticipate', { login, secret }).catch(failureOf);
}

/** @returns the function that stops listening */
export function followSession(): () => void {
  return listen('session.changed', hear);
}

const touchEveryMs = 20_000;

/** Tells main that somebody is at the keys, now and then, so that the idle lock waits. @returns how to stop */
export function touchWhileBusy(target: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
  let lastMs = 0;
  const touched = (): void => {
    const nowMs = Date.now();
    if (nowMs - lastMs < touchEveryMs || useSession.getState().session.kind !== 'active') return;
    lastMs = nowMs;
    call('session.touch', {}).then(hear, failureOf);
  };
  const events = ['keydown', 'pointerdown'] as const;
  for (const event of events) target.addEventListener(event, touched, { capture: true, passive: true });
  return () => {
    for (const event of events) target.removeEventListener(event, touched, { capture: true });
  };
}
