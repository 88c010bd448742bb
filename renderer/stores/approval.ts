import { create } from 'zustand';
import { approvalLifeMs } from '../../shared/domain/approval.ts';
import type { ApprovableAct } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

/** A supervisor's word for one act, and until when it holds by this machine's clock. */
export type Approval = {
  readonly approvalId: number;
  readonly approver: { readonly ar: string; readonly en: string };
  readonly untilMs: number;
};

type ApprovalStore = {
  /** Who approved last in this session: only the PIN is typed again, and that each time. */
  readonly lastLogin: string;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  /** No PIN is looked at before. */
  readonly waitUntilMs: number;
  /** @returns null where it was refused, or where nobody waits for the answer any more */
  ask(act: ApprovableAct, login: string, secret: string): Promise<Approval | null>;
  /** A new asking begins, or this one is given up: an answer that still comes is nobody's. */
  begin(): void;
};

export const useApproval = create<ApprovalStore>((set) => {
  let askings = 0;
  return {
    lastLogin: '',
    isWorking: false,
    failure: null,
    waitUntilMs: 0,

    ask: async (act, login, secret) => {
      askings += 1;
      const mine = askings;
      set({ isWorking: true, failure: null });
      // Counted from before it was given: the screen never promises more than main keeps.
      const untilMs = Date.now() + approvalLifeMs;
      try {
        const granted = await call('approvals.grant', { act, login, secret });
        if (mine !== askings) return null;
        set({ isWorking: false, lastLogin: login });
        return { ...granted, untilMs };
      } catch (cause) {
        const failure = failureOf(cause);
        if (mine !== askings) return null;
        const waitUntilMs = failure.code === 'signIn.wait' ? Date.now() + failure.params.seconds * 1000 : 0;
        set({ isWorking: false, failure, waitUntilMs });
        return null;
      }
    },

    begin: () => {
      askings += 1;
      set({ isWorking: false, failure: null });
    },
  };
});

/** The next person at this counter asks their own supervisor. */
export function forgetApproval(): void {
  useApproval.getState().begin();
  useApproval.setState({ lastLogin: '', waitUntilMs: 0 });
}
