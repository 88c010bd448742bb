import { safeStorage } from 'electron';
import type { KeyProtection } from './journal/tillKey.ts';
import { fileProtection } from './journal/tillKey.ts';

/** The system's key store where there is one (DPAPI on Windows); the file's own mode where there is none. */
export function systemKeyProtection(): KeyProtection {
  if (!safeStorage.isEncryptionAvailable()) return fileProtection;
  return {
    kind: 'system',
    seal: (secret) => safeStorage.encryptString(secret.toString('base64')),
    unseal: (sealed) => Buffer.from(safeStorage.decryptString(sealed), 'base64'),
  };
}
