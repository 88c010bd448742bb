import type { Reply, TillBridge } from '../../shared/ipc/wire.ts';

type Handler = (input: unknown) => Reply<unknown> | Promise<Reply<unknown>>;
export type Asked = { readonly channel: string; readonly input: unknown };

/** Main as a store sees it: each channel answered by the test itself. */
export function standIn(handlers: Record<string, Handler>): {
  asked: Asked[];
  tell(name: string, payload: unknown): void;
} {
  const asked: Asked[] = [];
  const listeners = new Set<(name: string, payload: unknown) => void>();
  const till: TillBridge = {
    invoke: async (channel, input) => {
      asked.push({ channel, input });
      const handler = handlers[channel];
      if (handler === undefined) throw new Error(`nobody answers ${channel}`);
      return handler(input);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.assign(globalThis, { window: { till } });
  return { asked, tell: (name, payload) => listeners.forEach((heard) => heard(name, payload)) };
}

export const ok = <T>(value: T): Reply<T> => ({ ok: true, value });

/** An answer that comes when the test says so. */
export function later<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve(value) };
}
