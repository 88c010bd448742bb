import { create } from 'zustand';
import { addDays } from '../../shared/domain/dates.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { BankAccount, DepositSheet, DepositView, Input } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { PartDraft } from '../draft/depositDraft.ts';
import { blankPart, readParts, requestParts } from '../draft/depositDraft.ts';
import { dateText, readDate } from '../draft/typedDate.ts';

/** What is about to be said of the deposit that is looked at. */
export type DepositDraft = {
  readonly to: 'deposited' | 'cancelled' | 'confirmed';
  readonly note: string;
  readonly reference: string;
  readonly dateText: string;
  readonly amountText: string;
};
export type DepositField = 'note' | 'reference' | 'date' | 'amount';

type Witness = { readonly login: string; readonly secret: string };

type DepositsData = {
  readonly deposits: readonly DepositView[] | null;
  readonly chosen: number | null;
  readonly draft: DepositDraft | null;
  /** While one is prepared: what there is, and what goes to which account. */
  readonly sheet: DepositSheet | null;
  readonly parts: readonly PartDraft[];
  readonly part: number;
  readonly prepared: readonly DepositView[] | null;
  readonly accounts: readonly BankAccount[] | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  readonly loadFailure: Failure | null;
};

type DepositsStore = DepositsData & {
  load(today: string): Promise<void>;
  choose(id: number): void;
  begin(to: DepositDraft['to']): void;
  describe(change: Partial<Omit<DepositDraft, 'to'>>): void;
  giveUp(): void;
  confirm(): Promise<void>;
  beginPrepare(): Promise<void>;
  leavePrepare(): void;
  changePart(change: Partial<PartDraft>): void;
  showPart(index: number): void;
  addPart(): void;
  removePart(): void;
  prepare(second: Witness): Promise<void>;
  openAccounts(): Promise<void>;
  saveAccount(account: Input<'bankAccounts.save'>): Promise<boolean>;
  leaveAccounts(): void;
};

const blank: DepositsData = {
  deposits: null,
  chosen: null,
  draft: null,
  sheet: null,
  parts: [blankPart],
  part: 0,
  prepared: null,
  accounts: null,
  isWorking: false,
  failure: null,
  loadFailure: null,
};

/** Deposits of this long are listed; those that wait for their slip always. */
const shownDays = 60;
const options = { timeoutMs: 15_000 };

export function totalOf({ cashMinor, chequesMinor }: DepositView): number {
  return cashMinor + chequesMinor;
}

/** What is wrong with what was typed, in the order of the fields. */
export function wrongFields(draft: DepositDraft, deposit: DepositView): readonly DepositField[] {
  if (draft.to === 'deposited') return [];
  if (draft.to === 'cancelled') return draft.note.trim().length < 3 ? ['note'] : [];
  const amount = parseMoney(draft.amountText, deposit.currency);
  const wrong: DepositField[] = [];
  if (draft.reference.trim() === '') wrong.push('reference');
  if (readDate(draft.dateText) === null) wrong.push('date');
  if (!amount.ok) wrong.push('amount');
  else if (amount.minor !== totalOf(deposit) && draft.note.trim().length < 3) wrong.push('note');
  return wrong;
}

