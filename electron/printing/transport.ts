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

/** What a printer says of itself. */
export type PrinterLook = { readonly problem: PrintProblem | null; readonly isPaperNearEnd: boolean };

/** What a printer turned out to be able to, tried once at set-up. */
export type PrinterAbilities = { readonly answersStatus: boolean; readonly acknowledges: boolean };

/** A way to a printer: TCP, the Windows spooler, a serial line, a shared path, a folder of pictures. */
export type Transport = {
  /**
   * Sends one job.
   * @param beforeFirstByte called when the printer is ready and the next thing is the job's first byte; when it
   *   throws, nothing is sent and the error comes back
   */
  readonly send: (job: Uint8Array, signal: AbortSignal, beforeFirstByte: () => void) => Promise<SendResult>;
};
