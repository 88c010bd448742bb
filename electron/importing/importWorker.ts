import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openReadOnly } from '../db/open.ts';
import type { ImportKind } from '../../shared/ipc/contract.ts';
import { prepareImport } from './prepareImport.ts';
import type { PrepareResult } from './prepareImport.ts';
import { writeStaging } from './staging.ts';

/** A worker thread: judges a file with a connection that can only read, and stages the outcome. */

export type ImportTask = {
  readonly databaseFile: string;
  readonly stagingFile: string;
  readonly filePath: string;
  readonly kind: ImportKind;
};
export type ImportWorkerMessage =
  | {
      readonly is: 'progress';
      readonly phase: 'reading' | 'checking';
      readonly done: number;
      readonly total: number;
    }
  | { readonly is: 'done'; readonly result: PrepareResult };

const progressEveryMs = 100;

function run(task: ImportTask, send: (message: ImportWorkerMessage) => void): void {
  send({ is: 'progress', phase: 'reading', done: 0, total: 0 });
  const bytes = readFileSync(task.filePath);
  const db = openReadOnly(task.databaseFile);
  const staging = writeStaging(task.stagingFile, task.kind);
  let sentAt = 0;
  try {
    const result = prepareImport(db, task.kind, bytes, staging, (done, total) => {
      const now = performance.now();
      if (now - sentAt < progressEveryMs) return;
      sentAt = now;
      send({ is: 'progress', phase: 'checking', done, total });
    });
    send({ is: 'done', result });
  } finally {
    staging.close();
    db.close();
  }
}

const port = parentPort;
if (port === null) throw new Error('importWorker runs as a worker thread');
// Given by createImporting.
run(workerData as ImportTask, (message) => port.postMessage(message));
