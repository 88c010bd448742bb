import { Worker } from 'node:worker_threads';
import type { DeriveReply, DeriveRequest } from './deriveMessages.ts';

export type Deriving = {
  /** The scrypt key; rejects when it can't be computed. The next one has a fresh worker if need be. */
  readonly derive: (request: Omit<DeriveRequest, 'id'>) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly resolve: (key: Buffer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/**
 * Keeps one worker that derives keys, one after the other, and starts another when it crashes or hangs.
 *
 * @param workerFile secretWorker.ts in a checkout, the bundled secretWorker.cjs in the program
 * @param timeoutMs a key that takes longer, with those before it in the queue, is given up and the worker replaced
 */
export function createDeriving(workerFile: string | URL, timeoutMs = 30_000): Deriving {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;
  let isClosed = false;

  function take(id: number): Waiting | undefined {
    const entry = waiting.get(id);
    if (entry !== undefined) clearTimeout(entry.timer);
    waiting.delete(id);
    return entry;
  }

  function rejectAll(error: Error): void {
    for (const id of waiting.keys()) take(id)?.reject(error);
  }

  function start(): Worker {
    const started = new Worker(workerFile);
    // Whoever waits for a key is kept alive by the time limit; an idle worker keeps nobody.
    started.unref();
    started.on('message', (reply: DeriveReply) => {
      const entry = take(reply.id);
      if ('key' in reply) entry?.resolve(Buffer.from(reply.key));
      else entry?.reject(new Error(`the secret worker could not derive a key: ${reply.failed}`));
    });
    const gone = (error: Error) => {
      if (worker !== started) return;
      worker = null;
      rejectAll(error);
    };
    started.on('error', (error) =>
      gone(new Error(`the secret worker failed: ${String(error)}`, { cause: error })),
    );
    started.on('exit', (code) => gone(new Error(`the secret worker ended with ${code}`)));
    return started;
  }

  return {
    derive(wanted) {
      if (isClosed) return Promise.reject(new Error('the secret worker is closed'));
      worker ??= start();
      const asked = worker;
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => void asked.terminate(), timeoutMs);
        waiting.set(id, { resolve, reject, timer });
        const request: DeriveRequest = { id, ...wanted };
        asked.postMessage(request);
      });
    },
    async close() {
      isClosed = true;
      const closing = worker;
      worker = null;
      rejectAll(new Error('the secret worker is closed'));
      await closing?.terminate();
    },
  };
}
