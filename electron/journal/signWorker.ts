import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import { isMainThread, workerData } from 'node:worker_threads';
import { signMemory, turn } from './signMemory.ts';

export type SignWorkerData = { readonly shared: SharedArrayBuffer; readonly privateKey: KeyObject };

/** A payment's second signature follows so soon after the first that it is waited for awake. */
const awakeMs = 0.5;

/** Waits until main asks, signs, waits again: nothing else ever runs on this thread. */
function serve({ shared, privateKey }: SignWorkerData): void {
  const { state, signature, message } = signMemory(shared);
  // Compiled before the first payment, not by it.
  sign(null, Buffer.alloc(1), privateKey);
  Atomics.compareExchange(state, 0, turn.nobody, turn.waiting);
  Atomics.notify(state, 0);
  let awakeUntil = 0;
  for (;;) {
    const now = Atomics.load(state, 0);
    if (now === turn.end) return;
    if (now !== turn.asked) {
      if (performance.now() > awakeUntil) Atomics.wait(state, 0, now);
      continue;
    }
    signature.set(sign(null, Buffer.from(message.subarray(0, state[1])), privateKey));
    // Asked to end meanwhile stays asked to end.
    Atomics.compareExchange(state, 0, turn.asked, turn.signed);
    awakeUntil = performance.now() + awakeMs;
  }
}

if (isMainThread) throw new Error('the signing worker runs as a worker thread only');
serve(workerData as SignWorkerData);