export const useDeposits = create<DepositsStore>((set, get) => {
  let intent: { readonly requestId: string; readonly content: string } | null = null;
  let today = '';

  function requestId(content: unknown): string {
    const text = JSON.stringify(content);
    if (intent?.content !== text) intent = { requestId: crypto.randomUUID(), content: text };
    return intent.requestId;
  }

  async function carryOut(act: () => Promise<Partial<DepositsData>>): Promise<boolean> {
    if (get().isWorking) return false;
    set({ isWorking: true, failure: null });
    try {
      set({ isWorking: false, ...(await act()) });
      intent = null;
      return true;
    } catch (cause) {
      const failure = failureOf(cause);
      set({ isWorking: false, failure });
      if (failure.code === 'deposit.wrongState') {
        set({ draft: null });
        await get().load(today);
      }
      return false;
    }
  }

  function changed(deposit: DepositView): Partial<DepositsData> {
    const { deposits } = get();
    return {
      deposits: deposits?.map((one) => (one.id === deposit.id ? deposit : one)) ?? null,
      draft: null,
    };
  }

  return {
    ...blank,

    load: async (date) => {
      today = date;
      try {
        // After the day's close a deposit belongs to the next day.
        const from = addDays(date, -shownDays);
        const deposits = await call('deposits.list', { from, to: addDays(date, 1) });
        set({ deposits, loadFailure: null });
      } catch (cause) {
        set({ loadFailure: failureOf(cause) });
      }
    },

    choose: (chosen) => {
      if (!get().isWorking) set({ chosen, draft: null, failure: null });
    },

    begin: (to) => {
      const deposit = get().deposits?.find(({ id }) => id === get().chosen);
      if (deposit === undefined || get().isWorking) return;
      set({
        draft: { to, note: '', reference: '', dateText: dateText(today), amountText: '' },
        failure: null,
      });
    },
    describe: (change) => {
      const { draft, isWorking } = get();
      if (draft !== null && !isWorking) set({ draft: { ...draft, ...change } });
    },
    giveUp: () => {
      if (!get().isWorking) set({ draft: null, failure: null });
    },

    confirm: async () => {
      const { draft, deposits, chosen } = get();
      const deposit = deposits?.find(({ id }) => id === chosen);
      if (draft === null || deposit === undefined || wrongFields(draft, deposit).length > 0) return;
      const note = draft.note.trim();
      await carryOut(async () => {
        if (draft.to !== 'confirmed') {
          const asked = { depositId: deposit.id, to: draft.to, note };
          return changed(await call('deposits.move', { requestId: requestId(asked), ...asked }, options));
        }
        const amount = parseMoney(draft.amountText, deposit.currency);
        const asked = {
          depositId: deposit.id,
          bankReference: draft.reference.trim(),
          bankDate: readDate(draft.dateText) ?? '',
          minor: amount.ok ? amount.minor : 0,
          note,
        };
        return changed(await call('deposits.confirm', { requestId: requestId(asked), ...asked }, options));
      });
    },

    beginPrepare: async () => {
      try {
        const sheet = await call('deposits.sheet', {});
        const usable = sheet.accounts.filter(({ isActive }) => isActive);
        const first = usable.find(({ currency }) => currency === 'ILS') ?? usable[0];
        const parts = [{ ...blankPart, accountId: first?.id ?? null }];
        set({ sheet, parts, part: 0, prepared: null, failure: null, loadFailure: null });
      } catch (cause) {
        set({ loadFailure: failureOf(cause) });
      }
    },
    leavePrepare: () => {
      if (!get().isWorking) set({ sheet: null, parts: [blankPart], part: 0, failure: null });
    },
    changePart: (change) =>
      set(({ parts, part }) => ({
        parts: parts.map((one, index) => (index === part ? { ...one, ...change } : one)),
        failure: null,
      })),
    showPart: (part) => set({ part }),
    addPart: () =>
      set(({ parts, sheet }) => {
        const taken = new Set(parts.map(({ accountId }) => accountId));
        const next = sheet?.accounts.find(({ id, isActive }) => isActive && !taken.has(id));
        return { parts: [...parts, { ...blankPart, accountId: next?.id ?? null }], part: parts.length };
      }),
    removePart: () =>
      set(({ parts, part }) =>
        parts.length === 1
          ? {}
          : { parts: parts.filter((_, index) => index !== part), part: Math.max(0, part - 1) },
      ),
    prepare: async (second) => {
      const { sheet, parts } = get();
      if (sheet === null) return;
      const readings = readParts(sheet, parts);
      if (readings.some(({ problems }) => problems.length > 0)) return;
      await carryOut(async () => {
        const asked = requestParts(parts, readings);
        const id = requestId([asked, second.login]);
        const prepared = await call('deposits.prepare', { requestId: id, parts: asked, second }, options);
        await get().load(today);
        return { prepared, chosen: prepared[0]?.id ?? null, sheet: null, parts: [blankPart], part: 0 };
      });
    },

    openAccounts: async () => {
      try {
        set({ accounts: await call('bankAccounts.list', {}), failure: null });
      } catch (cause) {
        set({ loadFailure: failureOf(cause) });
      }
    },
    saveAccount: (account) =>
      carryOut(async () => {
        const accounts = await call('bankAccounts.save', account, options);
        const { sheet } = get();
        return { accounts, ...(sheet === null ? {} : { sheet: { ...sheet, accounts } }) };
      }),
    leaveAccounts: () => {
      if (!get().isWorking) set({ accounts: null, failure: null });
    },
  };
});

/** Nothing of one person's deposits is left for the next. */
export function forgetDeposits(): void {
  useDeposits.setState(blank);
}
