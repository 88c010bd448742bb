import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterLook } from '../transport.ts';

/** What a printer says, told apart by its fixed bits (handbook: printing.md). */
export type StatusReply =
  /** Answer to `DLE EOT n`: 0xx1xx10. It does not say to which n, so one is asked at a time. */
  | { readonly kind: 'realTime'; readonly byte: number }
  /** Answer to `GS r 1`, given only when the printer reaches that place in the job: 0000eenn. */
  | { readonly kind: 'queued'; readonly byte: number }
  /** Answer to `GS ( H`: the job with this number is on paper. */
  | { readonly kind: 'processId'; readonly id: string }
  /** Told by itself when something changes (`GS a`): what keeps the printer from printing now. */
  | { readonly kind: 'automatic'; readonly problem: PrintProblem | null }
  /** Nothing that a receipt printer says: a web server, a scale, a line with the wrong speed. */
  | { readonly kind: 'garbage'; readonly byte: number };

const processIdHeader = 0x37;
const processIdName = 0x22;
const xOn = 0x11;
const xOff = 0x13;

/**
 * Reads a printer's bytes, split anywhere. Automatic status (0xx1xx00 and three more) comes whenever it likes, also
 * between question and answer; flow control is skipped.
 */
export function createStatusReader(): (bytes: Uint8Array) => StatusReply[] {
  /** What has come of the four bytes of an automatic status. */
  let automatic: number[] = [];
  /** What has come of `37 22 d1 d2 d3 d4 00`. */
  let processId: number[] = [];

  function readProcessId(byte: number): StatusReply[] {
    const at = processId.length;
    processId.push(byte);
    const fits = at === 1 ? byte === processIdName : at === 6 ? byte === 0x00 : byte >= 0x20 && byte <= 0x7e;
    if (fits && at < 6) return [];
    const seen = processId;
    processId = [];
    if (fits) return [{ kind: 'processId', id: String.fromCharCode(...seen.slice(2, 6)) }];
    return seen.map((wrong) => ({ kind: 'garbage', byte: wrong }));
  }

  function read(byte: number): StatusReply[] {
    if (processId.length > 0) return readProcessId(byte);
    if ((byte & 0x93) === 0x12) return [{ kind: 'realTime', byte }];
    if (automatic.length > 0 && (byte & 0x90) === 0) {
      automatic.push(byte);
      if (automatic.length < 4) return [];
      const problem = automaticProblemOf(automatic);
      automatic = [];
      return [{ kind: 'automatic', problem }];
    }
    if ((byte & 0x93) === 0x10) {
      automatic = [byte];
      return [];
    }
    if (byte === xOn || byte === xOff) return [];
    if (byte === processIdHeader) {
      processId = [byte];
      return [];
    }
    // Both sensors of a kind speak together, and nothing else is said in this byte.
    if (byte === 0x00 || byte === 0x03 || byte === 0x0c || byte === 0x0f) return [{ kind: 'queued', byte }];
    return [{ kind: 'garbage', byte }];
  }
  return (bytes) => [...bytes].flatMap(read);
}

function automaticProblemOf([printer = 0, , paper = 0]: readonly number[]): PrintProblem | null {
  if ((paper & 0x0c) !== 0) return 'paperOut';
  if ((printer & 0x20) !== 0) return 'coverOpen';
  return (printer & 0x08) !== 0 ? 'offline' : null;
}

/** The real-time questions in the order in which their answers say most. */
export const realTimeQuestions = [1, 2, 4] as const;
export type RealTimeQuestion = (typeof realTimeQuestions)[number];
export type RealTimeAnswers = ReadonlyMap<RealTimeQuestion, number>;

/** What keeps the printer from printing, by its answers to `DLE EOT` 1, 2 and 4; null when nothing does. */
export function problemOf(answers: RealTimeAnswers): PrintProblem | null {
  const printer = answers.get(1) ?? 0;
  const cause = answers.get(2) ?? 0;
  const paper = answers.get(4) ?? 0;
  if ((paper & 0x60) !== 0) return 'paperOut';
  if ((cause & 0x04) !== 0) return 'coverOpen';
  if ((cause & 0x20) !== 0) return 'paperOut';
  if ((cause & 0x40) !== 0 || (printer & 0x08) !== 0) return 'offline';
  return null;
}

/** What the answers say to a person. */
export function lookOf(answers: RealTimeAnswers): PrinterLook {
  return { problem: problemOf(answers), isPaperNearEnd: ((answers.get(4) ?? 0) & 0x0c) !== 0 };
}
