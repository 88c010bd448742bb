import { create } from 'zustand';
import type { SoldService } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type ServicesStore = {
  /** What is sold over the counter; null until main has answered. */
  readonly sold: readonly SoldService[] | null;
  readonly failure: Failure | null;
  load(): Promise<void>;
};

export const useServices = create<ServicesStore>((set) => ({
  sold: null,
  failure: null,
  load: async () => {
    try {
      set({ sold: await call('services.sold', {}), failure: null });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
  },
}));
