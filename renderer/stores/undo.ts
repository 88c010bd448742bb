import { create } from 'zustand';
import type { ReceiptContent, UndoReason } from '../../shared/domain/receipt.ts';
import type { ApprovableAct, PaymentUndone, UndoPreview } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { Approval } from './approval.ts';
import { useCounter } from './counter.ts';
import { markUndone } from './receipts.ts';
import { useShift } from './shift.ts';

/** How far it is: what it would do and why; whose word; it is done. */
export type UndoStep = 'reason' | 'approval' | 'done';

type UndoData = {
  /** The receipt that is to be taken back; null: none is. */
  readonly paymentId: number | null;
  readonly preview: UndoPreview | null;
  readonly content: ReceiptContent | null;
  readonly loadFailure: Failure | null;
  readonly step: UndoStep;
  readonly reason: UndoReason | null;
  readonly explanation: string;
  readonly approval: Approval | null;
  readonly isWorking: boolean;
  /** Of the act itself; one about the approval is said where it is asked for anew. */
  readonly failure: Failure | null;
  /** Sent, and no answer says whether it was done: only the same is sent again. */
  readonly isUnresolved: boolean;
  readonly done: PaymentUndone | null;
};

type UndoStore = UndoData & {
  begin(paymentId: number): Promise<void>;
  describe(change: Partial<Pick<UndoData, 'reason' | 'explanation'>>): void;
  askApproval(): void;
  /** A supervisor said yes: the receipt is taken back at once. */
  approve(approval: Approval): Promise<void>;
  /** No answer came: the same again, which is never done twice. */
  again(): Promise<void>;
  /** One step back, in the end out of it. */
  back(): void;
  /** Out of it; what was done is then seen on the screens around. */
  leave(): Promise<void>;
  /** Nothing of it is left, and an answer that still comes is nobody's. */
  forget(): void;
};

const blank: UndoData = {
  paymentId: null,
  preview: null,
  content: null,
  loadFailure: null,
  step: 'reason',
  reason: null,
  explanation: '',
  approval: null,
  isWorking: false,
  failure: null,
  isUnresolved: false,
  done: null,
};

export const shortestExplanation = 3;
const answerTimeoutMs = 10_000;

/** What the supervisor's word is for; null until reason and explanation are given. */
export function undoAct({ paymentId, reason, explanation }: UndoData): ApprovableAct | null {
  const said = explanation.trim();
  if (paymentId === null || reason === null || said.length < shortestExplanation) return null;
  return { kind: 'payment.undo', contents: { paymentId, reason, explanation: said } };
}

export const useUndo = create<UndoStore>((set, get) => {
  let begun = 0;
  /** One request id for one intent, kept until its result is known or what is asked for changes. */
  let intent: { readonly requestId: string; readonly content: string } | null = null;

  async function carryOut(approval: Approval): Promise<void> {
    const act = undoAct(get());
    if (act?.kind !== 'payment.undo' || get().isWorking) return;
    const content = JSON.stringify(act);
    if (intent?.content !== content) intent = { requestId: crypto.randomUUID(), content };
    const mine = begun;
    set({ approval, isWorking: true, failure: null });
    try {
      const done = await call(
        'payments.undo',
        { requestId: intent.requestId, undo: act.contents, approvalId: approval.approvalId },
        { timeoutMs: answerTimeoutMs },
      );
      intent = null;
      // Signed out meanwhile: it is done, and not the next person's to see.
      if (mine !== begun) return;
      set({ step: 'done', done, isWorking: false, isUnresolved: false, approval: null });
      markUndone(act.contents.paymentId, done.kind);
    } catch (cause) {
      const failure = failureOf(cause);
      if (mine !== begun) return;
      if (failure.code.startsWith('approval.'))
        // Main looks for the request first: with a refused approval it was certainly not done.
        set({ step: 'approval', approval: null, isWorking: false, failure, isUnresolved: false });
      else {
        const isUnresolved = failure.code === 'lost' || failure.code === 'internal';
        set({
          isWorking: false,
          failure,
          isUnresolved,
          ...(isUnresolved ? {} : { step: 'reason', approval: null }),
        });
      }
    }
  }

  return {
    ...blank,

    begin: async (paymentId) => {
      begun += 1;
      const mine = begun;
      set({ ...blank, paymentId });
      try {
        const [preview, { content }] = await Promise.all([
          call('payments.undoPreview', { paymentId }),
          call('receipts.get', { paymentId }),
        ]);
        if (mine === begun) set({ preview, content });
      } catch (cause) {
        if (mine === begun) set({ loadFailure: failureOf(cause) });
      }
    },

    describe: (change) => {
      if (!get().isWorking && !get().isUnresolved) set(change);
    },

    askApproval: () => {
      const { preview, isUnresolved } = get();
      if (undoAct(get()) !== null && preview?.refusal === null && !isUnresolved)
        set({ step: 'approval', failure: null });
    },

    approve: carryOut,

    again: async () => {
      const { approval, isUnresolved } = get();
      if (approval !== null && isUnresolved) await carryOut(approval);
    },

    back: () => {
      const { step, isWorking, isUnresolved } = get();
      // It is on its way: what came of it is seen first.
      if (isWorking) return;
      if (step === 'approval' && !isUnresolved) set({ step: 'reason', failure: null });
      else void get().leave();
    },

    leave: async () => {
      const { done, paymentId } = get();
      get().forget();
      // Only now: what the counter shows anew takes the focus.
      if (done !== null && paymentId !== null) await refreshAround(paymentId, done);
    },

    forget: () => {
      begun += 1;
      set(blank);
    },
  };
});

/** Nothing of one person's work is left for the next. */
export function forgetUndo(): void {
  useUndo.getState().forget();
}

/** The shift counts anew, and the open account owes again what it owes. */
async function refreshAround(paymentId: number, { slip }: PaymentUndone): Promise<void> {
  await useShift.getState().load();
  const { account, taken, draft, isUnresolved, openAccount, backToAccount } = useCounter.getState();
  if (isUnresolved) return;
  const touched = new Set([
    slip.account?.number,
    ...slip.lines.map((line) => ('account' in line ? line.account.number : '')),
  ]);
  for (const { creditOf } of slip.tenders) if (creditOf !== null) touched.add(creditOf);
  const open = [account, ...draft.basket.map((part) => part.account)];
  if (account !== null && open.some((one) => one !== null && touched.has(one.number)))
    await openAccount(account.id);
  else if (taken?.paymentId === paymentId) backToAccount();
}
