import { Worker } from 'node:worker_threads';
import type { VerifyReport } from '../../shared/ipc/contract.ts';

type Message =
  | { readonly kind: 'checked'; readonly damage: string | null }
  | { readonly kind: 'verified'; readonly report: VerifyReport }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number };

export type WholeFileReader = {
  /** What is damaged, or null; rejects when the file could not be read at all. */
  check(): Promise<string | null>;
  verify(onProgress: (done: number, total: number) => void): Promise<VerifyReport>;
  close(): Promise<void>;
};

/** Reads the whole file in a worker, so that nobody at the counter waits for it. */
export function createWholeFileReader(workerFile: string | URL, databaseFile: string): WholeFileReader {
  const running = new Set<Worker>();

  function run<T>(
    task: 'check' | 'verify',
    take: (message: Message, done: (value: T) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: { file: databaseFile, task } });
      running.add(worker);
      worker.unref();
      worker.on('message', (message: Message) => take(message, resolve));
      worker.on('error', reject);
      worker.on('exit', (code) => {
        running.delete(worker);
        reject(new Error(`the reading worker ended with ${code}`));
      });
    });
  }

  return {
    check: () =>
      run<string | null>('check', (message, done) => {
        if (message.kind === 'checked') done(message.damage);
      }),
    verify: (onProgress) =>
      run<VerifyReport>('verify', (message, done) => {
        if (message.kind === 'progress') onProgress(message.done, message.total);
        if (message.kind === 'verified') done(message.report);
      }),
    close: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}
