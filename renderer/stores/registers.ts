import { create } from 'zustand';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { canMoveCheque } from '../../shared/domain/registers.ts';
import type { ChequeState, TransferState } from '../../shared/domain/registers.ts';
import type { ChequeView, Input, TransferView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { FieldProblem } from '../draft/problems.ts';
import { typed } from '../draft/problems.ts';

export type ChequeMove = Input<'registers.moveCheque'>['to'];
export type TransferMove = Input<'registers.settleTransfer'>['to'];
export type RegisterMove = ChequeMove | TransferMove;
export const registerNames = ['cheques', 'transfers', 'entitlements', 'undone'] as const;
export type RegisterName = (typeof registerNames)[number];

/** What is about to be said of the one that is looked at. */
export type MoveDraft = { readonly to: RegisterMove; readonly note: string; readonly feeText: string };

type RegistersData = {
  /** The one that is shown; entitlements and receipts taken back have stores of their own. */
  readonly register: RegisterName;
  readonly cheques: readonly ChequeView[] | null;
  readonly transfers: readonly TransferView[] | null;
  /** Null: every state. */
  readonly chequeState: ChequeState | null;
  readonly transferState: TransferState | null;
  /** What is looked for, in cheques and in transfers alike. */
  readonly text: string;
  readonly loadFailure: Failure | null;
  readonly chosenCheque: number | null;
  readonly chosenTransfer: number | null;
  readonly draft: MoveDraft | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  /** Of the cheque that is looked at, a data URL. */
  readonly picture: { readonly chequeId: number; readonly url: string } | null;
  /** Cheques in hand whose day has come. */
  readonly dueCount: number;
};

type RegistersStore = RegistersData & {
  show(register: RegisterName): Promise<void>;
  filter(state: ChequeState | TransferState | null): Promise<void>;
  find(text: string): Promise<void>;
  load(): Promise<void>;
  loadDue(): Promise<void>;
  choose(id: number): void;
  begin(to: RegisterMove): void;
  describe(change: Partial<Omit<MoveDraft, 'to'>>): void;
  giveUp(): void;
  confirm(): Promise<boolean>;
  loadPicture(chequeId: number): Promise<void>;
  attachPicture(chequeId: number): Promise<void>;
};

const blank: RegistersData = {
  register: 'cheques',
  cheques: null,
  transfers: null,
  chequeState: null,
  transferState: null,
  text: '',
  loadFailure: null,
  chosenCheque: null,
  chosenTransfer: null,
  draft: null,
  isWorking: false,
  failure: null,
  picture: null,
  dueCount: 0,
};

const allMoves: readonly ChequeMove[] = ['deposited', 'cleared', 'bounced', 'returned'];

/** Where this cheque can go by a person's word. */
export function movesOfCheque({ state }: ChequeView): readonly ChequeMove[] {
  return allMoves.filter((to) => canMoveCheque(state, to));
}

export function movesOfTransfer({ state }: TransferView): readonly TransferMove[] {
  return state === 'pending' ? ['matched', 'rejected'] : [];
}

/** These make what was paid owed again: they are not said without a reason. */
export function reopensDebt(to: RegisterMove): boolean {
  return to === 'bounced' || to === 'rejected';
}

/** What is wrong with what was typed, field by field. */
export function draftProblems({ to, note, feeText }: MoveDraft): {
  readonly note: FieldProblem | null;
  readonly fee: FieldProblem | null;
} {
  const parsed = feeText.trim() === '' || to !== 'bounced' ? null : parseMoney(feeText, 'ILS');
  return {
    note: reopensDebt(to) && note.trim() === '' ? typed('required') : null,
    fee:
      parsed === null ? null : !parsed.ok ? typed(parsed.problem) : parsed.minor === 0 ? typed('zero') : null,
  };
}

function feeOf({ to, feeText }: MoveDraft): number | null {
  const parsed = to === 'bounced' ? parseMoney(feeText, 'ILS') : null;
  return parsed?.ok === true ? parsed.minor : null;
}

const answerTimeoutMs = 10_000;

export const useRegisters = create<RegistersStore>((set, get) => {
  let loads = 0;
  let moves = 0;
  /** One request id for one intent: a lost answer is asked for again, and nothing is done twice. */
  let intent: { readonly requestId: string; readonly content: string } | null = null;

  function requestId(content: string): string {
    if (intent?.content !== content) intent = { requestId: crypto.randomUUID(), content };
    return intent.requestId;
  }

  async function move(draft: MoveDraft): Promise<void> {
    const { register, chosenCheque, chosenTransfer } = get();
    const note = draft.note.trim();
    const options = { timeoutMs: answerTimeoutMs };
    if (register === 'cheques') {
      const to = allMoves.find((one) => one === draft.to);
      if (chosenCheque === null || to === undefined) return;
      const asked = { chequeId: chosenCheque, to, note, feeMinor: feeOf(draft) };
      const id = requestId(JSON.stringify(asked));
      const moved = await call('registers.moveCheque', { requestId: id, ...asked }, options);
      set({ cheques: get().cheques?.map((one) => (one.id === moved.id ? moved : one)) ?? null });
    } else if (register === 'transfers') {
      const to = draft.to === 'matched' || draft.to === 'rejected' ? draft.to : null;
      if (chosenTransfer === null || to === null) return;
      const asked = { transferId: chosenTransfer, to, note };
      const id = requestId(JSON.stringify(asked));
      const settled = await call('registers.settleTransfer', { requestId: id, ...asked }, options);
      set({ transfers: get().transfers?.map((one) => (one.id === settled.id ? settled : one)) ?? null });
    }
  }

  return {
    ...blank,

    show: async (register) => {
      if (get().isWorking) return;
      set({ register, draft: null, failure: null, loadFailure: null });
      await get().load();
    },

    filter: async (state) => {
      if (get().register === 'cheques') set({ chequeState: state as ChequeState | null, chosenCheque: null });
      else set({ transferState: state as TransferState | null, chosenTransfer: null });
      set({ draft: null, failure: null });
      await get().load();
    },

    find: async (text) => {
      set({ text });
      await get().load();
    },

    load: async () => {
      loads += 1;
      const mine = loads;
      const { register, chequeState, transferState, text } = get();
      try {
        if (register === 'cheques') {
          const cheques = await call('registers.cheques', { state: chequeState, text });
          if (mine === loads) set({ cheques, loadFailure: null });
        } else if (register === 'transfers') {
          const transfers = await call('registers.transfers', { state: transferState, text });
          if (mine === loads) set({ transfers, loadFailure: null });
        }
      } catch (cause) {
        if (mine === loads) set({ loadFailure: failureOf(cause) });
      }
    },

    loadDue: async () => {
      try {
        const inHand = await call('registers.cheques', { state: 'inHand', text: '' });
        set({ dueCount: inHand.filter(({ isDue }) => isDue).length });
      } catch (cause) {
        // A reminder only: the register itself says what is wrong when it is opened.
        failureOf(cause);
      }
    },

    choose: (id) => {
      if (get().isWorking) return;
      const chosen = get().register === 'cheques' ? { chosenCheque: id } : { chosenTransfer: id };
      set({ ...chosen, draft: null, failure: null });
    },

    begin: (to) => {
      if (!get().isWorking) set({ draft: { to, note: '', feeText: '' }, failure: null });
    },
    describe: (change) => {
      const { draft, isWorking } = get();
      if (draft !== null && !isWorking) set({ draft: { ...draft, ...change } });
    },
    giveUp: () => {
      if (!get().isWorking) set({ draft: null, failure: null });
    },

    loadPicture: async (chequeId) => {
      try {
        const { picture } = await call('registers.chequePicture', { chequeId });
        // Somebody may look at another one by now.
        if (picture !== null && get().chosenCheque === chequeId) set({ picture: { chequeId, url: picture } });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    attachPicture: async (chequeId) => {
      if (get().isWorking) return;
      set({ isWorking: true, failure: null });
      try {
        const pictured = await call('registers.attachPicture', { chequeId });
        if (pictured !== null)
          set({ cheques: get().cheques?.map((one) => (one.id === chequeId ? pictured : one)) ?? null });
        set({ isWorking: false });
      } catch (cause) {
        set({ isWorking: false, failure: failureOf(cause) });
      }
    },

    confirm: async () => {
      const { draft, isWorking } = get();
      if (draft === null || isWorking) return false;
      const { note, fee } = draftProblems(draft);
      if (note !== null || fee !== null) return false;
      moves += 1;
      const mine = moves;
      set({ isWorking: true, failure: null });
      try {
        await move(draft);
        intent = null;
        if (mine !== moves) return false;
        set({ isWorking: false, draft: null });
        await get().loadDue();
        return true;
      } catch (cause) {
        const failure = failureOf(cause);
        if (mine !== moves) return false;
        set({ isWorking: false, failure });
        // Somebody was faster: what is true now stands in the register.
        if (failure.code === 'register.wrongState') {
          set({ draft: null });
          await get().load();
        }
        return false;
      }
    },
  };
});

/** Nothing of one person's reading is left for the next. */
export function forgetRegisters(): void {
  useRegisters.setState(blank);
}
