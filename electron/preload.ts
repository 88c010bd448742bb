import { contextBridge, ipcRenderer } from 'electron';
import type { TillBridge } from '../shared/ipc/wire.ts';
import { eventChannel, invokeChannel } from '../shared/ipc/wire.ts';

/** All that the window can do: ask main by a channel's name, and hear what main says. */
const bridge: TillBridge = {
  invoke: (channel, input) => ipcRenderer.invoke(invokeChannel, channel, input),
  on(listener) {
    const heard = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(eventChannel, heard);
    return () => {
      ipcRenderer.off(eventChannel, heard);
    };
  },
};

contextBridge.exposeInMainWorld('till', bridge);
