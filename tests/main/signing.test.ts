import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SigningBeside } from '../../electron/journal/signing.ts';
import { createSigningBeside } from '../../electron/journal/signing.ts';
import { removeFolder, temporaryFolder } from '../helpers/counter.ts';
import { workers } from '../helpers/workers.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const right = (message: Buffer): string => sign(null, message, privateKey).toString('hex');

let folder: string;
const opened: SigningBeside[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  removeFolder(folder);
});

function signingBy(workerFile: string, cores = 2): SigningBeside {
  const signing = createSigningBeside(workerFile, privateKey, cores);
  opened.push(signing);
  return signing;
}

/** A worker of the test's own, with the memory's parts at hand. */
function workerThat(does: string): string {
  const file = join(folder, 'worker.mjs');
  writeFileSync(
    file,
    `import { workerData } from 'node:worker_threads';
     const state = new Int32Array(workerData.shared, 0, 2);
     const signature = new Uint8Array(workerData.shared, 8, 64);
     const turnTo = (turn) => { Atomics.store(state, 0, turn); Atomics.notify(state, 0); };
     const untilNot = (turn) => { while (Atomics.load(state, 0) === turn) Atomics.wait(state, 0, turn); };
     turnTo(1);
     ${does}`,
  );
  return file;
}

/** Its answers are no signatures, so that they can be told from any other. */
const answersSevens = `for (let now; (now = Atomics.load(state, 0)) !== 4; ) {
  if (now !== 2) Atomics.wait(state, 0, now);
  else { signature.fill(7); turnTo(3); }
}`;

test('the signature is the worker’s once it is there, and this thread’s before and after', async () => {
  const signing = signingBy(workerThat(answersSevens));
  const message = randomBytes(100);
  expect(signing.sign(message)().toString('hex')).toBe(right(message));
  await signing.warmUp();
  // On a busy machine the worker may come too late for one of them.
  await vi.waitFor(async () => {
    const signature = signing.sign(message);
    await pause(5);
    expect(signature().toString('hex')).toBe('07'.repeat(64));
  });
  await signing.close();
  expect(signing.sign(message)().toString('hex')).toBe(right(message));
});

test('where there is one core there is no worker', async () => {
  const signing = signingBy(workerThat(answersSevens), 1);
  await signing.warmUp();
  const message = randomBytes(100);
  expect(signing.sign(message)().toString('hex')).toBe(right(message));
});

test('whatever is begun, left alone or taken late, each message has its own signature', async () => {
  const signing = signingBy(workers().sign);
  await signing.warmUp();
  const act = fc.record({
    length: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.constant(40_000)),
    isTaken: fc.constantFrom('now', 'later', 'never'),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const late: (() => void)[] = [];
      for (const { length, isTaken } of acts) {
        const message = randomBytes(length);
        const signature = signing.sign(message);
        const take = (): void => expect(signature().toString('hex')).toBe(right(message));
        if (isTaken === 'now') take();
        if (isTaken === 'later') late.push(take);
      }
      for (const take of late) take();
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['never answers', 'untilNot(1); untilNot(2);'],
  ['crashes over the message', 'untilNot(1); throw new Error("no");'],
  ['ends before it is asked', ''],
])('a worker that %s does not hold up a payment or change its signature', async (_, does) => {
  const signing = signingBy(workerThat(does));
  await signing.warmUp();
  for (let i = 0; i < 3; i += 1) {
    const message = randomBytes(100);
    expect(signing.sign(message)().toString('hex')).toBe(right(message));
    await pause(20);
  }
});

test('a worker that does not start says so, and signatures are made without it', async () => {
  const signing = signingBy(join(folder, 'nowhere.mjs'));
  await expect(signing.warmUp()).rejects.toThrow('nowhere');
  const message = randomBytes(100);
  expect(signing.sign(message)().toString('hex')).toBe(right(message));
});
