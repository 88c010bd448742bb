import { Worker } from 'node:worker_threads';
import { refuse } from '../../shared/errors.ts';
import type { ImportTask, ImportWorkerMessage } from './importWorker.ts';
import type { Prepared } from './prepareImport.ts';

type Progress = { readonly phase: 'reading' | 'checking'; readonly done: number; readonly total: number };

/**
 * Runs one preview in a worker thread.
 * @throws Refusal import.unreadable, import.missingColumns; import.gone when stopped; what broke in the worker
 *   otherwise, with its code
 */
export function runImportWorker(
  workerFile: string,
  task: ImportTask,
  stop: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: task, name: 'import' });
    let outcome: (() => void) | undefined;
    const end = (): void => void worker.terminate();
    stop.addEventListener('abort', end, { once: true });
    worker.on('message', (message: ImportWorkerMessage) => {
      if (message.is === 'progress') {
        const { phase, done, total } = message;
        onProgress({ phase, done, total });
        return;
      }
      const { result } = message;
      outcome = () => {
        if (result.ok) resolve(result.prepared);
        else if (result.failure.code === 'import.unreadable') reject(refuse('import.unreadable'));
        else reject(refuse('import.missingColumns', { columns: result.failure.columns }));
      };
    });
    worker.on('error', (error) => {
      outcome = () => reject(error instanceof Error ? error : new Error(String(error)));
    });
    // Only when the thread is gone are its files closed, which Windows needs before they are removed.
    worker.on('exit', () => {
      stop.removeEventListener('abort', end);
      if (stop.aborted || outcome === undefined) reject(refuse('import.gone'));
      else outcome();
    });
  });
}
