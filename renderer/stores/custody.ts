import { create } from 'zustand';
import { sumOf } from '../../shared/domain/counting.ts';
import type { cashMoveReasons } from '../../shared/domain/custody.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { ApprovableAct } from '../../shared/ipc/contract.ts';
import type { CashMoveView } from '../../shared/ipc/custody.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { CountDraft, PileId } from '../draft/countDraft.ts';
import { nothingCounted, readCount, typeInto } from '../draft/countDraft.ts';
import { shortestReason } from '../draft/closeDraft.ts';
import type { Witness } from './counting.ts';
import { answerTimeoutMs, createIntents } from './intent.ts';

type CashMoveReason = (typeof cashMoveReasons)[number];
/** What a supervisor's word is for. */
type CashMoveAct = Extract<ApprovableAct, { kind: 'cash.move' }>;

/** Cash that changes its keeper without a receipt. */
export type CustodyAct = 'payIn' | 'topUp' | 'cashMove' | 'exchange';

type CustodyData = {
  readonly act: CustodyAct | null;
  /** What goes from hand to hand; of an exchange what is given. */
  readonly draft: CountDraft;
  /** Of an exchange: what comes for it. */
  readonly taken: CountDraft;
  /** Of an exchange: one currency. */
  readonly currency: Currency;
  readonly direction: 'in' | 'out';
  readonly reason: CashMoveReason | null;
  readonly bagNumber: string;
  readonly note: string;
  /** Above the limit: exactly this waits for a supervisor's word. */
  readonly approving: CashMoveAct | null;
  readonly done: CashMoveView | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
};

type CustodyStore = CustodyData & {
  begin(act: CustodyAct): void;
  type(id: PileId, text: string): void;
  typeTaken(id: PileId, text: string): void;
  chooseCurrency(currency: Currency): void;
  describe(
    change: Partial<Pick<CustodyData, 'direction' | 'reason' | 'bagNumber' | 'note' | 'approving'>>,
  ): void;
  /** @param witness the other person; null where there is none @param approvalId above the limit */
  carryOut(witness: Witness | null, approvalId: number | null): Promise<boolean>;
  leave(): void;
};

const blank: CustodyData = {
  act: null,
  draft: nothingCounted,
  taken: nothingCounted,
  currency: 'ILS',
  direction: 'out',
  reason: null,
  bagNumber: '',
  note: '',
  approving: null,
  done: null,
  isWorking: false,
  failure: null,
};

/** Which part of what was typed is not yet enough. */
export type CustodyLack = 'cash' | 'pieces' | 'taken' | 'unequal' | 'bagNumber' | 'reason' | 'note';

/** What is missing before the act can be carried out, in the order of the page. */
export function lacksOf(data: CustodyData): CustodyLack[] {
  const given = readCount(data.draft);
  const taken = readCount(data.taken);
  const lacks: CustodyLack[] = [];
  if (given.wrong.size + taken.wrong.size > 0) lacks.push('pieces');
  else if (given.lines.length === 0) lacks.push('cash');
  if (data.act === 'exchange' && taken.wrong.size === 0) {
    if (taken.lines.length === 0) lacks.push('taken');
    else if (sumOf(given.lines, data.currency) !== sumOf(taken.lines, data.currency)) lacks.push('unequal');
  }
  if (data.act === 'payIn' && data.bagNumber.trim() === '') lacks.push('bagNumber');
  if (data.act === 'cashMove') {
    if (data.reason === null) lacks.push('reason');
    if (data.note.trim().length < shortestReason) lacks.push('note');
  }
  return lacks;
}

/** Cash in or out as it is sent and approved; null where another act was begun. */
function moveOf({ act, direction, reason, note, draft }: CustodyData) {
  if (act !== 'cashMove' || reason === null) return null;
  return { direction, reason, note: note.trim(), lines: [...readCount(draft).lines] };
}

export const useCustody = create<CustodyStore>((set, get) => {
  const intents = createIntents();
  let begun = 0;

  async function send(
    data: CustodyData,
    requestId: string,
    witness: Witness | null,
    approvalId: number | null,
  ): Promise<CashMoveView> {
    const options = { timeoutMs: answerTimeoutMs };
    const lines = [...readCount(data.draft).lines];
    const note = data.note.trim();
    const move = moveOf(data);
    if (move !== null) return call('custody.cashMove', { requestId, move, approvalId }, options);
    if (witness === null) throw new Error(`${String(data.act)} without a second person`);
    switch (data.act) {
      case 'payIn': {
        const bagNumber = data.bagNumber.trim();
        return call('custody.payIn', { requestId, lines, bagNumber, note, receiver: witness }, options);
      }
      case 'topUp':
        return call('custody.topUp', { requestId, lines, note, giver: witness }, options);
      case 'exchange': {
        const taken = [...readCount(data.taken).lines];
        return call('custody.exchange', { requestId, given: lines, taken, note, other: witness }, options);
      }
      default:
        throw new Error('no act was begun');
    }
  }

  return {
    ...blank,

    begin: (act) => {
      begun += 1;
      set({ ...blank, act });
    },

    type: (id, text) => set({ draft: typeInto(get().draft, id, text), failure: null }),
    typeTaken: (id, text) => set({ taken: typeInto(get().taken, id, text), failure: null }),
    // An exchange is of one currency: what was typed of another is not meant any more.
    chooseCurrency: (currency) =>
      set({ currency, draft: nothingCounted, taken: nothingCounted, failure: null }),
    describe: (change) => set({ ...change, failure: null }),

    carryOut: async (witness, approvalId) => {
      const data: CustodyData = get();
      if (data.isWorking || data.act === null || lacksOf(data).length > 0) return false;
      const { act, draft, taken, direction, reason, bagNumber, note } = data;
      const content = JSON.stringify([act, [...draft], [...taken], direction, reason, bagNumber, note]);
      const mine = begun;
      const requestId = intents.idFor(content);
      set({ isWorking: true, failure: null });
      try {
        const done = await send(data, requestId, witness, approvalId);
        intents.settled();
        if (mine === begun) set({ isWorking: false, approving: null, done });
        return true;
      } catch (cause) {
        const failure = failureOf(cause);
        if (mine !== begun) return false;
        // Above the limit: main says so, and the supervisor is asked for exactly this.
        const move = failure.code.startsWith('approval.') ? moveOf(data) : null;
        const approving: CashMoveAct | null =
          move === null ? null : { kind: 'cash.move', contents: { requestId, ...move } };
        set({ isWorking: false, failure, approving });
        return false;
      }
    },

    leave: () => {
      begun += 1;
      set(blank);
    },
  };
});

/** Nothing of one person's cash is left for the next. */
export function forgetCustody(): void {
  useCustody.getState().leave();
}
