import { create } from 'zustand';
import type { LogoView } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type LogoStore = {
  readonly logo: LogoView | null;
  readonly failure: Failure | null;
  readonly isWorking: boolean;
  load(): Promise<void>;
  choose(): Promise<void>;
  remove(): Promise<void>;
};

export const useLogo = create<LogoStore>((set) => {
  /** What stands above the papers stays what it was where nothing was chosen or nothing could be done. */
  async function work(act: () => Promise<LogoView | null>, isWorking = true): Promise<void> {
    set({ isWorking, failure: null });
    try {
      const logo = await act();
      set({ isWorking: false, ...(logo === null ? {} : { logo }) });
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
    }
  }
  return {
    logo: null,
    failure: null,
    isWorking: false,
    load: () => work(() => call('logo.get', {}), false),
    choose: () => work(() => call('logo.choose', {})),
    remove: () => work(() => call('logo.remove', {})),
  };
});
