import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { ipcMain } from 'electron';
import type { EventName, Events, Reply } from '../../shared/ipc/wire.ts';
import { eventChannel, invokeChannel } from '../../shared/ipc/wire.ts';
import { pageOrigin } from '../pages.ts';
import type { Handle } from './router.ts';

const notForYou: Reply<never> = { ok: false, code: 'request.invalid', params: {} };

/** Carries calls from our own page in our own window to the router; anybody else is told nothing. */
export function listen(
  handle: Handle,
  window: () => BrowserWindow | null,
  log: (message: string) => void,
): void {
  ipcMain.handle(invokeChannel, (event, channel: unknown, input: unknown) => {
    if (isOurPage(event, window())) return handle(channel, input);
    log(`a call from ${event.senderFrame?.url ?? 'a frame that is gone'} was refused`);
    return notForYou;
  });
}

/** The top frame of the one window, showing a page of ours: a frame within it or another window is a stranger. */
function isOurPage(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || window.isDestroyed() || frame === null) return false;
  return frame === window.webContents.mainFrame && frame.url.startsWith(`${pageOrigin}/`);
}

export function tell<E extends EventName>(window: BrowserWindow | null, name: E, payload: Events[E]): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel, name, payload);
}
