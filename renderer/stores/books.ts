import { create } from 'zustand';
import type { LeafDraft } from '../draft/leafDraft.ts';
import type { BooksView, Input } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

type BooksStore = {
  /** Null until main has answered. */
  readonly view: BooksView | null;
  /** The leaf that was entered last in this session: the next one is mostly the one after it. */
  readonly before: LeafDraft | null;
  readonly isWorking: boolean;
  readonly failure: Failure | null;
  load(): Promise<void>;
  /** @returns whether it was done */
  issue(book: Input<'books.issue'>): Promise<boolean>;
  voidLeaf(leaf: Input<'books.voidLeaf'>): Promise<boolean>;
  forgetAnswer(): void;
};

export const useBooks = create<BooksStore>((set, get) => {
  async function act(ask: () => Promise<BooksView>): Promise<boolean> {
    if (get().isWorking) return false;
    set({ isWorking: true, failure: null });
    try {
      set({ view: await ask(), isWorking: false });
      return true;
    } catch (cause) {
      set({ isWorking: false, failure: failureOf(cause) });
      return false;
    }
  }

  return {
    view: null,
    before: null,
    isWorking: false,
    failure: null,

    load: async () => {
      try {
        set({ view: await call('books.list', {}), failure: null });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
    issue: (book) => act(() => call('books.issue', book)),
    voidLeaf: (leaf) => act(() => call('books.voidLeaf', leaf)),
    forgetAnswer: () => set({ failure: null }),
  };
});
