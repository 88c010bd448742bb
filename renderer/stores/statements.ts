import { create } from 'zustand';
import { banks, providers } from '../../shared/domain/banks.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type {
  LaidStatement,
  StatementFile,
  StatementMapping,
  StatementTransfer,
  WaitingProvider,
} from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import { useRegisters } from './registers.ts';

/** Whose statement; which columns; what fits what; it is recorded. */
export type StatementStep = 'provider' | 'columns' | 'proposal' | 'done';

/** Wallets first: a transfer may also come straight from a bank. */
export const statementProviders = [...providers, ...banks];

type StatementsData = {
  readonly isOpen: boolean;
  readonly step: StatementStep;
  /** Its Arabic name, as transfers carry it. */
  readonly provider: string;
  /** Whose transfers wait, the one that waits longest first. Null: not read yet. */
  readonly waiting: readonly WaitingProvider[] | null;
  readonly file: StatementFile | null;
  /** Empty: not chosen. */
  readonly mapping: StatementMapping;
  readonly proposal: LaidStatement | null;
  /** The transfers that are to be recorded as matched. */
  readonly ticked: ReadonlySet<number>;
  readonly matched: number;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
};

type StatementsStore = StatementsData & {
  begin(): Promise<void>;
  chooseProvider(provider: string): void;
  /** The system's own dialog; closed, nothing changes. Columns that are known already lead straight to the proposal. */
  open(): Promise<void>;
  map(change: Partial<StatementMapping>): void;
  propose(): Promise<void>;
  tick(transferIds: readonly number[], isTicked: boolean): void;
  confirm(): Promise<void>;
  /** One step back, in the end out of it. */
  back(): void;
  leave(): void;
  forget(): void;
};

const blank: StatementsData = {
  isOpen: false,
  step: 'provider',
  provider: statementProviders[0]?.ar ?? '',
  waiting: null,
  file: null,
  mapping: { reference: '', amount: '' },
  proposal: null,
  ticked: new Set(),
  matched: 0,
  isWorking: false,
  failure: null,
};

const answerTimeoutMs = 20_000;

export type MappingProblem = 'choose' | 'same';
export function mappingProblems({ reference, amount }: StatementMapping): {
  readonly reference: MappingProblem | null;
  readonly amount: MappingProblem | null;
} {
  return {
    reference: reference === '' ? 'choose' : null,
    amount: amount === '' ? 'choose' : amount === reference ? 'same' : null,
  };
}

/** What the chosen transfers come to, currency by currency. Minor units. */
export function sumsOf(
  transfers: readonly Pick<StatementTransfer, 'currency' | 'minor'>[],
): [Currency, number][] {
  const sums = new Map<Currency, number>();
  for (const { currency, minor } of transfers) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums];
}

/** Whose statement is wanted: of the transfer that is looked at, else of the one that waits longest. */
function wantedProvider(waiting: readonly WaitingProvider[]): string | undefined {
  const { chosenTransfer, transfers } = useRegisters.getState();
  const lookedAt = transfers?.find(({ id, state }) => id === chosenTransfer && state === 'pending');
  const wanted = lookedAt ?? waiting[0];
  return statementProviders.find(({ ar }) => ar === wanted?.provider)?.ar;
}

export const useStatements = create<StatementsStore>((set, get) => {
  /** Answers to what was left meanwhile are nobody's. */
  let begun = 0;

  async function attempt(act: (isMine: () => boolean) => Promise<void>): Promise<Failure | null> {
    const mine = begun;
    const isMine = () => mine === begun;
    set({ isWorking: true, failure: null });
    try {
      await act(isMine);
      return null;
    } catch (cause) {
      const failure = failureOf(cause);
      if (!isMine()) return null;
      set({ failure });
      return failure;
    } finally {
      if (isMine()) set({ isWorking: false });
    }
  }

  async function lay(isMine: () => boolean): Promise<void> {
    const { file, mapping } = get();
    if (file === null) return;
    const options = { timeoutMs: answerTimeoutMs };
    const proposal = await call('statements.propose', { token: file.token, mapping }, options);
    if (!isMine()) return;
    const ticked = new Set(proposal.matches.map(({ transferId }) => transferId));
    set({ step: 'proposal', proposal, ticked });
  }

  /** The file is no longer kept in main: it is chosen anew. */
  function startOverIfGone(failure: Failure | null): void {
    if (failure?.code === 'import.gone') set({ step: 'provider', file: null, proposal: null });
  }

  return {
    ...blank,

    begin: async () => {
      begun += 1;
      set({ ...blank, isOpen: true });
      const { provider } = get();
      await attempt(async (isMine) => {
        const waiting = await call('statements.waiting', {});
        if (!isMine()) return;
        const wanted = get().provider === provider ? wantedProvider(waiting) : undefined;
        set({ waiting, provider: wanted ?? get().provider });
      });
    },

    chooseProvider: (provider) => {
      if (!get().isWorking || get().waiting === null) set({ provider, failure: null });
    },

    open: async () => {
      if (get().isWorking) return;
      await attempt(async (isMine) => {
        const file = await call('statements.open', { provider: get().provider });
        if (!isMine() || file === null) return;
        set({ file, step: 'columns', proposal: null, mapping: file.mapping ?? blank.mapping });
      });
      const { file, step } = get();
      if (step === 'columns' && file !== null && file.mapping !== null) await get().propose();
    },

    map: (change) => {
      if (!get().isWorking) set({ mapping: { ...get().mapping, ...change }, failure: null });
    },

    propose: async () => {
      const { isWorking, mapping } = get();
      const { reference, amount } = mappingProblems(mapping);
      if (isWorking || reference !== null || amount !== null) return;
      startOverIfGone(await attempt(lay));
    },

    tick: (transferIds, isTicked) => {
      if (get().isWorking) return;
      const ticked = new Set(get().ticked);
      for (const id of transferIds)
        if (isTicked) ticked.add(id);
        else ticked.delete(id);
      set({ ticked });
    },

    confirm: async () => {
      const { file, ticked, isWorking } = get();
      if (file === null || isWorking || ticked.size === 0) return;
      const failure = await attempt(async (isMine) => {
        const asked = { token: file.token, transferIds: [...ticked] };
        const { matched } = await call('statements.confirm', asked, { timeoutMs: answerTimeoutMs });
        if (isMine()) set({ step: 'done', matched });
      });
      startOverIfGone(failure);
      // Somebody was faster, or no answer came: what waits now is laid beside the file again.
      if (failure !== null && failure.code !== 'import.gone') {
        await attempt(lay);
        set({ failure });
      }
      await useRegisters.getState().load();
    },

    back: () => {
      const { step, isWorking, file } = get();
      if (isWorking && file !== null) return;
      if (step === 'proposal') set({ step: 'columns', failure: null });
      else if (step === 'columns') set({ step: 'provider', failure: null });
      else get().leave();
    },

    leave: () => {
      begun += 1;
      set({ isOpen: false, isWorking: false, failure: null });
    },

    forget: () => {
      begun += 1;
      set(blank);
    },
  };
});

/** Nothing of one person's work is left for the next. */
export function forgetStatements(): void {
  useStatements.getState().forget();
}
