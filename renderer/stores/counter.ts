import { create } from 'zustand';
import type { AccountView, PaymentTaken, PrintState, SearchHit } from '../../shared/ipc/contract.ts';
import { toDecimal } from '../../shared/domain/money.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';
import type { PayDraft } from './payDraft.ts';
import {
  allocationsOf,
  emptyDraft,
  leaveRow,
  reckon,
  toggleAll,
  toggleBill,
  typeAmount,
  typeRow,
} from './payDraft.ts';
import { useShift } from './shift.ts';

/** One request id for one intent; kept until its result is known or what is asked for changes. */
type Intent = { readonly requestId: string; readonly content: string };

type CounterData = {
  readonly searchText: string;
  /** The hits that are shown, and the text they answer: an older answer never replaces a newer one. */
  readonly hits: readonly SearchHit[];
  readonly hitsFor: string;
  readonly highlighted: number;
  readonly searchFailure: Failure | null;
  readonly account: AccountView | null;
  readonly isOpening: boolean;
  readonly openFailure: Failure | null;
  readonly draft: PayDraft;
  readonly intent: Intent | null;
  readonly isTaking: boolean;
  readonly takeFailure: Failure | null;
  /** Sent, and no answer says whether it was taken: only the same request may be sent again. */
  readonly isUnresolved: boolean;
  readonly taken: PaymentTaken | null;
  readonly picture: Picture | null;
  /** How far its paper is; null until main says so. */
  readonly printState: PrintState | null;
};

