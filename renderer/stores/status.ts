import { create } from 'zustand';
import type { CounterStatus, DemonstrationSignIns, Input, PrinterStatus } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';

type Progress = { readonly done: number; readonly total: number };

type StatusState = {
  readonly status: CounterStatus | null;
  /** Main did not answer at start: shown with a button to try again, never a blank window. */
  readonly bootFailure: Failure | null;
  readonly setup: {
    readonly isWorking: boolean;
    readonly progress: Progress | null;
    readonly failure: Failure | null;
    readonly demonstrationReady: boolean;
  };
  readonly signIns: DemonstrationSignIns;
  load(): Promise<void>;
  refresh(): Promise<void>;
  createTill(input: Input<'setup.create'>): Promise<void>;
  createDemonstration(input: Input<'setup.demonstration'>): Promise<void>;
  leaveSetup(): void;
  answerPrinting(jobId: number, cameOut: boolean): Promise<void>;
  retryPrinting(): Promise<void>;
  readonly printerFailure: Failure | null;
};

const idle = { isWorking: false, progress: null, failure: null, demonstrationReady: false } as const;

export const useStatus = create<StatusState>((set, get) => {
  function printer(changed: PrinterStatus): void {
    const { status } = get();
    if (status !== null) set({ status: { ...status, printer: changed } });
  }
  return {
    status: null,
    bootFailure: null,
    setup: idle,
    signIns: [],
    printerFailure: null,

    load: async () => {
      set({ bootFailure: null });
      try {
        const [status, signIns] = await Promise.all([call('app.status', {}), call('setup.signIns', {})]);
        set({ status, signIns });
      } catch (cause) {
        set({ bootFailure: failureOf(cause) });
      }
    },

    refresh: async () => {
      try {
        set({ status: await call('app.status', {}) });
      } catch (cause) {
        // The bar goes on showing what was last known: the next act will say what is wrong.
        failureOf(cause);
      }
    },

    createTill: async (input) => {
      set({ setup: { ...idle, isWorking: true } });
      try {
        const status = await call('setup.create', input);
        set({ status, setup: idle });
      } catch (cause) {
        set({ setup: { ...idle, failure: failureOf(cause) } });
      }
    },

    createDemonstration: async (input) => {
      set({ setup: { ...idle, isWorking: true } });
      const stop = listen('setup.progress', (progress) => {
        set({ setup: { ...get().setup, progress } });
      });
      try {
        const { status, signIns } = await call('setup.demonstration', input);
        set({ status, signIns, setup: { ...idle, demonstrationReady: true } });
      } catch (cause) {
        set({ setup: { ...idle, failure: failureOf(cause) } });
      } finally {
        stop();
      }
    },

    leaveSetup: () => set({ setup: idle }),

    answerPrinting: async (jobId, cameOut) => {
      set({ printerFailure: null });
      try {
        printer(await call('printing.answer', { jobId, cameOut }));
      } catch (cause) {
        set({ printerFailure: failureOf(cause) });
      }
    },

    retryPrinting: async () => {
      set({ printerFailure: null });
      try {
        printer(await call('printing.retry', {}));
      } catch (cause) {
        set({ printerFailure: failureOf(cause) });
      }
    },
  };
});

/** How often what main does not tell by itself is asked for: the business date turns at midnight, the outbox grows. */
const refreshMs = 30_000;

/** Keeps the status true to what main tells. @returns the function that stops listening */
export function followStatus(): () => void {
  const patch = (changed: Partial<CounterStatus>): void => {
    const { status } = useStatus.getState();
    if (status !== null) useStatus.setState({ status: { ...status, ...changed } });
  };
  const timer = setInterval(() => void useStatus.getState().refresh(), refreshMs);
  const stops = [
    () => clearInterval(timer),
    listen('printer.changed', (printer) => patch({ printer })),
    listen('storage.changed', (storage) => patch({ storage })),
    listen('fatal', (fatal) => patch({ phase: 'fatal', fatal })),
  ];
  return () => stops.forEach((stop) => stop());
}
