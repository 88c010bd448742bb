import { randomBytes, scryptSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Asked } from '../../electron/sessions/anticipation.ts';
import { createAnticipation } from '../../electron/sessions/anticipation.ts';
import { createDeriving } from '../../electron/sessions/deriving.ts';
import type { Secrets } from '../../electron/sessions/secret.ts';
import { createSecrets } from '../../electron/sessions/secret.ts';
import { removeFolder, temporaryFolder } from '../helpers/counter.ts';

const workerFile = fileURLToPath(new URL('../../electron/sessions/secretWorker.ts', import.meta.url));
const cheap = { cost: 256, blockSize: 8, keyLength: 32 };

/** As secrets were hashed before there was a worker, and as anybody's scrypt does it. */
function nodeHash(secret: string, n = 256): string {
  const salt = randomBytes(16);
  const key = scryptSync(secret.normalize('NFKC'), salt, 32, { N: n, r: 8, p: 1, maxmem: 2 ** 28 });
  return ['scrypt', n, 8, salt.toString('base64'), key.toString('base64')].join('$');
}

describe('secrets', () => {
  let secrets: Secrets;
  beforeEach(() => {
    secrets = createSecrets(workerFile);
  });
  afterEach(() => secrets.close());

  test.each([
    '258036',
    'Olive-7423',
    'كلمة السرّ ١٢٣',
    // Compatibility forms: a ligature, presentation forms, full-width digits, a composed and a decomposed letter.
    'ﷺ-2580',
    'ﻛﻠﻤﺔ-ﻻ',
    '２５８０３６',
    'caf\u00e9-2580',
    'cafe\u0301-2580',
    'ﬁn Å K ½',
    '🔑'.repeat(40),
    '\ud83d lone',
    'x'.repeat(200),
    ' ',
  ])('%j derives the key that node:crypto derives', async (secret) => {
    expect(await secrets.isRight(secret, nodeHash(secret))).toBe(true);
    expect(await secrets.isRight(`${secret}!`, nodeHash(secret))).toBe(false);
  });

  test('the stored form and its strength are what they were', async () => {
    const [name, n, r, salt = '', key] = (await secrets.hash('كلمة-2580')).split('$');
    expect([name, n, r]).toEqual(['scrypt', '32768', '8']);
    const saltBytes = Buffer.from(salt, 'base64');
    expect(saltBytes).toHaveLength(16);
    const expected = scryptSync('كلمة-2580', saltBytes, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 28 });
    expect(key).toBe(expected.toString('base64'));
    expect(await secrets.isRight('258036', nodeHash('258036', 2 ** 15))).toBe(true);
  });

  test('the same person may type composed or compatible letters', async () => {
    expect(await secrets.isRight('٢٥８０', await secrets.hash('٢٥80'))).toBe(true);
  });

  test('several at once come out each with their own', async () => {
    const typed = ['258036', '147025', '369014', '802461', '975310'];
    const stored = await Promise.all(typed.map((secret) => secrets.hash(secret)));
    expect(new Set(stored.map((one) => one.split('$')[3])).size, 'a salt each').toBe(typed.length);
    const rights = await Promise.all(
      typed.map((secret, at) => secrets.isRight(secret, stored[(at + 1) % 5] ?? '')),
    );
    expect(rights).toEqual([false, false, false, false, false]);
    expect(await secrets.isRight('369014', stored[2] ?? '')).toBe(true);
  });

  test('the thread that asks goes on meanwhile', async () => {
    await secrets.warmUp();
    const stored = nodeHash('258036', 2 ** 15);
    const shares: number[] = [];
    // The best of a few, because a busy machine can hold up anybody's timer; a thread that computes is held up always.
    for (let attempt = 0; attempt < 4; attempt++) {
      const from = performance.now();
      let last = from;
      let longest = 0;
      const look = (): void => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      };
      const timer = setInterval(look, 1);
      expect(await secrets.isRight('258036', stored)).toBe(true);
      look();
      clearInterval(timer);
      shares.push(longest / (performance.now() - from));
    }
    expect(Math.min(...shares)).toBeLessThan(0.25);
  });

  test('what was begun while it was typed is answered as it would have been', async () => {
    const stored = nodeHash('258036');
    secrets.anticipate('258036', stored);
    expect(await secrets.isRight('258036', stored)).toBe(true);
    secrets.anticipate('258037', stored);
    expect(await secrets.isRight('258037', stored)).toBe(false);
    secrets.anticipate('258036', stored);
    expect(await secrets.isRight('258036', nodeHash('369014')), 'of somebody else').toBe(false);
    secrets.anticipate('258036', 'plain');
    expect(await secrets.isRight('258036', stored)).toBe(true);
    expect(await secrets.isRight('258036', secrets.nobodys)).toBe(false);
    expect(secrets.nobodys.split('$').slice(0, 3)).toEqual(['scrypt', '32768', '8']);
  });

  test('a stored text that is none is an error, not a wrong secret, and the next one is answered', async () => {
    await expect(secrets.isRight('258036', 'plain')).rejects.toThrow(/could not derive a key/);
    expect(await secrets.isRight('258036', nodeHash('258036'))).toBe(true);
  });

  test('closing ends what is being derived at once, and nothing after it is begun', async () => {
    const asked = secrets.hash('258036');
    const ended = expect(asked).rejects.toThrow('the secret worker is closed');
    await secrets.close();
    await ended;
    await expect(secrets.hash('258036')).rejects.toThrow('the secret worker is closed');
  });
});

