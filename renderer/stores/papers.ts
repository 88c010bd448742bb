import { create } from 'zustand';
import type { Input } from '../../shared/ipc/contract.ts';
import type { DrawerReason } from '../../shared/domain/printed.ts';
import type { PrintJobRow, PrinterStatus } from '../../shared/ipc/printing.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { Picture } from './counter.ts';
import { createIntents } from './intent.ts';
import type { ReprintReason } from './receipts.ts';
import { useStatus } from './status.ts';

type Filter = Omit<Input<'printing.list'>, 'before'>;

type PapersStore = {
  readonly filter: Filter;
  readonly rows: readonly PrintJobRow[] | null;
  readonly hasMore: boolean;
  readonly failure: Failure | null;
  /** The paper that is looked at. */
  readonly viewed: { readonly row: PrintJobRow; readonly picture: Picture } | null;
  readonly isWorking: boolean;
  /** The copy that was just made. */
  readonly made: { readonly kind: 'printed' | 'saved'; readonly copy: number } | null;
  readonly actFailure: Failure | null;
  readonly drawer: { readonly isOpen: boolean; readonly failure: Failure | null; readonly isSent: boolean };
  find(change: Partial<Filter>): Promise<void>;
  older(): Promise<void>;
  view(row: PrintJobRow): Promise<void>;
  leave(): void;
  reprint(reason: ReprintReason): Promise<void>;
  savePdf(reason: ReprintReason): Promise<void>;
  /** What waits for one printer goes to another. */
  move(from: string, to: string): Promise<void>;
  askForDrawer(isOpen: boolean): void;
  openDrawer(reason: DrawerReason, note: string): Promise<void>;
  drawerSeen(): Promise<void>;
};

const shut = { isOpen: false, failure: null, isSent: false };

/** The print journal, what stands still, and the drawer without a sale. */
export const usePapers = create<PapersStore>((set, get) => {
  let finds = 0;
  let views = 0;
  const copies = createIntents();
  const openings = createIntents();
  const noView = { viewed: null, made: null, actFailure: null };

  function tellStatus(printer: PrinterStatus): void {
    const { status } = useStatus.getState();
    if (status !== null) useStatus.setState({ status: { ...status, printer } });
  }

  /** Carries out one thing about printers; what went wrong is said where printers are shown. */
  async function act(work: () => Promise<PrinterStatus>): Promise<void> {
    try {
      tellStatus(await work());
      useStatus.setState({ printerFailure: null });
    } catch (cause) {
      useStatus.setState({ printerFailure: failureOf(cause) });
    }
  }

  async function copy(
    kind: 'printed' | 'saved',
    work: (jobId: number) => Promise<number | null>,
  ): Promise<void> {
    const { viewed, isWorking } = get();
    if (viewed === null || isWorking) return;
    set({ isWorking: true, made: null, actFailure: null });
    try {
      const number = await work(viewed.row.jobId);
      set({ isWorking: false, made: number === null ? null : { kind, copy: number } });
      await get().find({});
    } catch (cause) {
      set({ isWorking: false, actFailure: failureOf(cause) });
    }
  }

  return {
    filter: { text: '', document: null, state: null },
    rows: null,
    hasMore: false,
    failure: null,
    isWorking: false,
    drawer: shut,
    ...noView,

    find: async (change) => {
      finds += 1;
      const mine = finds;
      const filter = { ...get().filter, ...change };
      set({ filter });
      try {
        const found = await call('printing.list', { ...filter, before: null });
        if (mine === finds) set({ ...found, failure: null });
      } catch (cause) {
        if (mine === finds) set({ failure: failureOf(cause) });
      }
    },

    older: async () => {
      const { rows, filter } = get();
      const last = rows?.at(-1);
      if (rows === null || last === undefined) return;
      const mine = finds;
      try {
        const found = await call('printing.list', { ...filter, before: last.jobId });
        if (mine === finds) set({ rows: [...rows, ...found.rows], hasMore: found.hasMore });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    view: async (row) => {
      views += 1;
      const mine = views;
      set({ ...noView, viewed: { row, picture: { kind: 'loading' } } });
      const picture = await drawn(row.jobId);
      if (mine === views) set({ viewed: { row, picture } });
    },

    leave: () => {
      views += 1;
      set(noView);
    },

    reprint: (reason) =>
      copy('printed', async (jobId) => {
        const requestId = copies.idFor(`${jobId} ${reason}`);
        const { copyNumber } = await call('printing.reprint', { requestId, jobId, reason });
        copies.settled();
        return copyNumber;
      }),

    savePdf: (reason) =>
      copy('saved', async (jobId) => (await call('documents.savePdf', { jobId, reason })).copyNumber),

    move: (from, to) => act(() => call('printing.move', { from, to, jobId: null })),

    askForDrawer: (isOpen) => set({ drawer: { ...shut, isOpen } }),

    openDrawer: async (reason, note) => {
      set({ drawer: { ...shut, isOpen: true } });
      try {
        const requestId = openings.idFor(`${reason} ${note}`);
        tellStatus(await call('printing.openDrawer', { requestId, reason, note }));
        openings.settled();
        set({ drawer: { isOpen: true, failure: null, isSent: true } });
      } catch (cause) {
        set({ drawer: { isOpen: true, failure: failureOf(cause), isSent: false } });
      }
    },

    drawerSeen: () => act(() => call('printing.drawerSeen', {})),
  };
});

/** Nothing that one person looked at is left for the next. */
export function forgetPapers(): void {
  usePapers.getState().leave();
  usePapers.setState({
    filter: { text: '', document: null, state: null },
    rows: null,
    hasMore: false,
    failure: null,
    drawer: shut,
  });
}

async function drawn(jobId: number): Promise<Picture> {
  try {
    return { kind: 'drawn', ...(await call('printing.picture', { jobId })) };
  } catch (cause) {
    return { kind: 'failed', failure: failureOf(cause) };
  }
}
