import { create } from 'zustand';
import type { ImportDone, ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import type { Events } from '../../shared/ipc/wire.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';

/** One import at a time: choose, look at what is in the file, write, done. */
type ImportStore = {
  readonly phase: 'choose' | 'working' | 'preview' | 'done';
  readonly progress: Events['import.progress'] | null;
  readonly preview: ImportPreview | null;
  readonly done: ImportDone | null;
  readonly failure: Failure | null;
  readonly wasCancelled: boolean;
  readonly areBadLinesSaved: boolean;
  choose(kind: ImportKind): Promise<void>;
  confirm(): Promise<void>;
  cancel(): Promise<void>;
  saveBadLines(): Promise<void>;
  startOver(): void;
};

const start = {
  phase: 'choose',
  progress: null,
  preview: null,
  done: null,
  failure: null,
  wasCancelled: false,
  areBadLinesSaved: false,
} as const;

export const useImport = create<ImportStore>((set, get) => {
  async function withProgress<T>(act: () => Promise<T>): Promise<T> {
    const stop = listen('import.progress', (progress) => set({ progress }));
    try {
      return await act();
    } finally {
      stop();
    }
  }
  return {
    ...start,

    choose: async (kind) => {
      set({ ...start, phase: 'working' });
      try {
        const preview = await withProgress(() => call('import.preview', { kind }));
        if (get().phase !== 'working') return;
        set(preview === null ? start : { ...start, phase: 'preview', preview });
      } catch (cause) {
        const failure = failureOf(cause);
        // Reading that was broken off by the person is no failure.
        if (get().phase === 'working') set({ ...start, failure });
      }
    },

    confirm: async () => {
      const { preview, phase } = get();
      if (preview === null || phase !== 'preview') return;
      set({ phase: 'working', progress: null, failure: null });
      try {
        const done = await withProgress(() => call('import.confirm', { token: preview.token }));
        set({ phase: 'done', done, progress: null });
      } catch (cause) {
        const failure = failureOf(cause);
        // After a lost answer the preview may be confirmed again: importing the same lines twice changes nothing.
        const isGone = failure.code === 'import.gone';
        set({ phase: isGone ? 'choose' : 'preview', progress: null, failure });
      }
    },

    cancel: async () => {
      const token = get().preview?.token ?? get().progress?.token;
      try {
        if (token !== undefined && token !== null) await call('import.cancel', { token });
        if (get().phase !== 'done') set({ ...start, wasCancelled: true });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    saveBadLines: async () => {
      const { preview } = get();
      if (preview === null) return;
      try {
        const { saved } = await call('import.saveBadLines', { token: preview.token });
        if (saved) set({ areBadLinesSaved: true });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },

    startOver: () => set(start),
  };
});
