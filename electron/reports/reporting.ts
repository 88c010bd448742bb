import { Worker } from 'node:worker_threads';
import type { Language } from '../../shared/domain/dates.ts';
import type { ReportQuery, ReportTable } from '../../shared/domain/reports/report.ts';
import { refuse } from '../../shared/errors.ts';

export type ReportOutput = {
  readonly format: 'csv' | 'xlsx';
  readonly language: Language;
  /** Whose report it is, as it stands above the table. */
  readonly letterhead: string;
};

export type ReportTask = {
  readonly file: string;
  readonly query: ReportQuery;
  /** Left out of it: the running shift of who asks. */
  readonly ownShiftId: number | null;
  readonly output: ReportOutput | null;
};

/** What the worker tells main. */
export type ReportSaid =
  | ({ readonly kind: 'done' } & ReportDone)
  | { readonly kind: 'progress'; readonly done: number; readonly total: number };

export type ReportDone = { readonly table: ReportTable; readonly contents: Uint8Array | null };

export type Reporting = {
  /** Stops the one before. @throws Refusal report.cancelled when another begins or somebody says so */
  run(task: Omit<ReportTask, 'file'>): Promise<ReportDone>;
  cancel(): void;
  /** Doesn't wait for the worker to stop. */
  close(): void;
};

/** Reports are made in a worker, one at a time: nobody at the counter waits for them. */
export function createReporting(
  workerFile: string | URL,
  databaseFile: string,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void = () => {},
): Reporting {
  let stop: (() => void) | null = null;

  function cancel(): void {
    stop?.();
    stop = null;
  }

  return {
    run(task) {
      cancel();
      return new Promise<ReportDone>((resolve, reject) => {
        const workerData: ReportTask = { ...task, file: databaseFile };
        const worker = new Worker(workerFile, { workerData });
        worker.unref();
        const stopThis = (): void => {
          reject(refuse('report.cancelled'));
          void worker.terminate();
        };
        stop = stopThis;
        worker.on('message', (said: ReportSaid) => {
          if (said.kind === 'done') resolve({ table: said.table, contents: said.contents });
          // One that was stopped may still have something to say.
          else if (stop === stopThis) onProgress({ done: said.done, total: said.total });
        });
        worker.on('error', reject);
        worker.on('exit', (code) => {
          if (stop === stopThis) stop = null;
          reject(new Error(`the report worker ended with ${code}`));
        });
      });
    },
    cancel,
    close: cancel,
  };
}
