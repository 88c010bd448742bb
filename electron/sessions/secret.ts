import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../shared/errors.ts';

/** scrypt cost: 2^15 is about 100 ms on a counter PC; needs more memory than Node's default allows. */
const cost = 2 ** 15;
const blockSize = 8;
const keyLength = 32;
const minimumLength = 6;

function derive(secret: string, salt: Buffer, n: number, r: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      secret.normalize('NFKC'),
      salt,
      keyLength,
      { N: n, r, p: 1, maxmem: 256 * n * r },
      (error, key) => {
        if (error) reject(error);
        else resolve(key);
      },
    );
  });
}

/** @throws Refusal secret.tooShort, secret.tooSimple: what a bystander would try first */
export function requireGoodSecret(secret: string): void {
  if (secret.length < minimumLength) throw refuse('secret.tooShort', { minimum: minimumLength });
  const steps = new Set(
    Array.from({ length: secret.length - 1 }, (_, at) => secret.charCodeAt(at + 1) - secret.charCodeAt(at)),
  );
  const isRun = steps.size === 1 && [0, 1, -1].some((step) => steps.has(step));
  if (isRun || new Set(secret).size < 3) throw refuse('secret.tooSimple');
}

/** `scrypt$N$r$salt$key`, so that the cost can rise later without losing anybody's sign-in. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(secret, salt, cost, blockSize);
  return ['scrypt', cost, blockSize, salt.toString('base64'), key.toString('base64')].join('$');
}

export async function isSecretRight(secret: string, stored: string): Promise<boolean> {
  const [, n, r, salt, key] = stored.split('$');
  const expected = Buffer.from(key ?? '', 'base64');
  const actual = await derive(secret, Buffer.from(salt ?? '', 'base64'), Number(n), Number(r));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
