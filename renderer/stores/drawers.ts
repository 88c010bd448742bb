import { create } from 'zustand';
import type { OpenShiftView, XReport } from '../../shared/ipc/shifts.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type DrawersStore = {
  /** Whose drawers are open; null until main has answered. */
  readonly shifts: readonly OpenShiftView[] | null;
  readonly failure: Failure | null;
  /** The report of a running shift as it was asked for. */
  readonly report: XReport | null;
  /** Whose; null: one's own. */
  readonly shiftId: number | null;
  readonly reportFailure: Failure | null;
  load(): Promise<void>;
  /** @param shiftId null: one's own */
  ask(shiftId: number | null): Promise<void>;
  /** The report that is looked at, on paper. */
  print(): Promise<void>;
  /** It went to the printer's queue. */
  readonly isPrinted: boolean;
  put(): void;
};

export const useDrawers = create<DrawersStore>((set, get) => ({
  shifts: null,
  failure: null,
  report: null,
  shiftId: null,
  reportFailure: null,
  isPrinted: false,

  load: async () => {
    try {
      set({ shifts: await call('shifts.listOpen', {}), failure: null });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
  },

  ask: async (shiftId) => {
    set({ report: null, reportFailure: null, isPrinted: false, shiftId });
    try {
      set({ report: await call('shifts.xReport', { shiftId }) });
    } catch (cause) {
      set({ reportFailure: failureOf(cause) });
    }
  },

  print: async () => {
    set({ reportFailure: null, isPrinted: false });
    try {
      await call('shifts.printX', { shiftId: get().shiftId });
      set({ isPrinted: true });
    } catch (cause) {
      set({ reportFailure: failureOf(cause) });
    }
  },

  put: () => set({ report: null, reportFailure: null, isPrinted: false }),
}));

/** Nothing of one person's reading is left for the next. */
export function forgetDrawers(): void {
  useDrawers.setState({ shifts: null, failure: null, report: null, reportFailure: null });
}
