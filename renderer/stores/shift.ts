import { create } from 'zustand';
import type { DenominationCount } from '../../shared/domain/denominations.ts';
import type { ShiftState } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type ShiftStore = {
  readonly shift: ShiftState | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  load(): Promise<void>;
  open(counts: readonly DenominationCount[]): Promise<boolean>;
  close(): Promise<boolean>;
};

/** One request id for one intent: kept while it fails, so that a repeated press cannot open or close twice. */
type Intent = { readonly id: string; readonly content: string };

export const useShift = create<ShiftStore>((set) => {
  let intent: Intent | null = null;

  async function once(
    content: string,
    act: (requestId: string) => Promise<ShiftState | null>,
  ): Promise<boolean> {
    if (useShift.getState().isWorking) return false;
    if (intent?.content !== content) intent = { id: crypto.randomUUID(), content };
    set({ isWorking: true, failure: null });
    try {
      const shift = await act(intent.id);
      intent = null;
      set({ shift, isWorking: false });
      return true;
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
      return false;
    }
  }

  return {
    shift: null,
    isWorking: false,
    failure: null,
    load: async () => {
      try {
        set({ shift: await call('shifts.current', {}), failure: null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    open: (counts) =>
      once(`open ${JSON.stringify(counts)}`, (requestId) =>
        call('shifts.open', { requestId, counts: [...counts] }, { timeoutMs: 15_000 }),
      ),
    close: () =>
      once('close', async (requestId) => {
        await call('shifts.close', { requestId }, { timeoutMs: 15_000 });
        return null;
      }),
  };
});