describe('a key that is begun while its secret is typed', () => {
  const begun: { readonly asked: Asked; readonly end: (key: Buffer | Error) => void }[] = [];
  const key = Buffer.from('key');
  let anticipation: ReturnType<typeof createAnticipation>;
  const typed = (secret: string): Asked => ({ secret, stored: 'amal' });
  beforeEach(() => {
    vi.useFakeTimers();
    begun.length = 0;
    anticipation = createAnticipation((asked) => {
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
      begun.push({ asked, end: (end) => (end instanceof Error ? reject(end) : resolve(end)) });
      return promise;
    });
  });
  afterEach(() => void vi.useRealTimers());

  test('is given once, done or not', async () => {
    anticipation.begin(typed('258036'));
    anticipation.begin(typed('258036'));
    const taken = anticipation.take(typed('258036'));
    begun[0]?.end(key);
    expect(await taken).toBe(key);
    expect(anticipation.take(typed('258036'))).toBeNull();
    expect(begun).toHaveLength(1);
  });

  test('is one at a time, and of those that wait the last one', async () => {
    for (const secret of ['258036', '2580361', '25803614', '258036147']) anticipation.begin(typed(secret));
    expect(begun.map(({ asked }) => asked.secret)).toEqual(['258036']);
    begun[0]?.end(key);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun.map(({ asked }) => asked.secret)).toEqual(['258036', '258036147']);
    expect(anticipation.take(typed('258036147'))).not.toBeNull();
    // What was typed back and again is what is being derived.
    anticipation.begin(typed('123'));
    anticipation.begin(typed('1234'));
    anticipation.begin(typed('123'));
    begun[2]?.end(key);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(3);
  });

  test('is of one secret of one person, and none of another', () => {
    anticipation.begin(typed('258036'));
    expect(anticipation.take({ secret: '258036', stored: 'huda' })).toBeNull();
    anticipation.begin(typed('258036'));
    expect(anticipation.take(typed('258037'))).toBeNull();
  });

  test('that could not be derived is asked for anew', async () => {
    anticipation.begin(typed('258036'));
    begun[0]?.end(new Error('the worker is gone'));
    await vi.advanceTimersByTimeAsync(0);
    expect(anticipation.take(typed('258036'))).toBeNull();
  });

  test('is not kept for long', () => {
    anticipation.begin(typed('258036'));
    vi.advanceTimersByTime(9_999);
    anticipation.begin(typed('258036'));
    vi.advanceTimersByTime(9_999);
    expect(begun).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(anticipation.take(typed('258036'))).toBeNull();
    anticipation.begin(typed('258036'));
    anticipation.forget();
    expect(anticipation.take(typed('258036'))).toBeNull();
  });
});

describe('a worker that fails', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  function worker(text: string): string {
    const file = join(folder, 'worker.mjs');
    writeFileSync(file, text);
    return file;
  }
  const request = { secret: Buffer.from('258036'), salt: randomBytes(16), ...cheap };

  test('at its start says so, each time', async () => {
    const deriving = createDeriving(join(folder, 'missing.mjs'));
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(deriving.derive(request)).rejects.toThrow(/the secret worker failed/);
    await deriving.close();
  });

  test('by ending itself leaves nobody waiting', async () => {
    const deriving = createDeriving(worker('process.exit(3)'));
    await expect(Promise.all([deriving.derive(request), deriving.derive(request)])).rejects.toThrow(
      'the secret worker ended with 3',
    );
    await deriving.close();
  });

  test('by never answering is given up', async () => {
    const silent = worker(
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`,
    );
    const deriving = createDeriving(silent, 200);
    await expect(deriving.derive(request)).rejects.toThrow('the secret worker ended');
    await deriving.close();
  });
});
