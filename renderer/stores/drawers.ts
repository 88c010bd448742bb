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
  readonly reportFailure: Failure | null;
  load(): Promise<void>;
  /** @param shiftId null: one's own */
  ask(shiftId: number | null): Promise<void>;
  put(): void;
};

export const useDrawers = create<DrawersStore>((set) => ({
  shifts: null,
  failure: null,
  report: null,
  reportFailure: null,

  load: async () => {
    try {
      set({ shifts: await call('shifts.listOpen', {}), failure: null });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
  },

  ask: async (shiftId) => {
    set({ report: null, reportFailure: null });
    try {
      set({ report: await call('shifts.xReport', { shiftId }) });
    } catch (cause) {
      set({ reportFailure: failureOf(cause) });
    }
  },

  put: () => set({ report: null, reportFailure: null }),
}));

/** Nothing of one person's reading is left for the next. */
export function forgetDrawers(): void {
  useDrawers.setState({ shifts: null, failure: null, report: null, reportFailure: null });
}
