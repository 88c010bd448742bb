import type { PrintProblem } from '../../shared/ipc/contract.ts';

/** What is known of a job after it was handed to a printer. */
export type SendResult =
  /** The printer said, after the job, that it had worked through it and still had paper. */
  | { readonly kind: 'confirmed' }
  /** Every byte was taken; this printer can't say more. */
  | { readonly kind: 'sent' }
  /** Not one byte of the job was handed over: safe to try again. */
  | { readonly kind: 'failedNotSent'; readonly problem: PrintProblem }
  /** Some of it was handed over; only a person knows what came out. */
  | { readonly kind: 'unknown'; readonly problem: PrintProblem };

/** What a printer, or what stands before it, says of itself. */
export type PrinterLook = { readonly problem: PrintProblem | null; readonly isPaperNearEnd: boolean };

/** What a printer turned out to be able to, tried once at set-up. */
export type PrinterAbilities = {
  /** It answers `DLE EOT`: paper, cover and trouble are known before a job. */
  readonly answersStatus: boolean;
  /** It answers `GS ( H` with the job's own number when the paper is out. */
  readonly acknowledges: boolean;
};

/** A way to a printer: TCP, the Windows spooler, a serial line, a shared path, a folder of pictures. */
export type Transport = {
  /**
   * Sends one job. Never hangs: every wait in it has an end of its own.
   * @param beforeFirstByte called when the printer is ready and the next thing is the job's first byte; when it
   *   throws, nothing is sent and the error comes back. After it was called, `failedNotSent` is never the result
   */
  readonly send: (job: Uint8Array, signal: AbortSignal, beforeFirstByte: () => void) => Promise<SendResult>;
  /**
   * Asks how the printer is, without printing; null when this way can't tell. A printer serves one connection at a
   * time: not while a job is being sent to it.
   */
  readonly look: (signal: AbortSignal) => Promise<PrinterLook | null>;
  /** Tries once, at set-up, what the printer can; `look` says what is wrong when it can't be reached. */
  readonly probe: (signal: AbortSignal) => Promise<PrinterAbilities & { readonly look: PrinterLook | null }>;
};

export function failed(problem: PrintProblem): SendResult {
  return { kind: 'failedNotSent', problem };
}

export function unknown(problem: PrintProblem): SendResult {
  return { kind: 'unknown', problem };
}
