import { create } from 'zustand';
import type { Settings } from '../../shared/ipc/contract.ts';
import type { PrintOutcome, Printer, ProbeReport } from '../../shared/ipc/printing.ts';
import type { Failure } from '../client.ts';
import { call, failureOf } from '../client.ts';

export type PrinterSettings = Readonly<Pick<Settings, 'routes'>> & { readonly printers: readonly Printer[] };
type Installed = { readonly spooler: readonly string[]; readonly serial: readonly string[] };

type PrintersStore = {
  readonly settings: PrinterSettings | null;
  readonly installed: Installed;
  readonly failure: Failure | null;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  /** What is being tried, and what came of it. */
  readonly trying: 'probe' | 'page' | null;
  readonly probed: ProbeReport | null;
  readonly printed: PrintOutcome | null;
  load(): Promise<void>;
  /** @returns whether it is saved */
  save(settings: PrinterSettings): Promise<boolean>;
  probe(printer: Printer): Promise<ProbeReport | null>;
  printPage(printer: Printer): Promise<void>;
  /** Another printer is looked at: nothing was tried with it. */
  forgetTry(): void;
};

const noTry = { trying: null, probed: null, printed: null } as const;

export const usePrinters = create<PrintersStore>((set, get) => ({
  settings: null,
  installed: { spooler: [], serial: [] },
  failure: null,
  isSaving: false,
  isSaved: false,
  ...noTry,

  load: async () => {
    set({ failure: null, isSaved: false, ...noTry });
    try {
      const { printers, routes } = await call('settings.get', {});
      set({ settings: { printers, routes } });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
    try {
      // Asking Windows may take a moment; the fields can be typed meanwhile.
      set({ installed: await call('printing.installed', {}) });
    } catch (cause) {
      set({ failure: failureOf(cause) });
    }
  },

  save: async ({ printers, routes }) => {
    set({ isSaving: true, isSaved: false, failure: null });
    try {
      // Everything else as it is now, not as it was when this screen was opened.
      const now = await call('settings.get', {});
      const saved = await call('settings.set', { ...now, printers: [...printers], routes });
      set({
        settings: { printers: saved.printers, routes: saved.routes },
        isSaving: false,
        isSaved: true,
      });
      return true;
    } catch (cause) {
      set({ isSaving: false, failure: failureOf(cause) });
      return false;
    }
  },

  probe: async (printer) => {
    if (get().trying !== null) return null;
    set({ ...noTry, trying: 'probe', failure: null, isSaved: false });
    try {
      const probed = await call('printing.probe', { printer });
      set({ trying: null, probed });
      return probed;
    } catch (cause) {
      set({ trying: null, failure: failureOf(cause) });
      return null;
    }
  },

  printPage: async (printer) => {
    if (get().trying !== null) return;
    set({ trying: 'page', printed: null, failure: null, isSaved: false });
    try {
      set({ trying: null, printed: await call('printing.testPage', { printer }) });
    } catch (cause) {
      set({ trying: null, failure: failureOf(cause) });
    }
  },

  forgetTry: () => set({ ...noTry, failure: null, isSaved: false }),
}));
