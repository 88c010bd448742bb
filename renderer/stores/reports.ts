import { create } from 'zustand';
import type { Language } from '../../shared/domain/dates.ts';
import type { ReportId, ReportQuery, ReportTable } from '../../shared/domain/reports/report.ts';
import type { PeriodChoice } from '../../shared/domain/reports/sentence.ts';
import { periodOfChoice } from '../../shared/domain/reports/sentence.ts';
import type { ReportFilters } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { call, failureOf, listen } from '../client.ts';
import { dateText, readDate } from '../draft/typedDate.ts';

export type SavedFormat = 'xlsx' | 'csv' | 'pdf';

type ReportsData = {
  readonly report: ReportId;
  /** Null: the dates were typed. */
  readonly choice: PeriodChoice | null;
  readonly fromText: string;
  readonly toText: string;
  readonly till: string | null;
  readonly cashierId: number | null;
  readonly filters: ReportFilters | null;
  readonly table: ReportTable | null;
  readonly isWorking: boolean;
  /** How far a long one is, of a hundred; null: not known yet. */
  readonly percent: number | null;
  readonly saving: SavedFormat | null;
  readonly isSaved: boolean;
  /** It went to the printer's queue. */
  readonly isPrinted: boolean;
  readonly failure: Failure | null;
};

type ReportsStore = ReportsData & {
  begin(today: string): Promise<void>;
  chooseReport(report: ReportId): Promise<void>;
  choosePeriod(choice: PeriodChoice, today: string): Promise<void>;
  type(texts: Partial<Pick<ReportsData, 'fromText' | 'toText'>>): void;
  narrow(to: Partial<Pick<ReportsData, 'till' | 'cashierId'>>): Promise<void>;
  /** Nothing happens while a date is not one. */
  run(): Promise<void>;
  stop(): Promise<void>;
  save(format: SavedFormat, language: Language): Promise<void>;
  print(): Promise<void>;
};

export const useReports = create<ReportsStore>((set, get) => {
  let runs = 0;

  function asked(): ReportQuery | null {
    const { report, fromText, toText, till, cashierId } = get();
    const [from, to] = [readDate(fromText), readDate(toText)];
    return from === null || to === null ? null : { report, from, to, till, cashierId };
  }

  return {
    report: 'daily',
    choice: 'month',
    fromText: '',
    toText: '',
    till: null,
    cashierId: null,
    filters: null,
    table: null,
    isWorking: false,
    percent: null,
    saving: null,
    isSaved: false,
    isPrinted: false,
    failure: null,

    begin: async (today) => {
      const { choice } = get();
      if (choice !== null) {
        const { from, to } = periodOfChoice(choice, today);
        set({ fromText: dateText(from), toText: dateText(to) });
      }
      try {
        set({ filters: await call('reports.filters', {}) });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
      await get().run();
    },

    chooseReport: (report) => {
      set({ report, table: null });
      return get().run();
    },

    choosePeriod: (choice, today) => {
      const { from, to } = periodOfChoice(choice, today);
      set({ choice, fromText: dateText(from), toText: dateText(to) });
      return get().run();
    },

    type: (texts) => set({ ...texts, choice: null }),

    narrow: (to) => {
      set(to);
      return get().run();
    },

    run: async () => {
      const query = asked();
      if (query === null) return;
      runs += 1;
      const mine = runs;
      set({ isWorking: true, percent: null, failure: null, isSaved: false, isPrinted: false });
      const stopListening = listen('report.progress', ({ done, total }) => {
        if (mine === runs) set({ percent: Math.round((100 * done) / total) });
      });
      try {
        const table = await call('reports.run', query);
        if (mine === runs) set({ table, isWorking: false });
      } catch (cause) {
        const failure = failureOf(cause);
        // The one that took its place is under way.
        if (mine === runs) set({ failure, table: null, isWorking: false });
      } finally {
        stopListening();
      }
    },

    stop: async () => {
      await call('reports.cancel', {}).catch((cause: unknown) => set({ failure: failureOf(cause) }));
    },

    save: async (format, language) => {
      const query = get().table?.query;
      if (query === undefined || get().saving !== null) return;
      set({ saving: format, isSaved: false, isPrinted: false, failure: null });
      try {
        const { isSaved } = await call('reports.export', { query, format, language });
        set({ saving: null, isSaved });
      } catch (cause) {
        set({ saving: null, failure: failureOf(cause) });
      }
    },

    print: async () => {
      const query = get().table?.query;
      if (query === undefined) return;
      set({ isSaved: false, isPrinted: false, failure: null });
      try {
        await call('reports.print', query);
        set({ isPrinted: true });
      } catch (cause) {
        set({ failure: failureOf(cause) });
      }
    },
  };
});
