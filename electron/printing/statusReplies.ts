import type { PrintProblem } from '../../shared/ipc/contract.ts';

/** What a printer says, told apart by its fixed bits (handbook: printing.md). */
export type StatusReply =
  /** Answer to `DLE EOT n`: 0xx1xx10. It does not say to which n, so one is asked at a time. */
  | { readonly kind: 'realTime'; readonly byte: number }
  /** Answer to `GS r`, given only when the printer reaches that place in the job: 0xx0xxxx. */
  | { readonly kind: 'queued'; readonly byte: number };

/**
 * Reads a printer's bytes, split anywhere. Automatic status (0xx1xx00 and three more) comes whenever it likes, also
 * between question and answer, and is skipped; so are process ids and flow control.
 */
export function createStatusReader(): (bytes: Uint8Array) => StatusReply[] {
  let automaticLeft = 0;
  let isInProcessId = false;

  function read(byte: number): StatusReply | null {
    if (isInProcessId) {
      // 37 22 d1 d2 d3 d4 00
      isInProcessId = byte !== 0x00;
      return null;
    }
    if ((byte & 0x93) === 0x12) return { kind: 'realTime', byte };
    if ((byte & 0x93) === 0x10) {
      automaticLeft = 3;
      return null;
    }
    if (byte === 0x37) {
      isInProcessId = true;
      return null;
    }
    if ((byte & 0x90) !== 0) return null;
    if (automaticLeft > 0) {
      automaticLeft -= 1;
      return null;
    }
    return { kind: 'queued', byte };
  }
  return (bytes) => [...bytes].map(read).filter((reply) => reply !== null);
}

/** The real-time questions in the order in which their answers say most. */
export const realTimeQuestions = [1, 2, 4] as const;
export type RealTimeQuestion = (typeof realTimeQuestions)[number];

/** What keeps the printer from printing, by its answers to `DLE EOT` 1, 2 and 4; null when nothing does. */
export function problemOf(answers: ReadonlyMap<RealTimeQuestion, number>): PrintProblem | null {
  const printer = answers.get(1) ?? 0;
  const cause = answers.get(2) ?? 0;
  const paper = answers.get(4) ?? 0;
  if ((paper & 0x60) !== 0) return 'paperOut';
  if ((cause & 0x04) !== 0) return 'coverOpen';
  if ((cause & 0x20) !== 0) return 'paperOut';
  if ((cause & 0x40) !== 0 || (printer & 0x08) !== 0) return 'offline';
  return null;
}
