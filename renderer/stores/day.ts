import { create } from 'zustand';
import type { Currency } from '../../shared/domain/money.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type {
  CashMoveView,
  CountOutcome,
  DayEntry,
  DayView,
  Input,
  RecountSheet,
  ShiftReceipt,
  ZReport,
} from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

export type DayTab = 'day' | 'deposits';
export type EvidenceTab = 'report' | 'counts' | 'receipts' | 'moves';
export const evidenceTabs: readonly EvidenceTab[] = ['report', 'counts', 'receipts', 'moves'];

/** Behind a shift's figures. */
export type Evidence = {
  readonly shiftId: number;
  readonly tab: EvidenceTab;
  readonly report: ZReport | null;
  readonly counts: readonly CountOutcome[] | null;
  readonly receipts: readonly ShiftReceipt[] | null;
  /** There are receipts after those. */
  readonly hasMore: boolean;
  readonly moves: readonly CashMoveView[] | null;
};

type Witness = { readonly login: string; readonly secret: string };

type DayData = {
  readonly tab: DayTab;
  readonly days: readonly DayEntry[] | null;
  readonly day: DayView | null;
  /** Null: the day as a whole. */
  readonly chosen: number | null;
  readonly loadFailure: Failure | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  readonly evidence: Evidence | null;
  /** The shift that is about to be sent back. */
  readonly returning: number | null;
  readonly recount: RecountSheet | null;
  readonly isClosing: boolean;
  /** The date that was closed just now. */
  readonly closedNow: string | null;
  /** The report of a closed day, as it is on paper. */
  readonly report: PaperDocument | null;
};

type DayStore = DayData & {
  show(tab: DayTab): void;
  load(): Promise<void>;
  open(businessDate: string): Promise<void>;
  choose(shiftId: number | null): void;
  explain(
    countId: number,
    currency: Currency | null,
    text: string,
    cashier: Witness | null,
  ): Promise<boolean>;
  beginReturn(shiftId: number): void;
  returnShift(reason: string): Promise<void>;
  beginRecount(returnedId: number): Promise<void>;
  sendRecount(counted: Omit<Input<'days.recount'>, 'requestId' | 'returnedId'>): Promise<void>;
  beginClose(): void;
  /** The request that an administrator's exception is bound to. */
  closeRequest(): { readonly requestId: string; readonly businessDate: string } | null;
  close(exceptionId: number | null): Promise<void>;
  openReport(): Promise<void>;
  leave(): void;
  look(shiftId: number, tab: EvidenceTab): Promise<void>;
  moreReceipts(): Promise<void>;
};

const blank: DayData = {
  tab: 'day',
  days: null,
  day: null,
  chosen: null,
  loadFailure: null,
  isWorking: false,
  failure: null,
  evidence: null,
  returning: null,
  recount: null,
  isClosing: false,
  closedNow: null,
  report: null,
};

const noDialog = {
  returning: null,
  recount: null,
  isClosing: false,
  evidence: null,
  report: null,
  failure: null,
};
/** As many receipts as main tells at once. */
const receiptPage = 500;
const options = { timeoutMs: 15_000 };

