import { create } from 'zustand';
import type { Input, ReceiptSummary } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';
import type { Picture } from './counter.ts';

export type ReprintReason = Input<'printing.reprint'>['reason'];

type ReceiptsStore = {
  readonly text: string;
  readonly found: readonly ReceiptSummary[] | null;
  readonly findFailure: Failure | null;
  /** The receipt that is looked at: in the list's screen or in a dialog over the counter. */
  readonly viewed: { readonly summary: ReceiptSummary; readonly picture: Picture } | null;
  readonly viewFailure: Failure | null;
  readonly isReprinting: boolean;
  readonly reprinted: { readonly number: string; readonly copy: number } | null;
  readonly reprintFailure: Failure | null;
  readonly isSavingPdf: boolean;
  readonly savedPdf: { readonly number: string; readonly copy: number } | null;
  find(text: string): Promise<void>;
  view(paymentId: number): Promise<void>;
  leave(): void;
  reprint(reason: ReprintReason): Promise<void>;
  /** As an A4 page where the person says: a marked copy too. */
  savePdf(reason: ReprintReason): Promise<void>;
};

const listLimit = 100;

export const useReceipts = create<ReceiptsStore>((set, get) => {
  let finds = 0;
  let views = 0;
  let intent: { readonly requestId: string; readonly content: string } | null = null;
  /** The list and the receipt that is looked at know of the copy. */
  function countCopy(paymentId: number, copies: number): void {
    const { found, viewed } = get();
    const counted = (one: ReceiptSummary): ReceiptSummary =>
      one.paymentId === paymentId ? { ...one, copies } : one;
    set({
      found: found?.map(counted) ?? null,
      viewed: viewed === null ? null : { ...viewed, summary: counted(viewed.summary) },
    });
  }
  const noView = { viewed: null, viewFailure: null, reprinted: null, reprintFailure: null, savedPdf: null };
  return {
    text: '',
    found: null,
    findFailure: null,
    isReprinting: false,
    isSavingPdf: false,
    ...noView,

    find: async (text) => {
      finds += 1;
      const mine = finds;
      set({ text });
      try {
        const found = await call('receipts.find', { text: text.trim(), limit: listLimit });
        if (mine === finds) set({ found, findFailure: null });
      } catch (cause) {
        if (mine === finds) set({ findFailure: failureOf(cause) });
      }
    },

    view: async (paymentId) => {
      views += 1;
      const mine = views;
      set(noView);
      try {
        const { summary } = await call('receipts.get', { paymentId });
        if (mine !== views) return;
        set({ viewed: { summary, picture: { kind: 'loading' } } });
        const picture = await drawn(paymentId);
        // A copy may have been printed meanwhile: the summary is the newest, not the one from before the drawing.
        if (mine === views)
          set(({ viewed }) => ({ viewed: { summary: viewed?.summary ?? summary, picture } }));
      } catch (cause) {
        if (mine === views) set({ viewFailure: failureOf(cause) });
      }
    },

    leave: () => {
      views += 1;
      set(noView);
    },

    reprint: async (reason) => {
      const { viewed, isReprinting } = get();
      if (viewed === null || isReprinting) return;
      const { paymentId, number } = viewed.summary;
      const content = `${paymentId} ${reason}`;
      if (intent?.content !== content) intent = { requestId: crypto.randomUUID(), content };
      set({ isReprinting: true, reprintFailure: null, reprinted: null, savedPdf: null });
      try {
        const { copyNumber } = await call('printing.reprint', {
          requestId: intent.requestId,
          paymentId,
          reason,
        });
        intent = null;
        set({ isReprinting: false, reprinted: { number, copy: copyNumber } });
        countCopy(paymentId, copyNumber);
      } catch (cause) {
        set({ isReprinting: false, reprintFailure: failureOf(cause) });
      }
    },

    savePdf: async (reason) => {
      const { viewed, isSavingPdf } = get();
      if (viewed === null || isSavingPdf) return;
      const { paymentId, number } = viewed.summary;
      set({ isSavingPdf: true, reprintFailure: null, reprinted: null, savedPdf: null });
      try {
        const { copyNumber } = await call('documents.savePdf', { paymentId, reason });
        set({ isSavingPdf: false });
        if (copyNumber === null) return;
        set({ savedPdf: { number, copy: copyNumber } });
        countCopy(paymentId, copyNumber);
      } catch (cause) {
        set({ isSavingPdf: false, reprintFailure: failureOf(cause) });
      }
    },
  };
});

/** A receipt was taken back: the list and the one that is looked at say so. */
export function markUndone(paymentId: number, undone: ReceiptSummary['undone']): void {
  const mark = (one: ReceiptSummary): ReceiptSummary =>
    one.paymentId === paymentId ? { ...one, undone } : one;
  useReceipts.setState(({ found, viewed }) => ({
    found: found?.map(mark) ?? null,
    viewed: viewed === null ? null : { ...viewed, summary: mark(viewed.summary) },
  }));
}

/** The picture may fail on its own: the receipt's facts are shown all the same. */
async function drawn(paymentId: number): Promise<Picture> {
  try {
    return { kind: 'drawn', ...(await call('receipts.picture', { paymentId })) };
  } catch (cause) {
    return { kind: 'failed', failure: failureOf(cause) };
  }
}
