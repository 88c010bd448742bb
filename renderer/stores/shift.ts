import { create } from 'zustand';
import type { CashLine } from '../../shared/domain/counting.ts';
import type { CountOutcome, CountSheet, ShiftState } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type ShiftStore = {
  readonly shift: ShiftState | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  load(): Promise<void>;
  /** What is being counted before the close; null: nothing is. */
  readonly sheet: CountSheet | null;
  /** The count that was committed; with it the shift is closed. */
  readonly outcome: CountOutcome | null;
  open(lines: readonly CashLine[]): Promise<boolean>;
  beginCount(): Promise<void>;
  leaveCount(): void;
  count(lines: readonly CashLine[], missing: ReadonlySet<string>, reason: string): Promise<boolean>;
  close(explanation: string): Promise<boolean>;
};

/** One request id for one intent: kept while it fails, so that a repeated press cannot open or close twice. */
type Intent = { readonly id: string; readonly content: string };

export const useShift = create<ShiftStore>((set, get) => {
  let intent: Intent | null = null;

  async function once(
    content: string,
    act: (requestId: string) => Promise<Partial<ShiftStore>>,
  ): Promise<boolean> {
    if (useShift.getState().isWorking) return false;
    if (intent?.content !== content) intent = { id: crypto.randomUUID(), content };
    set({ isWorking: true, failure: null });
    try {
      const changed = await act(intent.id);
      intent = null;
      set({ ...changed, isWorking: false });
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
    sheet: null,
    outcome: null,
    load: async () => {
      try {
        set({ shift: await call('shifts.current', {}), failure: null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    open: (lines) =>
      once(`open ${JSON.stringify(lines)}`, async (requestId) => {
        const opening = { requestId, counts: [...lines], isSure: false };
        const { shift } = await call('shifts.open', opening, { timeoutMs: 15_000 });
        return { shift, sheet: null, outcome: null };
      }),
    beginCount: async () => {
      try {
        const { shift } = get();
        const count = shift?.count ?? null;
        const [sheet, outcome] = await Promise.all([
          call('shifts.countSheet', { shiftId: null }),
          count === null ? null : call('counts.get', { countId: count.id }),
        ]);
        set({ sheet, outcome, failure: null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    leaveCount: () => set({ sheet: null, outcome: null, failure: null }),
    count: (lines, missing, reason) => {
      const { sheet } = get();
      if (sheet === null) return Promise.resolve(false);
      const papers = sheet.papers.map(({ paymentId, line }) => ({
        paymentId,
        line,
        isPresent: !missing.has(`${paymentId}/${line}`),
      }));
      const counted = { lines: [...lines], papers, mark: sheet.mark, reason, isSure: false };
      return once(`count ${JSON.stringify(counted)}`, async (requestId) => {
        const outcome = await call('shifts.count', { requestId, ...counted }, { timeoutMs: 15_000 });
        return { outcome, shift: await call('shifts.current', {}) };
      });
    },
    close: (explanation) => {
      const { outcome } = get();
      if (outcome === null) return Promise.resolve(false);
      const explanations = [
        ...outcome.results.flatMap(({ currency, differenceMinor }) =>
          differenceMinor === 0 ? [] : [{ currency, text: explanation }],
        ),
        ...(outcome.missing.length === 0 ? [] : [{ currency: null, text: explanation }]),
      ];
      const closing = { countId: outcome.id, explanations, leftInDrawer: [] };
      return once(`close ${JSON.stringify(closing)}`, async (requestId) => {
        await call('shifts.close', { requestId, ...closing }, { timeoutMs: 15_000 });
        return { shift: null, sheet: null, outcome: null };
      });
    },
  };
});
