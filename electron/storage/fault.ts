import type { FatalReason } from '../../shared/errors.ts';

/** The file can't be trusted or used: services stop, the file is left exactly as it is. */
export class StorageFault extends Error {
  readonly reason: FatalReason;
  constructor(reason: FatalReason, detail: string, cause?: unknown) {
    super(`${reason}: ${detail}`, cause === undefined ? {} : { cause });
    this.name = 'StorageFault';
    this.reason = reason;
  }
}

/**
 * What a thrown error says about the storage, or null when it says nothing.
 * Only SQLite's own codes are read; the older runtime names some of them by number.
 */
export function storageReason(error: unknown): FatalReason | null {
  if (error instanceof StorageFault) return error.reason;
  const code = sqliteCode(error);
  if (code === null) return null;
  if (code.startsWith('SQLITE_CORRUPT')) return 'damaged';
  if (code.startsWith('SQLITE_NOTADB')) return 'notSanduq';
  if (code.startsWith('SQLITE_FULL')) return 'full';
  if (code.startsWith('SQLITE_READONLY')) return 'readOnly';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'locked';
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM'))
    return 'unreadable';
  return null;
}

function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('SQLITE_') ? error.code : null;
}