/** The receipt as drawn for the paper; `failed`: it could not be shown, the receipt itself stands. */
export type Picture =
  | { readonly kind: 'loading' }
  | { readonly kind: 'drawn'; readonly png: string; readonly width: number; readonly height: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

type CounterStore = CounterData & {
  type(text: string): void;
  highlight(index: number): void;
  /** Enter: opens the highlighted hit, or the first one as soon as its answer is there. */
  openHighlighted(): void;
  openHit(hit: SearchHit): Promise<void>;
  openAccount(accountId: number, tickBillId?: number | null): Promise<void>;
  closeAccount(): void;
  toggle(billId: number): void;
  toggleAll(): void;
  typeAmount(text: string): void;
  typeRow(billId: number, text: string): void;
  leaveRow(billId: number): void;
  typeReceived(text: string): void;
  receiveExact(): void;
  take(): Promise<void>;
  backToAccount(): void;
  /** One step back: results, then what was typed, then the account. */
  stepBack(): void;
};

const blank: CounterData = {
  searchText: '',
  hits: [],
  hitsFor: '',
  highlighted: 0,
  searchFailure: null,
  account: null,
  isOpening: false,
  openFailure: null,
  draft: emptyDraft,
  intent: null,
  isTaking: false,
  takeFailure: null,
  isUnresolved: false,
  taken: null,
  picture: null,
  printState: null,
};

const answerTimeoutMs = 10_000;

export const useCounter = create<CounterStore>((set, get) => {
  // Numbers of questions asked: an answer counts only when no later question was asked meanwhile.
  let searches = 0;
  let openings = 0;
  let opensFirstHit = false;

  function change(edit: (draft: PayDraft, account: AccountView) => PayDraft): void {
    const { account, draft, isTaking, isUnresolved } = get();
    // While an answer is outstanding the contents stand still: a changed request would be a second payment.
    if (account === null || isTaking || isUnresolved) return;
    set({ draft: edit(draft, account), takeFailure: null });
  }

  async function search(text: string): Promise<void> {
    searches += 1;
    const mine = searches;
    try {
      const hits = await call('accounts.search', { text });
      if (mine !== searches) return;
      set({ hits, hitsFor: text, highlighted: 0, searchFailure: null });
      const first = hits[0];
      if (opensFirstHit && first !== undefined) await get().openHit(first);
      opensFirstHit = false;
    } catch (cause) {
      if (mine === searches) set({ hits: [], hitsFor: text, searchFailure: failureOf(cause) });
    }
  }

  async function draw(paymentId: number): Promise<void> {
    const shows = (): boolean => get().taken?.paymentId === paymentId;
    try {
      const picture = await call('receipts.picture', { paymentId });
      if (shows()) set({ picture: { kind: 'drawn', ...picture } });
    } catch (cause) {
      if (shows()) set({ picture: { kind: 'failed', failure: failureOf(cause) } });
    }
  }

  async function reload(accountId: number): Promise<void> {
    try {
      const account = await call('accounts.open', { accountId });
      if (get().account?.id !== accountId) return;
      const open = new Set(account.openBills.map((bill) => bill.id));
      const chosen = new Map([...get().draft.chosen].filter(([billId]) => open.has(billId)));
      set({ account, draft: { ...get().draft, chosen } });
    } catch (cause) {
      set({ openFailure: failureOf(cause) });
    }
  }

  return {
    ...blank,

    type: (text) => {
      opensFirstHit = false;
      set({ searchText: text });
      if (text.trim() === '') {
        searches += 1;
        set({ hits: [], hitsFor: '', highlighted: 0, searchFailure: null });
      } else void search(text);
    },

    highlight: (index) => set({ highlighted: index }),

    openHighlighted: () => {
      const { hits, hitsFor, highlighted, searchText } = get();
      if (searchText.trim() === '') return;
      const hit = hits[highlighted];
      // A scanner is faster than the search: what is shown may still answer half of the number.
      if (hitsFor !== searchText) opensFirstHit = true;
      else if (hit !== undefined) void get().openHit(hit);
    },

    openHit: (hit) => get().openAccount(hit.accountId, hit.billId),

    openAccount: async (accountId, tickBillId = null) => {
      if (get().isTaking) return;
      openings += 1;
      searches += 1;
      const mine = openings;
      set({ isOpening: true, openFailure: null });
      try {
        const account = await call('accounts.open', { accountId });
        if (mine !== openings) return;
        const bill = account.openBills.find(({ id }) => id === tickBillId);
        const draft = bill === undefined ? emptyDraft : toggleBill(emptyDraft, bill);
        set({ ...blank, account, draft });
      } catch (cause) {
        if (mine === openings) set({ isOpening: false, openFailure: failureOf(cause) });
      }
    },

    closeAccount: () => {
      if (get().isTaking) return;
      openings += 1;
      set(blank);
    },

    toggle: (billId) =>
      change((draft, account) => {
        const bill = account.openBills.find(({ id }) => id === billId);
        return bill === undefined ? draft : toggleBill(draft, bill);
      }),
    toggleAll: () => change((draft, account) => toggleAll(draft, account.openBills)),
    typeAmount: (text) => change((draft, account) => typeAmount(draft, account.openBills, text)),
    typeRow: (billId, text) =>
      change((draft, account) => {
        const bill = account.openBills.find(({ id }) => id === billId);
        return bill === undefined ? draft : typeRow(draft, bill, text);
      }),
    leaveRow: (billId) => change((draft) => leaveRow(draft, billId)),
    typeReceived: (text) => change((draft) => ({ ...draft, receivedText: text })),
    receiveExact: () =>
      change((draft) => {
        const { totalMinor } = reckon(draft);
        return totalMinor === 0
          ? draft
          : { ...draft, receivedText: toDecimal({ minor: totalMinor, currency: 'ILS' }) };
      }),

    take: async () => {
      const { account, draft, isTaking } = get();
      const { isReady, receivedMinor } = reckon(draft);
      if (account === null || isTaking || !isReady || receivedMinor === null || get().taken !== null) return;
      const allocations = allocationsOf(draft, account.openBills);
      const content = JSON.stringify([account.id, allocations, receivedMinor]);
      const kept = get().intent;
      const intent = kept?.content === content ? kept : { requestId: crypto.randomUUID(), content };
      set({ intent, isTaking: true, takeFailure: null });
      try {
        const taken = await call(
          'payments.take',
          {
            requestId: intent.requestId,
            accountId: account.id,
            allocations,
            tender: { kind: 'cash', currency: 'ILS', receivedMinor },
          },
          { timeoutMs: answerTimeoutMs },
        );
        // Signed out meanwhile: the payment stands, and it is not the next person's to see.
        if (get().intent !== intent) return;
        set({ ...blank, account: taken.account, taken, picture: { kind: 'loading' } });
        useShift.setState({ shift: taken.shift });
        void draw(taken.paymentId);
      } catch (cause) {
        const failure = failureOf(cause);
        if (get().intent !== intent) return;
        // After these two nobody here knows whether it was written; every other code rolled back.
        const isUnresolved = failure.code === 'lost' || failure.code === 'internal';
        set({ isTaking: false, takeFailure: failure, isUnresolved });
        if (failure.code === 'bill.changed' || failure.code === 'bill.notFound') await reload(account.id);
        if (failure.code === 'bill.overpaid') await reload(account.id);
        if (failure.code === 'shift.notOpen') await useShift.getState().load();
      }
    },

    backToAccount: () => set({ taken: null, picture: null, printState: null }),

    stepBack: () => {
      const { searchText, taken, draft, isTaking, isUnresolved } = get();
      if (isTaking) return;
      if (searchText !== '') get().type('');
      else if (taken !== null) get().backToAccount();
      else if (isUnresolved) get().closeAccount();
      else if (draft.receivedText !== '') get().typeReceived('');
      else if (draft.chosen.size > 0 || draft.amountText !== '') change(() => emptyDraft);
      else get().closeAccount();
    },
  };
});

/** Nothing of one person's work is left for the next. */
export function forgetCounter(): void {
  useCounter.setState(blank);
}

/** Follows the paper of the receipt on the screen. @returns the function that stops listening */
export function followPaper(): () => void {
  return listen('printer.changed', () => {
    const { taken, printState } = useCounter.getState();
    if (taken === null || printState === 'confirmed') return;
    call('receipts.get', { paymentId: taken.paymentId }).then(({ summary }) => {
      if (useCounter.getState().taken?.paymentId === taken.paymentId) {
        useCounter.setState({ printState: summary.printState });
      }
    }, failureOf);
  });
}
