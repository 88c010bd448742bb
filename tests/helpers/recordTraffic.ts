import type { ElectronApplication } from '@playwright/test';
import { eventChannel, invokeChannel } from '../../shared/ipc/wire.ts';

/** From now on keeps every answer and event that main gives the window. @returns reads them: the channel, then all of it */
export async function recordTraffic(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(
    ({ BrowserWindow, ipcMain }, [invoke, event]) => {
      type Handler = (...args: unknown[]) => unknown;
      const said: string[] = [];
      Object.assign(globalThis, { saidToWindow: said });
      const handle = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers.get(
        invoke,
      );
      if (handle === undefined) throw new Error('nothing answers the window');
      ipcMain.removeHandler(invoke);
      ipcMain.handle(invoke, async (...args) => {
        const reply = await handle(...args);
        said.push(`${String(args[1])} ${JSON.stringify(reply)}`);
        return reply;
      });
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        const send = webContents.send.bind(webContents);
        webContents.send = (channel: string, ...args: unknown[]) => {
          if (channel === event) said.push(`event ${JSON.stringify(args)}`);
          send(channel, ...args);
        };
      }
    },
    [invokeChannel, eventChannel] as const,
  );
  return () => app.evaluate(() => (globalThis as unknown as { saidToWindow: string[] }).saidToWindow);
}
