import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { PrinterWay } from '../../shared/ipc/printing.ts';

/** Who may speak to which device: a printer serves one connection at a time. */
export type Devices = {
  /** Waits for its turn; a look that is under way gives way at once. */
  readonly use: <T>(way: PrinterWay, act: () => Promise<T>) => Promise<T>;
  /** Only when nobody uses or wants the device. @returns null when it was not its turn or had to give way */
  readonly peek: <T>(way: PrinterWay, act: (signal: AbortSignal) => Promise<T>) => Promise<T | null>;
};

type Device = { tail: Promise<unknown>; users: number; peek: AbortController | null };

export function createDevices(): Devices {
  const devices = new Map<string, Device>();

  function deviceOf(way: PrinterWay): Device {
    const key = canonicalJson(way);
    const device = devices.get(key) ?? { tail: Promise.resolve(), users: 0, peek: null };
    devices.set(key, device);
    return device;
  }

  function queued<T>(device: Device, act: () => Promise<T>): Promise<T> {
    device.users += 1;
    const turn = device.tail.then(act).finally(() => (device.users -= 1));
    // Whoever comes next waits for the end, not for success.
    device.tail = turn.catch(() => {});
    return turn;
  }

  return {
    use: (way, act) => {
      const device = deviceOf(way);
      device.peek?.abort();
      return queued(device, act);
    },
    peek: async (way, act) => {
      const device = deviceOf(way);
      if (device.users > 0) return null;
      const peek = new AbortController();
      device.peek = peek;
      try {
        const seen = await queued(device, () => act(peek.signal));
        return peek.signal.aborted ? null : seen;
      } finally {
        device.peek = null;
      }
    },
  };
}
