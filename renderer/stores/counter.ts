import { create } from 'zustand';
import type { Rates } from '../../shared/domain/exchange.ts';
import { toDecimal } from '../../shared/domain/money.ts';
import type {
  AccountView,
  ApprovableAct,
  Input,
  PaymentTaken,
  PrintState,
  SearchHit,
} from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { LeafDraft } from '../draft/leafDraft.ts';
import type { FeeDraft, Occasional, PayDraft } from '../draft/payDraft.ts';
import {
  acceptSurplus,
  addFee,
  dropAdvance,
  emptyDraft,
  isUntouched,
  leaveRow,
  putTender,
  receivedText,
  removeFee,
  removePart,
  removeTender,
  setAside,
  stillOpen,
  takeUp,
  toggleAll,
  toggleBill,
  typeAmount,
  typeReceived,
  typeRow,
} from '../draft/payDraft.ts';
import { useBooks } from './books.ts';
import { useRates } from './rates.ts';
import type { Reckoning } from '../draft/reckoning.ts';
import { payingAccount, reckon } from '../draft/reckoning.ts';
import type { TenderDraft } from '../draft/tenderDraft.ts';
import { cashFor } from '../draft/tenderDraft.ts';
import { useShift } from './shift.ts';

/** One request id for one intent; kept until its result is known or what is asked for changes. */
type Intent = {
  readonly requestId: string;
  readonly asked: TakeRequest;
  /** Sent with it: the same request is sent again with the same word. */
  readonly approvalId: number | null;
};

/** A waiver among the tenders: nothing is sent before a supervisor has given their word for exactly this. */
type Approving = { readonly act: ApprovableAct; readonly refused: Failure | null };

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
  /** Money was put on the counter for this payment: to leave it is recorded. */
  readonly begun: Input<'payments.abandon'> | null;
  readonly intent: Intent | null;
  readonly approving: Approving | null;
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
  /**
   * Looks a scanned code up and opens what it finds.
   * @param whole what the search box held together with it, tried where the code alone is nothing: on a busy machine the
   *   first keys may have come long before the others
   */
  scan(code: string, whole: string | null): void;
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
  /** What was typed above the debt is paid on account. */
  acceptSurplus(): void;
  dropAdvance(): void;
  putTender(tender: TenderDraft): void;
  removeTender(id: number): void;
  chooseChange(currency: Currency, creditText: string): void;
  /** The open account is put aside with what was chosen, and the next one is searched for. */
  addAccount(): void;
  removePart(accountId: number): void;
  addFee(fee: FeeDraft, occasional: Occasional | null): void;
  removeFee(index: number): void;
  /** The payment is entered from this leaf of a paper book; null: it is not. */
  putLeaf(leaf: LeafDraft | null): void;
  take(): Promise<void>;
  /** The supervisor's word is there: what it was given for is sent, if it still is what is on the screen. */
  approve(approvalId: number): Promise<void>;
  cancelApproval(): void;
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
  begun: null,
  intent: null,
  approving: null,
  isTaking: false,
  takeFailure: null,
  isUnresolved: false,
  taken: null,
  picture: null,
  printState: null,
};

const answerTimeoutMs = 10_000;

/** After these the accounts on the screen are no longer as they were. */
const staleAccount = new Set<Failure['code']>([
  'bill.changed',
  'bill.notFound',
  'bill.overpaid',
  'bill.partTooSmall',
  'credit.tooLittle',
]);

type TakeRequest = Omit<Input<'payments.take'>, 'requestId' | 'approvalId'>;

/** What is asked of main; null where nobody pays. */
function requestOf(
  draft: PayDraft,
  served: AccountView | null,
  { lines, tenders, change, changeCredit }: NonNullable<Reckoning['offer']>,
  rates: Rates,
): TakeRequest | null {
  const { leaf } = draft;
  const account = payingAccount(draft, served);
  const payer: TakeRequest['payer'] | null =
    account !== null
      ? { kind: 'account', accountId: account.id }
      : draft.occasional !== null
        ? { kind: 'occasional', ...draft.occasional }
        : null;
  if (payer === null) return null;
  return {
    payer,
    lines: [...lines],
    tenders: [...tenders],
    change: [...change],
    changeCredit,
    rates,
    book:
      leaf === null
        ? null
        : {
            bookId: leaf.bookId,
            leaf: leaf.leaf,
            writtenOn: leaf.writtenOn,
            writtenBy: leaf.writtenBy.id,
          },
  };
}

