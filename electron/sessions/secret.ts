import { randomBytes, timingSafeEqual } from 'node:crypto';
import { shortestSecret } from '../../shared/domain/login.ts';
import { refuse } from '../../shared/errors.ts';
import type { Asked } from './anticipation.ts';
import { createAnticipation } from './anticipation.ts';
import { createDeriving } from './deriving.ts';

/** scrypt cost: 2^15 is about 100 ms on a counter PC, and 32 MB. */
const cost = 2 ** 15;
const blockSize = 8;
const keyLength = 32;
/** Long enough for the worker's code to be compiled, a few milliseconds of work; of nobody's secret. */
const warmUpCost = 2 ** 10;

/** @throws Refusal secret.tooShort, secret.tooSimple: what a bystander would try first */
export function requireGoodSecret(secret: string): void {
  if (secret.length < shortestSecret) throw refuse('secret.tooShort', { minimum: shortestSecret });
  const steps = new Set(
    Array.from({ length: secret.length - 1 }, (_, at) => secret.charCodeAt(at + 1) - secret.charCodeAt(at)),
  );
  const isRun = steps.size === 1 && [0, 1, -1].some((step) => steps.has(step));
  if (isRun || new Set(secret).size < 3) throw refuse('secret.tooSimple');
}

/** Passwords and PINs as they are kept. */
export type Secrets = {
  readonly hash: (secret: string) => Promise<string>;
  readonly isRight: (secret: string, stored: string) => Promise<boolean>;
  /** Begins what `isRight` is likely to be asked next, so that its answer is there sooner. Decides and tells nothing. */
  readonly anticipate: (secret: string, stored: string) => void;
  /** A stored form that no secret fits: whoever is unknown is answered in the time that everybody else is. */
  readonly nobodys: string;
  /** Starts the worker and has it compiled, so that the first sign-in is as quick as the others. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** All keys are derived in a worker: they take longer than a window may stand still. Rejects when the worker fails. */
export function createSecrets(workerFile: string | URL): Secrets {
  const deriving = createDeriving(workerFile);

  function derive(secret: string, salt: Buffer, n: number, r: number): Promise<Buffer> {
    const bytes = Buffer.from(secret.normalize('NFKC'), 'utf8');
    return deriving.derive({ secret: bytes, salt, cost: n, blockSize: r, keyLength });
  }

  function keyFor({ secret, stored }: Asked): Promise<Buffer> {
    const [, n, r, salt] = stored.split('$');
    return derive(secret, Buffer.from(salt ?? '', 'base64'), Number(n), Number(r));
  }
  const anticipation = createAnticipation(keyFor);

  return {
    async hash(secret) {
      const salt = randomBytes(16);
      return storedForm(salt, await derive(secret, salt, cost, blockSize));
    },
    async isRight(secret, stored) {
      const expected = Buffer.from(stored.split('$')[4] ?? '', 'base64');
      const actual = await (anticipation.take({ secret, stored }) ?? keyFor({ secret, stored }));
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
    anticipate: (secret, stored) => anticipation.begin({ secret, stored }),
    nobodys: storedForm(randomBytes(16), randomBytes(keyLength)),
    async warmUp() {
      await derive('', Buffer.alloc(16), warmUpCost, blockSize);
    },
    close() {
      anticipation.forget();
      return deriving.close();
    },
  };
}

/** `scrypt$N$r$salt$key`, so that the cost can rise later without losing anybody's sign-in. */
function storedForm(salt: Buffer, key: Buffer): string {
  return ['scrypt', cost, blockSize, salt.toString('base64'), key.toString('base64')].join('$');
}
