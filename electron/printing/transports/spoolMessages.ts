import type { PrinterLook, SendResult } from '../transport.ts';
import type { SpoolJob } from './spoolJob.ts';

/** Where the spooler's functions are: Windows' own, or a stand-in with the same signatures. */
export type SpoolLibraries = { readonly winspool: string; readonly kernel: string };
export const windowsLibraries: SpoolLibraries = { winspool: 'winspool.drv', kernel: 'kernel32.dll' };

export type SpoolWorkerData = { readonly libraries: SpoolLibraries };

export type SpoolRequest = { readonly id: number } & (
  | { readonly kind: 'list' }
  | { readonly kind: 'look'; readonly printer: string }
  /** `gate` is one shared number: see `gateIs`. */
  | { readonly kind: 'send'; readonly job: SpoolJob; readonly gate: Int32Array }
);

/** Shared, because the worker blocks in the spooler's calls and reads no messages meanwhile. */
export const gateIs = { closed: 0, open: 1, stop: 2 } as const;

export type SpoolReply = { readonly id: number } & (
  | { readonly kind: 'list'; readonly names: readonly string[] }
  | { readonly kind: 'look'; readonly look: PrinterLook }
  /** The printer is open and the job begun: the next thing is its first byte. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress' }
  | { readonly kind: 'result'; readonly result: SendResult }
  /** A defect, or the functions could not be loaded. */
  | { readonly kind: 'broken'; readonly message: string }
);
