import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterLook, SendResult } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import type { PrinterState, SpoolHandle, Winspool } from './winspool.ts';
import { SpoolError } from './winspool.ts';

/** What the thread that waits for the paper tells the one that makes it. */
export type SpoolGate = {
  /** Blocks until the first byte may go; false: it must not. */
  readonly mayBegin: () => boolean;
  readonly mustStop: () => boolean;
  /** Some bytes were taken. */
  readonly onProgress: () => void;
  /** Blocks for a moment, or until it must stop. */
  readonly pause: (ms: number) => void;
};

export type SpoolJob = {
  readonly printer: string;
  readonly datatype: string;
  readonly bytes: Uint8Array;
  /** How long the job may stay in the printer's queue after its last byte, in ms. */
  readonly followMs: number;
};

const chunkBytes = 16 * 1024;
const lookMs = 100;

const printerIs = {
  paused: 0x1,
  error: 0x2,
  paperOut: 0x10,
  offline: 0x80,
  notAvailable: 0x1000,
  doorOpen: 0x400000,
};
const worksOffline = 0x400;
const jobIs = {
  error: 0x2,
  deleting: 0x4,
  offline: 0x20,
  paperOut: 0x40,
  printed: 0x80,
  deleted: 0x100,
  blocked: 0x200,
  needsPerson: 0x400,
  complete: 0x1000,
};

/** Windows' numbers that mean something to a person. */
const problems: Readonly<Record<number, PrintProblem>> = {
  2: 'notFound', // ERROR_FILE_NOT_FOUND
  5: 'accessDenied', // ERROR_ACCESS_DENIED
  21: 'offline', // ERROR_NOT_READY
  28: 'paperOut', // ERROR_OUT_OF_PAPER
  53: 'notFound', // ERROR_BAD_NETPATH
  67: 'notFound', // ERROR_BAD_NET_NAME
  1722: 'spooler', // RPC_S_SERVER_UNAVAILABLE
  1801: 'notFound', // ERROR_INVALID_PRINTER_NAME
  1804: 'datatype', // ERROR_INVALID_DATATYPE
  1905: 'notFound', // ERROR_PRINTER_DELETED
};

/** @throws the error itself when it is not the spooler's: a defect */
export function problemOfSpooler(error: unknown): PrintProblem {
  if (error instanceof SpoolError) return problems[error.code] ?? 'spooler';
  throw error;
}

/** How Windows believes the printer to be; many drivers never say. */
export function lookAtPrinter(winspool: Winspool, printer: string): PrinterLook {
  try {
    const handle = winspool.open(printer);
    try {
      return { problem: problemOfState(winspool.state(handle)), isPaperNearEnd: false };
    } finally {
      winspool.close(handle);
    }
  } catch (error) {
    return { problem: problemOfSpooler(error), isPaperNearEnd: false };
  }
}

function problemOfState({ status, attributes }: PrinterState): PrintProblem | null {
  if ((status & printerIs.paperOut) !== 0) return 'paperOut';
  if ((status & printerIs.doorOpen) !== 0) return 'coverOpen';
  const absent = printerIs.paused | printerIs.error | printerIs.offline | printerIs.notAvailable;
  return (status & absent) !== 0 || (attributes & worksOffline) !== 0 ? 'offline' : null;
}

/** Sends one job through the spooler. Blocks; runs in the worker. */
export function sendThroughSpooler(winspool: Winspool, job: SpoolJob, gate: SpoolGate): SendResult {
  let handle: SpoolHandle;
  try {
    handle = winspool.open(job.printer);
  } catch (error) {
    return failed(problemOfSpooler(error));
  }
  try {
    return sendTo(winspool, handle, job, gate);
  } finally {
    winspool.close(handle);
  }
}

function sendTo(winspool: Winspool, handle: SpoolHandle, job: SpoolJob, gate: SpoolGate): SendResult {
  let number: number;
  try {
    // What Windows holds back for a printer that is away comes out by itself when it is back.
    const problem = problemOfState(winspool.state(handle));
    if (problem !== null) return failed(problem);
    number = winspool.startDoc(handle, 'Sanduq', job.datatype);
  } catch (error) {
    winspool.abort(handle);
    return failed(problemOfSpooler(error));
  }
  if (!gate.mayBegin()) {
    winspool.abort(handle);
    return failed('brokenOff');
  }
  try {
    for (let at = 0; at < job.bytes.length;) {
      const taken = gate.mustStop() ? 0 : winspool.write(handle, job.bytes.subarray(at, at + chunkBytes));
      if (taken === 0) {
        winspool.abort(handle);
        return unknown('brokenOff');
      }
      at += taken;
      gate.onProgress();
    }
    winspool.endDoc(handle);
    return untilGone(winspool, handle, number, job.followMs, gate);
  } catch (error) {
    winspool.abort(handle);
    return unknown(problemOfSpooler(error));
  }
}

/** The job is whole in the spooler: when it leaves the queue without trouble, the printer has taken it. */
function untilGone(
  winspool: Winspool,
  handle: SpoolHandle,
  number: number,
  followMs: number,
  gate: SpoolGate,
): SendResult {
  const endsAt = performance.now() + followMs;
  for (;;) {
    const status = winspool.jobStatus(handle, number);
    if (status === null || (status & (jobIs.printed | jobIs.complete)) !== 0) return { kind: 'sent' };
    const problem = problemOfJob(status) ?? (performance.now() > endsAt ? 'timedOut' : null);
    if (problem !== null || gate.mustStop()) {
      // A person is asked now; what came out by itself later would be an answer nobody waits for.
      winspool.deleteJob(handle, number);
      return unknown(problem ?? 'brokenOff');
    }
    gate.onProgress();
    gate.pause(lookMs);
  }
}

function problemOfJob(status: number): PrintProblem | null {
  if ((status & jobIs.paperOut) !== 0) return 'paperOut';
  if ((status & (jobIs.deleting | jobIs.deleted)) !== 0) return 'brokenOff';
  const held = jobIs.error | jobIs.offline | jobIs.blocked | jobIs.needsPerson;
  return (status & held) !== 0 ? 'offline' : null;
}
