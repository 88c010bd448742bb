import { create } from 'zustand';
import type { CashLine } from '../../shared/domain/counting.ts';
import type { CountOutcome, ShiftState, TillView } from '../../shared/ipc/shifts.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import { answerTimeoutMs, createIntents } from './intent.ts';

type ShiftStore = {
  readonly shift: ShiftState | null;
  /** The drawers that are served from here; null until somebody asked. */
  readonly tills: readonly TillView[] | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  /** What the opening count found, where it differs from what had been left: shown until it was read. */
  readonly opened: CountOutcome | null;
  load(): Promise<void>;
  loadTills(): Promise<void>;
  open(till: string | null, counts: readonly CashLine[], isSure: boolean): Promise<boolean>;
  suspend(): Promise<boolean>;
  resume(): Promise<boolean>;
  resumeSelling(reason: string): Promise<boolean>;
  readOpened(): void;
  clearFailure(): void;
};

export const useShift = create<ShiftStore>((set, get) => {
  const intents = createIntents();

  async function once(content: string, act: (requestId: string) => Promise<ShiftState>): Promise<boolean> {
    if (get().isWorking) return false;
    set({ isWorking: true, failure: null });
    try {
      const shift = await act(intents.idFor(content));
      intents.settled();
      set({ shift, isWorking: false });
      return true;
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
      return false;
    }
  }

  return {
    shift: null,
    tills: null,
    isWorking: false,
    failure: null,
    opened: null,

    load: async () => {
      try {
        set({ shift: await call('shifts.current', {}), failure: null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    loadTills: async () => {
      try {
        set({ tills: await call('tills.list', {}) });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    open: (till, counts, isSure) =>
      once(`open ${JSON.stringify([till, counts])}`, async (requestId) => {
        const { shift, count } = await call(
          'shifts.open',
          { requestId, till, counts: [...counts], isSure },
          { timeoutMs: answerTimeoutMs },
        );
        set({ opened: isWorthReading(count) ? count : null });
        return shift;
      }),

    suspend: () =>
      once('suspend', (requestId) => call('shifts.suspend', { requestId }, { timeoutMs: answerTimeoutMs })),

    resume: () =>
      once('resume', (requestId) => call('shifts.resume', { requestId }, { timeoutMs: answerTimeoutMs })),

    resumeSelling: (reason) =>
      once(`resumeSelling ${reason}`, (requestId) =>
        call('shifts.resumeSelling', { requestId, reason }, { timeoutMs: answerTimeoutMs }),
      ),

    readOpened: () => set({ opened: null }),
    clearFailure: () => set({ failure: null }),
  };
});

/**
 * A float that is not what had been left. Where nothing had been left, as in a till's first shift, all of it is new:
 * that is recorded too, for the supervisor's eyes, and stops nobody at the counter.
 */
function isWorthReading({ results }: CountOutcome): boolean {
  return (
    results.some(({ expectedMinor }) => expectedMinor !== 0) &&
    results.some(({ differenceMinor }) => differenceMinor !== 0)
  );
}

/** Nothing of one person's shift is left for the next. */
export function forgetShift(): void {
  useShift.setState({ shift: null, failure: null, opened: null });
}
