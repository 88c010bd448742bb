import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { newSignMemory, turn } from './signMemory.ts';
import type { SignWorkerData } from './signWorker.ts';

/** Begins an Ed25519 signature; what it returns waits for it. Both in the same turn of the event loop. */
export type Sign = (bytes: Buffer) => () => Buffer;

/** Signs when the signature is asked for, on the thread that asks. */
export function signHere(privateKey: KeyObject): Sign {
  return (bytes) => () => sign(null, bytes, privateKey);
}

export type SigningBeside = {
  readonly sign: Sign;
  /** Starts the worker where there is a second core; without it signatures are made on the thread that asks. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Several times what a signature takes: for a worker that has no core so long, waiting costs more than signing. */
const patienceMs = 0.5;

/**
 * Signs on a second core while a transaction writes its rows: a payment's two signatures take longer than most of its
 * statements together. The transaction must not yield, so thread and thread speak through shared memory. Ed25519 gives
 * one signature for one message: whoever makes it, it is the same.
 * @param workerFile signWorker.ts in a checkout, the bundled signWorker.cjs in the program
 */
export function createSigningBeside(
  workerFile: string | URL,
  privateKey: KeyObject,
  cores = availableParallelism(),
): SigningBeside {
  const here = signHere(privateKey);
  const { shared, state, signature, message } = newSignMemory();
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  let asked = 0;

  return {
    sign(bytes) {
      const now = Atomics.load(state, 0);
      // Of a signature that nobody came for (its act was refused) the worker may still be busy.
      if ((now !== turn.waiting && now !== turn.signed) || bytes.length > message.length) return here(bytes);
      message.set(bytes);
      state[1] = bytes.length;
      Atomics.store(state, 0, turn.asked);
      Atomics.notify(state, 0);
      const mine = ++asked;
      return () => {
        if (mine !== asked) return here(bytes)();
        const until = performance.now() + patienceMs;
        // It is there, or about to be: to sleep and be woken takes longer than what is left of it.
        while (Atomics.load(state, 0) === turn.asked && performance.now() < until);
        return Atomics.load(state, 0) === turn.signed ? Buffer.from(signature) : here(bytes)();
      };
    },
    async warmUp() {
      if (worker !== null || cores < 2) return;
      const workerData: SignWorkerData = { shared, privateKey };
      const started = new Worker(workerFile, { workerData });
      worker = started;
      const failed = new Promise<never>((_, reject) => started.on('error', reject));
      ended = new Promise((resolve) => started.once('exit', resolve)).then(
        () => void Atomics.store(state, 0, turn.nobody),
      );
      await Promise.race([failed, Atomics.waitAsync(state, 0, turn.nobody).value]);
      // From now on it sleeps between two signatures and keeps nobody.
      started.unref();
    },
    async close() {
      if (worker === null) return;
      worker.ref();
      Atomics.store(state, 0, turn.end);
      Atomics.notify(state, 0);
      await ended;
    },
  };
}
