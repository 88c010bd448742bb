import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { StorageFault } from '../storage/fault.ts';
import type { Sign } from './signing.ts';
import { signHere } from './signing.ts';

export type TillKey = {
  /** First 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicSpki: Buffer;
  readonly sign: Sign;
};

/** Wraps the private key with what the system offers (DPAPI, Keychain); `file` where it offers nothing. */
export type KeyProtection = {
  readonly kind: 'system' | 'file';
  seal(secret: Buffer): Buffer;
  unseal(sealed: Buffer): Buffer;
};

/** For a machine without a key store: the file's own mode 0600 is all there is, and the status bar says so. */
export const fileProtection: KeyProtection = {
  kind: 'file',
  seal: (secret) => secret,
  unseal: (sealed) => sealed,
};

const keyFileShape = z.strictObject({
  version: z.literal(1),
  keyId: z.string(),
  protection: z.enum(['system', 'file']),
  sealed: z.string(),
});

export function keyIdOf(publicSpki: Buffer): string {
  return createHash('sha256').update(publicSpki).digest('hex').slice(0, 16);
}

/**
 * Makes the till's key, once; the file is on disk before the key is used. A key left by a first run that was cut off
 * is taken up again.
 */
export function createTillKey(file: string, protection: KeyProtection): TillKey {
  if (existsSync(file)) return loadTillKey(file, protection);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicSpki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = keyIdOf(publicSpki);
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const text = JSON.stringify({
    version: 1,
    keyId,
    protection: protection.kind,
    sealed: protection.seal(secret).toString('base64'),
  });
  writeDurably(file, text);
  return { keyId, privateKey, publicSpki, sign: signHere(privateKey) };
}

/**
 * @throws StorageFault keyMissing, keyUnreadable: a till never signs with another key in silence
 */
export function loadTillKey(file: string, protection: KeyProtection): TillKey {
  if (!existsSync(file)) throw new StorageFault('keyMissing', file);
  try {
    const stored = keyFileShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    const sealed = Buffer.from(stored.sealed, 'base64');
    const secret = stored.protection === 'file' ? sealed : protection.unseal(sealed);
    const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    const publicSpki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    if (keyIdOf(publicSpki) !== stored.keyId) throw new Error('the key is not the one its file names');
    return { keyId: stored.keyId, privateKey, publicSpki, sign: signHere(privateKey) };
  } catch (error) {
    throw new StorageFault('keyUnreadable', file, error);
  }
}

function writeDurably(file: string, text: string): void {
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}
