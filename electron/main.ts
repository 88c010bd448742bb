import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { app, Menu, powerMonitor } from 'electron';
import type { Counter } from './counter.ts';
import { listen } from './ipc/transport.ts';
import { declareScheme, servePages } from './pages.ts';
import { openWindow } from './window.ts';

let window: BrowserWindow | null = null;
let counter: Promise<Counter> | null = null;

// One till, one program: a second start shows the first one's window.
if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  declareScheme();
  process.on('uncaughtException', (error) => void report('uncaught', error));
  process.on('unhandledRejection', (error) => void report('unhandled', error));
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', endWell);
  app.whenReady().then(open).catch(fail);
}

/**
 * The window comes first: while its process starts, this one loads the counter and opens its file. What the window
 * asks before that is done waits for it.
 */
async function open(): Promise<void> {
  Menu.setApplicationMenu(null);
  servePages(join(__dirname, '../renderer'));
  window = openWindow(join(__dirname, '../preload/preload.cjs'));
  const firstCall = Promise.withResolvers<void>();
  const opening = openCounter(firstCall.promise);
  counter = opening;
  listen(
    async (channel, input) => {
      firstCall.resolve();
      return (await opening).handle(channel, input);
    },
    () => window,
    (message) => void report(message),
  );
  const { handle } = await opening;
  // Whoever locks Windows has left the till.
  powerMonitor.on('lock-screen', () => void handle('session.lock', {}));
}

/**
 * Loaded late and together: SQLite, the contract, the journal, printing. Chromium needs this thread until the window's
 * process has all that its page names, which it has when it calls for the first time; then it is busy by itself. A
 * window that never gets there is not waited for.
 */
async function openCounter(firstCall: Promise<void>): Promise<Counter> {
  await Promise.race([firstCall, setTimeout(2_000)]);
  const { openTill } = await import('./till.ts');
  return openTill(() => window);
}

/** Quitting waits until the counter has left its mark; a counter that hangs does not keep the machine on. */
function endWell(event: { preventDefault(): void }): void {
  if (counter === null) return;
  event.preventDefault();
  const ending = counter;
  counter = null;
  const patience = globalThis.setTimeout(() => app.exit(1), 10_000);
  ending
    .then((opened) => opened.close())
    .then(
      () => {
        clearTimeout(patience);
        app.exit(0);
      },
      async (error: unknown) => {
        await report('the counter did not end well', error);
        app.exit(1);
      },
    );
}

async function fail(error: unknown): Promise<void> {
  await report('the program does not start', error);
  app.exit(1);
}

/** The log is loaded when there is something to say. Never fails: a report of a failed report would go on for ever. */
async function report(message: string, error?: unknown): Promise<void> {
  try {
    const { log } = await import('./log.ts');
    log.error(message, error);
  } catch (second) {
    console.error(message, error, second);
  }
}
