import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app } from 'electron';
import type { Counter } from './counter.ts';
import { createCounter } from './counter.ts';
import { systemFileDialogs } from './fileDialogs.ts';
import { tell } from './ipc/transport.ts';
import { systemPdf } from './pdf.ts';
import { systemKeyProtection } from './safeStorage.ts';

/** The counter with what this program gives it: folder, clock, key store, workers and the window that it tells. */
export function openTill(window: () => BrowserWindow | null): Counter {
  return createCounter({
    folder: join(app.getPath('userData'), 'data'),
    version: app.getVersion(),
    clock: Date.now,
    keyProtection: systemKeyProtection(),
    workers: {
      draw: join(__dirname, 'drawWorker.cjs'),
      spool: join(__dirname, 'spoolWorker.cjs'),
      import: join(__dirname, 'importWorker.cjs'),
      check: join(__dirname, 'checkWorker.cjs'),
      report: join(__dirname, 'reportWorker.cjs'),
      secret: join(__dirname, 'secretWorker.cjs'),
      sign: join(__dirname, 'signWorker.cjs'),
    },
    fontsFolder: join(__dirname, 'assets/fonts'),
    crestFile: join(__dirname, 'assets/crest.svg'),
    fileDialogs: systemFileDialogs(window),
    pdf: systemPdf(join(__dirname, 'assets/fonts')),
    emit: (name, payload) => tell(window(), name, payload),
    log: (message, detail) => void warn(message, detail),
  });
}

/** The log is loaded when there is something to say. */
async function warn(message: string, detail: unknown): Promise<void> {
  const { log } = await import('./log.ts');
  log.warn(message, detail);
}