export const useDay = create<DayStore>((set, get) => {
  let opens = 0;
  let looks = 0;
  /** One request id for one intent: a lost answer is asked for again, and nothing is done twice. */
  let intent: { readonly requestId: string; readonly content: string } | null = null;

  function requestId(content: unknown): string {
    const text = JSON.stringify(content);
    if (intent?.content !== text) intent = { requestId: crypto.randomUUID(), content: text };
    return intent.requestId;
  }

  async function carryOut(act: () => Promise<Partial<DayData>>): Promise<boolean> {
    if (get().isWorking) return false;
    set({ isWorking: true, failure: null });
    try {
      set({ isWorking: false, ...(await act()) });
      intent = null;
      await loadDays();
      return true;
    } catch (cause) {
      const failure = failureOf(cause);
      set({ isWorking: false, failure });
      // Somebody was faster: what is true now stands on the screen.
      if (failure.code.startsWith('day.')) await reload();
      return false;
    }
  }

  async function reload(): Promise<void> {
    const { day } = get();
    if (day === null) return;
    try {
      set({ day: await call('days.view', { businessDate: day.businessDate }) });
      await loadDays();
    } catch (cause) {
      set({ loadFailure: failureOf(cause) });
    }
  }

  async function loadDays(): Promise<readonly DayEntry[]> {
    const days = await call('days.list', {});
    set({ days });
    return days;
  }

  return {
    ...blank,

    show: (tab) => set({ tab, ...noDialog }),

    load: async () => {
      try {
        const days = await loadDays();
        set({ loadFailure: null });
        const { day } = get();
        // The oldest day that waits is the one to work on.
        const waiting = days.findLast(({ closed, shifts }) => closed === null && shifts > 0);
        const date = day?.businessDate ?? waiting?.businessDate ?? days[0]?.businessDate;
        if (date !== undefined) await get().open(date);
      } catch (cause) {
        set({ loadFailure: failureOf(cause) });
      }
    },

    open: async (businessDate) => {
      opens += 1;
      const mine = opens;
      try {
        const day = await call('days.view', { businessDate });
        if (mine !== opens) return;
        const isSame = get().day?.businessDate === businessDate;
        set({ day, loadFailure: null, ...(isSame ? {} : { chosen: null, failure: null, closedNow: null }) });
      } catch (cause) {
        if (mine === opens) set({ loadFailure: failureOf(cause) });
      }
    },

    choose: (chosen) => {
      if (!get().isWorking) set({ chosen, failure: null });
    },

    explain: (countId, currency, text, cashier) =>
      carryOut(async () => {
        const said = { countId, currency, text: text.trim() };
        // The PIN is not part of what was meant.
        const id = requestId([said, cashier?.login ?? null]);
        return { day: await call('days.explain', { requestId: id, ...said, cashier }, options) };
      }),

    beginReturn: (returning) => set({ ...noDialog, returning }),
    returnShift: async (reason) => {
      const { returning } = get();
      if (returning === null) return;
      const asked = { shiftId: returning, reason: reason.trim() };
      await carryOut(async () => ({
        day: await call('days.returnShift', { requestId: requestId(asked), ...asked }, options),
        returning: null,
      }));
    },

    beginRecount: async (returnedId) => {
      set(noDialog);
      try {
        set({ recount: await call('days.recountSheet', { returnedId }) });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    sendRecount: async ({ counter, ...counted }) => {
      const { recount } = get();
      if (recount === null) return;
      await carryOut(async () => {
        const { isSure: _, ...found } = counted;
        const id = requestId([recount.returnedId, found, counter.login]);
        const { day } = await call(
          'days.recount',
          { requestId: id, returnedId: recount.returnedId, ...counted, counter },
          options,
        );
        return { day, recount: null, chosen: recount.shiftId };
      });
    },

    beginClose: () => set({ ...noDialog, isClosing: true }),
    closeRequest: () => {
      const { day } = get();
      if (day === null) return null;
      const { businessDate, mark } = day;
      return { requestId: requestId(['close', businessDate, mark]), businessDate };
    },
    close: async (exceptionId) => {
      const { day } = get();
      const request = get().closeRequest();
      if (day === null || request === null) return;
      await carryOut(async () => {
        const closed = await call('days.close', { ...request, mark: day.mark, exceptionId }, options);
        return { day: closed.day, isClosing: false, chosen: null, closedNow: request.businessDate };
      });
    },
    openReport: async () => {
      const { day } = get();
      if (day === null) return;
      try {
        const { paper } = await call('days.report', { businessDate: day.businessDate });
        set({ ...noDialog, report: paper });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    leave: () => {
      if (!get().isWorking) set(noDialog);
    },

    look: async (shiftId, tab) => {
      looks += 1;
      const mine = looks;
      const before = get().evidence;
      const evidence: Evidence =
        before?.shiftId === shiftId
          ? { ...before, tab }
          : { shiftId, tab, report: null, counts: null, receipts: null, hasMore: false, moves: null };
      set({ ...noDialog, evidence });
      const zId = get().day?.shifts.find((shift) => shift.shiftId === shiftId)?.zId;
      try {
        const found = await read(evidence, zId);
        if (mine === looks) set({ evidence: { ...evidence, ...found } });
      } catch (cause) {
        if (mine === looks) set({ failure: failureOf(cause) });
      }
    },
    moreReceipts: async () => {
      const { evidence } = get();
      if (evidence === null || evidence.receipts === null) return;
      looks += 1;
      const mine = looks;
      try {
        const { shiftId, receipts } = evidence;
        const more = await call('days.receipts', { shiftId, afterId: receipts.at(-1)?.paymentId ?? 0 });
        if (mine === looks)
          set({
            evidence: {
              ...evidence,
              receipts: [...receipts, ...more],
              hasMore: more.length === receiptPage,
            },
          });
      } catch (cause) {
        if (mine === looks) set({ failure: failureOf(cause) });
      }
    },
  };
});

/** What a tab shows, where it was not read before. */
async function read(evidence: Evidence, zId: number | undefined): Promise<Partial<Evidence>> {
  const { shiftId, tab } = evidence;
  if (evidence[tab] !== null) return {};
  if (tab === 'report') return zId === undefined ? {} : { report: await call('zReports.get', { id: zId }) };
  if (tab === 'counts') return { counts: await call('counts.ofShift', { shiftId }) };
  if (tab === 'moves') return { moves: await call('custody.movesOfShift', { shiftId }) };
  const receipts = await call('days.receipts', { shiftId, afterId: 0 });
  return { receipts, hasMore: receipts.length === receiptPage };
}

/** Nothing of one person's review is left for the next. */
export function forgetDay(): void {
  useDay.setState(blank);
}
