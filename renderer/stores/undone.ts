import { create } from 'zustand';
import type { UndoneView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import { dateText, readDate } from '../draft/typedDate.ts';

/** From one day to another, both counted, as they were typed. */
export type TypedPeriod = { readonly fromText: string; readonly toText: string };
export type PeriodProblem = 'notADate' | 'order';

type UndoneData = TypedPeriod & {
  /** Null: not read yet. */
  readonly rows: readonly UndoneView[] | null;
  /** The days that the rows are of. */
  readonly shown: { readonly from: string; readonly to: string } | null;
  readonly failure: Failure | null;
};
type UndoneStore = UndoneData & {
  /** From the first of this month to today, where nothing else was typed. */
  begin(today: string): Promise<void>;
  type(change: Partial<TypedPeriod>): void;
  load(): Promise<void>;
};

const blank: UndoneData = { fromText: '', toText: '', rows: null, shown: null, failure: null };

export function periodProblems({ fromText, toText }: TypedPeriod): {
  readonly from: PeriodProblem | null;
  readonly to: PeriodProblem | null;
} {
  const [from, to] = [readDate(fromText), readDate(toText)];
  return {
    from: from === null ? 'notADate' : null,
    to: to === null ? 'notADate' : from !== null && to < from ? 'order' : null,
  };
}

export const useUndone = create<UndoneStore>((set, get) => {
  let loads = 0;
  return {
    ...blank,
    begin: async (today) => {
      if (get().fromText === '' && get().toText === '')
        set({ fromText: dateText(`${today.slice(0, 8)}01`), toText: dateText(today) });
      await get().load();
    },
    type: (change) => set(change),
    load: async () => {
      const [from, to] = [readDate(get().fromText), readDate(get().toText)];
      if (from === null || to === null || to < from) return;
      loads += 1;
      const mine = loads;
      try {
        const rows = await call('reports.undone', { from, to });
        if (mine === loads) set({ rows, shown: { from, to }, failure: null });
      } catch (cause) {
        if (mine === loads) set({ rows: null, shown: null, failure: failureOf(cause) });
      }
    },
  };
});

/** Nothing of one person's reading is left for the next. */
export function forgetUndone(): void {
  useUndone.setState(blank);
}
