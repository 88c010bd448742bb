import { listenFor } from './listening.ts';

/** What came of the work: its value, its error, or that its time was over or the program is closing. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' };

/** Waits for the work, but no longer than that, and not when the program closes. The work itself goes on: the caller says what becomes of it. */
export function within<T>(work: Promise<T>, timeoutMs: number, signal?: AbortSignal): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const give = (outcome: Outcome<T>) => {
      waiting.stop();
      signal?.removeEventListener('abort', abort);
      resolve(outcome);
    };
    const abort = () => give({ kind: 'aborted' });
    const waiting = listenFor(timeoutMs, () => give({ kind: 'late' }));
    signal?.addEventListener('abort', abort, { once: true });
    work.then(
      (value) => give({ kind: 'done', value }),
      (error: unknown) => give({ kind: 'failed', error }),
    );
    if (signal?.aborted === true) abort();
  });
}
