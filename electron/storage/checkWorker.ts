import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openReadOnly } from '../db/open.ts';
import { verifyDatabase } from '../journal/verify.ts';
import { firstDamage } from './check.ts';

/**
 * Reads the whole file beside main, on a connection that can only read: `check` asks SQLite whether every page and
 * index is sound, `verify` reads the journal against the money tables.
 */
const { file, task } = z.object({ file: z.string(), task: z.enum(['check', 'verify']) }).parse(workerData);

const db = openReadOnly(file);
try {
  if (task === 'check') parentPort?.postMessage({ kind: 'checked', damage: firstDamage(db) });
  else {
    const report = verifyDatabase(db, (done, total) =>
      parentPort?.postMessage({ kind: 'progress', done, total }),
    );
    parentPort?.postMessage({ kind: 'verified', report });
  }
} finally {
  db.close();
}
