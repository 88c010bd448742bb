import { create } from 'zustand';
import type { JournalRow, VerifyReport } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';

type AuditStore = {
  readonly rows: readonly JournalRow[];
  readonly total: number;
  /** Null: every act. */
  readonly act: string | null;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly chosen: JournalRow | null;
  readonly verify: {
    readonly isWorking: boolean;
    readonly progress: { readonly done: number; readonly total: number } | null;
    readonly report: VerifyReport | null;
    readonly failure: Failure | null;
  };
  readonly key: { readonly pem: string; readonly keyId: string } | null;
  /** The newest entries, of one act or of all. */
  load(act: string | null): Promise<void>;
  loadOlder(): Promise<void>;
  choose(row: JournalRow | null): void;
  /** The entry with this number: where a verification found its first fault. */
  chooseSequence(sequence: number): Promise<void>;
  verifyJournal(): Promise<void>;
  loadKey(): Promise<void>;
};

const pageSize = 100;
const notVerifying = { isWorking: false, progress: null, report: null, failure: null };

export const useAudit = create<AuditStore>((set, get) => {
  let loads = 0;

  async function page(act: string | null, beforeSequence: number | null, limit: number) {
    return call('audit.entries', { beforeSequence, act, limit });
  }

  return {
    rows: [],
    total: 0,
    act: null,
    isLoading: false,
    failure: null,
    chosen: null,
    verify: notVerifying,
    key: null,

    load: async (act) => {
      loads += 1;
      const mine = loads;
      set({ act, isLoading: true, failure: null });
      try {
        const { rows, total } = await page(act, null, pageSize);
        if (mine === loads) set({ rows, total, isLoading: false });
      } catch (cause) {
        if (mine === loads) set({ isLoading: false, failure: failureOf(cause) });
      }
    },

    loadOlder: async () => {
      const { rows, act, isLoading, total } = get();
      const oldest = rows.at(-1);
      if (isLoading || oldest === undefined || rows.length >= total) return;
      const mine = loads;
      set({ isLoading: true });
      try {
        const older = await page(act, oldest.sequence, pageSize);
        if (mine === loads) set({ rows: [...rows, ...older.rows], isLoading: false });
      } catch (cause) {
        if (mine === loads) set({ isLoading: false, failure: failureOf(cause) });
      }
    },

    choose: (chosen) => set({ chosen }),

    chooseSequence: async (sequence) => {
      try {
        const { rows } = await page(null, sequence + 1, 1);
        set({ chosen: rows[0] ?? null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    verifyJournal: async () => {
      if (get().verify.isWorking) return;
      set({ verify: { ...notVerifying, isWorking: true } });
      const stop = listen('verify.progress', (progress) => set({ verify: { ...get().verify, progress } }));
      try {
        const report = await call('audit.verify', {});
        set({ verify: { ...notVerifying, report } });
      } catch (cause) {
        set({ verify: { ...notVerifying, failure: failureOf(cause) } });
      } finally {
        stop();
      }
    },

    loadKey: async () => {
      try {
        set({ key: await call('audit.publicKey', {}) });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
  };
});

/** Nothing of one person's reading is left for the next. */
export function forgetAudit(): void {
  useAudit.setState({ rows: [], total: 0, act: null, chosen: null, verify: notVerifying, failure: null });
}
