import { create } from 'zustand';
import type { ForeignCurrency } from '../../shared/domain/exchange.ts';
import type { RatesView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { CounterTerms } from '../draft/reckoning.ts';

export type NewRate = { readonly currency: ForeignCurrency; readonly rate: number };

type RatesStore = {
  /** Null until main has answered: then only shekels are taken. */
  readonly view: RatesView | null;
  readonly terms: CounterTerms;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  readonly isSet: boolean;
  load(): Promise<void>;
  /** Sets or confirms today's rates; an unlikely one is asked about, and `isSure` answers. */
  set(rates: readonly NewRate[], isSure: boolean): Promise<void>;
  forgetAnswer(): void;
};

export const useRates = create<RatesStore>((set, get) => ({
  view: null,
  terms: { rates: {}, smallestCoinMinor: 10 },
  isWorking: false,
  failure: null,
  isSet: false,

  load: async () => {
    try {
      const { smallestCoinMinor, ...view } = await call('rates.today', {});
      set({ view, terms: { rates: view.today, smallestCoinMinor } });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
  },

  set: async (rates, isSure) => {
    if (get().isWorking) return;
    set({ isWorking: true, failure: null, isSet: false });
    try {
      const view = await call('rates.set', { rates: [...rates], isSure });
      set({ view, terms: { ...get().terms, rates: view.today }, isWorking: false, isSet: true });
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
    }
  },

  forgetAnswer: () => set({ failure: null, isSet: false }),
}));
