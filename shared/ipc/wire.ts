import type { ErrorCode, ErrorParams, FatalReason } from '../errors.ts';
import type { PrinterStatus, SessionState, StorageHealth } from './contract.ts';

/** What comes back over any channel. No message and no stack ever crosses. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      [C in ErrorCode]: { readonly ok: false; readonly code: C; readonly params: ErrorParams[C] };
    }[ErrorCode];

/** What main tells the window without being asked. */
export type Events = {
  'printer.changed': PrinterStatus;
  'session.changed': SessionState;
  'storage.changed': StorageHealth;
  'import.progress': {
    readonly token: string | null;
    readonly phase: 'reading' | 'checking' | 'writing';
    readonly done: number;
    readonly total: number;
  };
  'setup.progress': { readonly done: number; readonly total: number };
  'report.progress': { readonly done: number; readonly total: number };
  'verify.progress': { readonly done: number; readonly total: number };
  fatal: { readonly reason: FatalReason; readonly file: string; readonly backupFolder: string };
};
export type EventName = keyof Events;

/** The only thing the window is given: window.till. */
export type TillBridge = {
  invoke(channel: string, input: unknown): Promise<unknown>;
  on(listener: (name: string, payload: unknown) => void): () => void;
};

/** The one Electron channel that carries all of it, each way. */
export const invokeChannel = 'till:invoke';
export const eventChannel = 'till:event';