export const useCounter = create<CounterStore>((set, get) => {
  // Numbers of questions asked: an answer counts only when no later question was asked meanwhile.
  let searches = 0;
  let openings = 0;
  let opensFirstHit = false;
  /** Tried when nothing is found of a scan. */
  let otherwise: string | null = null;

  function change(edit: (draft: PayDraft) => PayDraft): void {
    const { draft, isTaking, isUnresolved, taken } = get();
    // While an answer is outstanding the contents stand still: a changed request would be a second payment.
    if (isTaking || isUnresolved || taken !== null) return;
    const edited = edit(draft);
    set({ draft: edited, begun: begunBy(edited), takeFailure: null, approving: null });
  }

  /** What was begun with this draft; once money was there it stays begun, whatever is taken away again. */
  function begunBy(draft: PayDraft): CounterData['begun'] {
    const { account, begun } = get();
    const { totalMinor, tenders } = reckon(draft, account, useRates.getState().terms);
    const kinds = tenders.flatMap(({ tender }) => (tender === null ? [] : [tender.kind]));
    if (totalMinor === 0 || kinds.length === 0) return begun;
    const payer = payingAccount(draft, account);
    return { accountId: payer?.id ?? null, totalMinor, receivedKinds: [...new Set(kinds)] };
  }

  /** A payment that was begun and is left is recorded. An answer is not waited for: the next citizen is. */
  function leaveBegun(): void {
    const { begun, isUnresolved, taken } = get();
    if (begun !== null && !isUnresolved && taken === null) call('payments.abandon', begun).catch(failureOf);
  }

  function changeOpen(edit: (draft: PayDraft, account: AccountView) => PayDraft): void {
    const { account } = get();
    if (account !== null) change((draft) => edit(draft, account));
  }

  async function search(text: string): Promise<void> {
    searches += 1;
    const mine = searches;
    try {
      const hits = await call('accounts.search', { text });
      if (mine !== searches) return;
      set({ hits, hitsFor: text, highlighted: 0, searchFailure: null });
      if (opensFirstHit) {
        const whole = hits.length === 0 ? otherwise : null;
        const [first] = whole === null ? hits : await call('accounts.search', { text: whole });
        if (mine !== searches) return;
        if (first !== undefined) await get().openHit(first);
      }
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

  /** Reads the accounts of the payment again: what was paid meanwhile is no longer chosen. */
  async function reload(): Promise<void> {
    const { account, draft } = get();
    const ids = [...(account === null ? [] : [account.id]), ...draft.basket.map((part) => part.account.id)];
    try {
      const fresh = await Promise.all(ids.map((accountId) => call('accounts.open', { accountId })));
      if (get().draft !== draft || get().account !== account) return;
      const views = new Map(fresh.map((view) => [view.id, view]));
      const now = account === null ? null : (views.get(account.id) ?? account);
      const basket = draft.basket.map((part) => {
        const view = views.get(part.account.id) ?? part.account;
        return { ...part, account: view, chosen: stillOpen(part.chosen, view.openBills) };
      });
      const chosen = stillOpen(draft.chosen, now?.openBills ?? []);
      set({ account: now, draft: { ...draft, chosen, basket } });
    } catch (cause) {
      set({ openFailure: failureOf(cause) });
    }
  }

  /** What is on the screen as a request, under the id that it has already where it was asked for before. */
  function offeredNow(): Intent | null {
    const { account, draft, isTaking, taken, intent } = get();
    const { terms } = useRates.getState();
    const { offer } = reckon(draft, account, terms);
    if (isTaking || offer === null || taken !== null) return null;
    const asked = requestOf(draft, account, offer, terms.rates);
    if (asked === null) return null;
    const isSame = intent !== null && JSON.stringify(intent.asked) === JSON.stringify(asked);
    return isSame ? intent : { requestId: crypto.randomUUID(), asked, approvalId: null };
  }

  /** Asks for a supervisor's word for exactly what will be sent. @param refused what became of the last word */
  function askWord(intent: Intent, refused: Failure | null): void {
    const { payer, lines, tenders } = intent.asked;
    const contents = { requestId: intent.requestId, payer, lines, tenders };
    const approving = { act: { kind: 'payment.waiver', contents }, refused } as const;
    set({ intent, approving, isTaking: false, isUnresolved: false, takeFailure: null });
  }

  async function send(intent: Intent): Promise<void> {
    const { requestId, asked, approvalId } = intent;
    const { leaf } = get().draft;
    set({ intent, isTaking: true, takeFailure: null });
    try {
      const request = { requestId, ...asked, approvalId };
      const taken = await call('payments.take', request, { timeoutMs: answerTimeoutMs });
      // Signed out meanwhile: the payment stands, and it is not the next person's to see.
      if (get().intent !== intent) return;
      set({ ...blank, account: taken.account, taken, picture: { kind: 'loading' } });
      useShift.setState({ shift: taken.shift });
      if (leaf !== null) useBooks.setState({ before: leaf });
      void draw(taken.paymentId);
    } catch (cause) {
      const failure = failureOf(cause);
      if (get().intent !== intent) return;
      // After these two nobody here knows whether it was written; every other code rolled back.
      const isUnresolved = failure.code === 'lost' || failure.code === 'internal';
      if (failure.code.startsWith('approval.')) {
        askWord(intent, failure);
        return;
      }
      set({ isTaking: false, takeFailure: failure, isUnresolved });
      if (staleAccount.has(failure.code)) await reload();
      if (failure.code === 'rate.changed' || failure.code === 'rate.missing')
        await useRates.getState().load();
      // Counted, suspended or forgotten meanwhile: the counter shows how it stands, and the way out.
      if (failure.code.startsWith('shift.')) await useShift.getState().load();
    }
  }

  /** Back into the account that was put aside last, with what was chosen of it. */
  async function openLastPart(): Promise<void> {
    const last = get().draft.basket.at(-1);
    if (last !== undefined) await get().openAccount(last.account.id);
  }

  return {
    ...blank,

    type: (text) => {
      opensFirstHit = false;
      otherwise = null;
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

    scan: (code, whole) => {
      get().type(code);
      otherwise = whole;
      get().openHighlighted();
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
        const { account: before, draft: old, taken, isUnresolved } = get();
        // With others in the basket, or fees, the payment goes on with one account more.
        const goesOn = taken === null && !isUnresolved && (old.basket.length > 0 || old.fees.length > 0);
        // A leaf that was put down before anybody was looked up is for the account that is opened now.
        const leaf = before === null && taken === null && !isUnresolved ? old.leaf : null;
        const kept = goesOn
          ? takeUp(before === null ? old : setAside(old, before), account)
          : { ...emptyDraft, leaf };
        const bill = account.openBills.find(({ id }) => id === tickBillId);
        const draft = bill === undefined || kept.chosen.has(bill.id) ? kept : toggleBill(kept, bill);
        if (!goesOn) leaveBegun();
        const begun = goesOn ? get().begun : null;
        set({ ...blank, account, begun, draft: { ...draft, occasional: null } });
      } catch (cause) {
        if (mine === openings) set({ isOpening: false, openFailure: failureOf(cause) });
      }
    },

    closeAccount: () => {
      const { isTaking, isUnresolved, draft, taken } = get();
      if (isTaking) return;
      openings += 1;
      const { basket, fees } = draft;
      const goesOn = taken === null && !isUnresolved && basket.length + fees.length > 0;
      if (!goesOn) leaveBegun();
      const begun = goesOn ? get().begun : null;
      set({
        ...blank,
        begun,
        draft: goesOn
          ? { ...emptyDraft, basket, fees, tenders: draft.tenders, leaf: draft.leaf }
          : emptyDraft,
      });
    },

    toggle: (billId) =>
      changeOpen((draft, account) => {
        const bill = account.openBills.find(({ id }) => id === billId);
        return bill === undefined ? draft : toggleBill(draft, bill);
      }),
    toggleAll: () => changeOpen((draft, account) => toggleAll(draft, account.openBills)),
    typeAmount: (text) => changeOpen((draft, account) => typeAmount(draft, account.openBills, text)),
    typeRow: (billId, text) =>
      changeOpen((draft, account) => {
        const bill = account.openBills.find(({ id }) => id === billId);
        return bill === undefined ? draft : typeRow(draft, bill, text);
      }),
    leaveRow: (billId) => changeOpen((draft) => leaveRow(draft, billId)),
    typeReceived: (text) => change((draft) => typeReceived(draft, text)),
    receiveExact: () =>
      change((draft) => {
        const { terms } = useRates.getState();
        const { remainingMinor } = reckon(draft, get().account, terms);
        const minor = cashFor(remainingMinor, terms.smallestCoinMinor);
        return minor <= 0 ? draft : typeReceived(draft, toDecimal({ minor, currency: 'ILS' }));
      }),
    acceptSurplus: () => changeOpen(acceptSurplus),
    dropAdvance: () => changeOpen(dropAdvance),
    putTender: (tender) => change((draft) => putTender(draft, tender)),
    removeTender: (id) => change((draft) => removeTender(draft, id)),
    chooseChange: (changeCurrency, creditText) =>
      change((draft) => ({ ...draft, changeCurrency, creditText })),

    addAccount: () => {
      const { account, isTaking, isUnresolved, taken } = get();
      if (account === null || isTaking || isUnresolved || taken !== null) return;
      openings += 1;
      change((draft) => setAside(draft, account));
      set({ account: null, searchText: '', hits: [], hitsFor: '' });
    },
    removePart: (accountId) => change((draft) => removePart(draft, accountId)),
    addFee: (fee, occasional) => change((draft) => ({ ...addFee(draft, fee), occasional })),
    removeFee: (index) => change((draft) => removeFee(draft, index)),

    putLeaf: (leaf) => change((draft) => ({ ...draft, leaf })),

    take: async () => {
      const { isUnresolved, isTaking, intent: sent } = get();
      // Nobody knows what became of it: it is the same request, with the word that it had, whatever changed meanwhile.
      if (isUnresolved && !isTaking && sent !== null) {
        await send(sent);
        return;
      }
      const intent = offeredNow();
      if (intent === null) return;
      if (intent.asked.tenders.some(({ kind }) => kind === 'waiver')) askWord(intent, null);
      else await send(intent);
    },

    approve: async (approvalId) => {
      const { approving, intent: approved } = get();
      const intent = offeredNow();
      set({ approving: null });
      if (approving === null || intent === null) return;
      if (intent.requestId === approved?.requestId) await send({ ...intent, approvalId });
      else askWord(intent, { code: 'approval.other', params: {} });
    },

    cancelApproval: () => set({ approving: null }),

    backToAccount: () => set({ taken: null, picture: null, printState: null }),

    stepBack: () => {
      const { searchText, taken, draft, isTaking, isUnresolved } = get();
      if (isTaking) return;
      if (searchText !== '') get().type('');
      else if (taken !== null) get().backToAccount();
      else if (isUnresolved) get().closeAccount();
      else if (receivedText(draft) !== '') get().typeReceived('');
      else if (draft.tenders.length > 1) change((now) => removeTender(now, now.tenders.at(-1)?.id ?? 0));
      else if (draft.chosen.size > 0 || draft.amountText !== '' || draft.advanceMinor > 0)
        changeOpen((now, account) => removePart(setAside(now, account), account.id));
      else if (get().account !== null) get().closeAccount();
      else if (draft.fees.length > 0) change((now) => removeFee(now, now.fees.length - 1));
      else if (draft.basket.length > 0) void openLastPart();
      else if (!isUntouched(draft)) change(() => emptyDraft);
    },
  };
});

/** Nothing of one person's work is left for the next. */
export function forgetCounter(): void {
  useCounter.setState(blank);
  useBooks.setState({ before: null, failure: null });
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
