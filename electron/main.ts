import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, Menu, powerMonitor } from 'electron';
import log from 'electron-log/main';
import { createCounter } from './counter.ts';
import type { Counter } from './counter.ts';
import { systemCsvDialogs } from './csvDialogs.ts';
import { listen, tell } from './ipc/transport.ts';
import { declareScheme, servePages } from './pages.ts';
import { systemKeyProtection } from './safeStorage.ts';
import { openWindow } from './window.ts';

let window: BrowserWindow | null = null;
let counter: Counter | null = null;

// One till, one program: a second start shows the first one's window.
if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  declareScheme();
  configureLog();
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', endWell);
  app.whenReady().then(open, fail);
}

function open(): void {
  Menu.setApplicationMenu(null);
  servePages(join(__dirname, '../renderer'));
  const opened = createCounter({
    folder: join(app.getPath('userData'), 'data'),
    version: app.getVersion(),
    clock: Date.now,
    keyProtection: systemKeyProtection(),
    workers: {
      draw: join(__dirname, 'drawWorker.cjs'),
      import: join(__dirname, 'importWorker.cjs'),
      check: join(__dirname, 'checkWorker.cjs'),
    },
    fontsFolder: join(__dirname, 'assets/fonts'),
    crestFile: join(__dirname, 'assets/crest.svg'),
    csvDialogs: systemCsvDialogs(() => window),
    emit: (name, payload) => tell(window, name, payload),
    log: (message, detail) => log.warn(message, detail),
  });
  counter = opened;
  listen(
    opened.handle,
    () => window,
    (message) => log.warn(message),
  );
  // Whoever locks Windows has left the till.
  powerMonitor.on('lock-screen', () => void opened.handle('session.lock', {}));
  window = openWindow(join(__dirname, '../preload/preload.cjs'));
}

/** Quitting waits until the counter has left its mark; a counter that hangs does not keep the machine on. */
function endWell(event: { preventDefault(): void }): void {
  if (counter === null) return;
  event.preventDefault();
  const ending = counter;
  counter = null;
  const patience = setTimeout(() => app.exit(1), 10_000);
  ending.close().then(
    () => {
      clearTimeout(patience);
      app.exit(0);
    },
    (error: unknown) => {
      log.error('the counter did not end well', error);
      app.exit(1);
    },
  );
}

function fail(error: unknown): void {
  log.error('the program does not start', error);
  app.exit(1);
}

/** Rotated at 5 MB; names and amounts are never written to it. */
function configureLog(): void {
  log.transports.file.resolvePathFn = () => join(app.getPath('userData'), 'logs/sanduq.log');
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.file.level = 'info';
  log.transports.console.level = 'warn';
  process.on('uncaughtException', (error) => log.error('uncaught', error));
  process.on('unhandledRejection', (error) => log.error('unhandled', error));
}
