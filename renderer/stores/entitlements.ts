import { create } from 'zustand';
import type { EntitlementView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type EntitlementsData = {
  /** 'YYYY-MM' of the salary it is taken from; null: every month. */
  readonly month: string | null;
  /** Null: not read yet. */
  readonly rows: readonly EntitlementView[] | null;
  readonly failure: Failure | null;
};
type EntitlementsStore = EntitlementsData & {
  load(): Promise<void>;
  choose(month: string | null): Promise<void>;
};

const blank: EntitlementsData = { month: null, rows: null, failure: null };

/** Main gives no more than this; a sum of a list that may be cut is not shown as the sum. */
export const mostEntitlements = 1_000;

/** What employers owe for what was paid, without the receipts that were taken back. Agorot. */
export function entitlementSum(rows: readonly EntitlementView[]): number {
  return rows.reduce((sum, { minor, isUndone }) => sum + (isUndone ? 0 : minor), 0);
}

export const useEntitlements = create<EntitlementsStore>((set, get) => {
  let loads = 0;
  return {
    ...blank,
    load: async () => {
      loads += 1;
      const mine = loads;
      try {
        const rows = await call('registers.entitlements', { month: get().month });
        if (mine === loads) set({ rows, failure: null });
      } catch (cause) {
        if (mine === loads) set({ rows: null, failure: failureOf(cause) });
      }
    },
    choose: async (month) => {
      set({ month });
      await get().load();
    },
  };
});

/** Nothing of one person's reading is left for the next. */
export function forgetEntitlements(): void {
  useEntitlements.setState(blank);
}
