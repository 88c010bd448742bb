import { randomInt } from 'node:crypto';
import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterAbilities, PrinterLook, SendResult } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import type { Line } from './line.ts';
import type { Wait } from './listening.ts';
import { listenFor } from './listening.ts';
import type { Patience } from './patience.ts';
import type { RealTimeAnswers, RealTimeQuestion } from './statusReplies.ts';
import { lookOf, problemOf, realTimeQuestions } from './statusReplies.ts';

export type Conversation = {
  /** Of the printer: the same one by the same name. */
  readonly name: string;
  readonly line: Line;
  readonly patience: Patience;
  /** Null: not probed yet; it is asked, and what it does not answer it is taken not to be able to. */
  readonly abilities: PrinterAbilities | null;
  /** Bytes handed over at a time: so many go out within `stallMs` on a line that works. */
  readonly chunkBytes: number;
  /** A printer that answers nothing: how it is known that it has taken everything. */
  readonly untilTaken: () => Promise<SendResult>;
};

/** `GS r 1`: answered when the printer comes to it, and never while the paper is out. */
const tellWhenThere = Buffer.from([0x1d, 0x72, 1]);

/** `GS ( H` function 48: answered with the number when what stands before it is on paper. */
function tellWhenPrinted(id: string): Buffer {
  return Buffer.concat([Buffer.from([0x1d, 0x28, 0x48, 6, 0, 48, 48]), Buffer.from(id, 'latin1')]);
}

const idSigns = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz';
/** Never the number of a job before it, whose answer may still come. */
function newProcessId(): string {
  return Array.from({ length: 4 }, () => idSigns[randomInt(idSigns.length)]).join('');
}

/**
 * Printers that owe no answer: their last job was confirmed. An answer to `GS r` has no number, so that one that a
 * broken-off job left behind in the printer would pass for the next job's.
 */
const owingNothing = new Set<string>();

/** Asks before the job, sends it with back-pressure, and waits until it is known to be in or on paper. */
export async function printOver(
  conversation: Conversation,
  job: Uint8Array,
  beforeFirstByte: () => void,
): Promise<SendResult> {
  const { name, line, patience, abilities, chunkBytes } = conversation;
  const isMute = abilities?.answersStatus === false;
  const before: RealTimeAnswers = isMute ? new Map() : await askAll(line, patience.statusMs);
  if (!isMute && line.saidGarbage()) return failed('garbage');
  if (line.isBroken()) return failed('brokenOff');
  const problem = problemOf(before);
  if (problem !== null) return failed(problem);
  const speaks = before.size > 0;
  // A printer that is known to answer and does not is hung or is another one: its paper would be a guess.
  if (abilities?.answersStatus === true && !speaks) return failed('noAnswer');

  const processId = speaks && abilities?.acknowledges === true ? newProcessId() : null;
  const countsAnswers =
    speaks && processId === null && (owingNothing.has(name) || (await paysItsDebt(line, patience)));
  if (speaks && line.saidGarbage()) return failed('garbage');
  if (line.isBroken()) return failed('brokenOff');
  const question = processId !== null ? tellWhenPrinted(processId) : speaks ? tellWhenThere : Buffer.alloc(0);
  line.forget();
  owingNothing.delete(name);
  beforeFirstByte();
  const sendingProblem = await sendAll(
    line,
    Buffer.concat([job, question]),
    chunkBytes,
    patience.stallMs,
    speaks,
  );
  if (sendingProblem !== null) return unknown(sendingProblem);
  if (!speaks) {
    const taken = await conversation.untilTaken();
    // A printer that says nothing said something: it is none.
    return taken.kind === 'sent' && line.saidGarbage() ? unknown('garbage') : taken;
  }
  const result = await untilDone(line, patience, (heard) =>
    processId === null ? countsAnswers && heard !== null : line.hasAcknowledged(processId),
  );
  if (result.kind === 'confirmed') owingNothing.add(name);
  return result;
}

/**
 * Asks `GS r` before the job: what the printer still had to say comes before this answer, and right before it, because
 * nothing is to be printed in between. False: it says nothing, or is still at work on something else.
 */
async function paysItsDebt(line: Line, patience: Patience): Promise<boolean> {
  await line.write(tellWhenThere, patience.stallMs);
  if (!(await line.until(line.hasQueued, patience.statusMs))) return false;
  while (line.takeQueued() !== null) await line.until(line.hasQueued, patience.statusMs / 2);
  return !line.isBroken();
}

/**
 * The job is in flight to a printer that answers: wait for its word, and look at it meanwhile.
 * @param isDone whether what was heard, an answer to `GS r` or none, says that this very job is done
 */
async function untilDone(
  line: Line,
  patience: Patience,
  isDone: (heard: number | null) => boolean,
): Promise<SendResult> {
  const silence = listenFor(patience.silenceMs);
  let settling: Wait | null = null;
  try {
    for (;;) {
      const hasNews = () => isDone(null) || line.hasQueued() || troubleOn(line) !== null;
      await line.until(hasNews, patience.lookMs);
      const trouble = troubleOn(line);
      if (trouble !== null) return unknown(trouble);
      const heard = line.takeQueued();
      if (heard !== null && (heard & 0x0c) !== 0) return unknown('paperOut');
      if (isDone(heard)) return { kind: 'confirmed' };
      if (line.isBroken()) return unknown('brokenOff');
      const answers = await askAll(line, patience.statusMs);
      if (hasNews()) continue;
      const problem = problemOf(answers);
      if (problem !== null) return unknown(problem);
      // An answer to a question that was sent after the job means that the job before it has arrived.
      if (answers.size > 0) settling ??= listenFor(patience.settleMs);
      if (settling?.isOver() === true) return { kind: 'sent' };
      if (settling === null && silence.isOver()) return unknown('timedOut');
    }
  } finally {
    silence.stop();
    settling?.stop();
  }
}

/**
 * What a printer that answers told of by itself. Among garbage even a right word may be chance; and paper that was out is
 * perhaps in again and the job goes on, on another piece and with a row missing.
 */
function troubleOn(line: Line): PrintProblem | null {
  return line.saidGarbage() ? 'garbage' : line.trouble();
}

/** How the printer is; null when it does not say. */
export async function lookOver({ line, patience, abilities }: Conversation): Promise<PrinterLook | null> {
  if (abilities?.answersStatus === false) return null;
  const answers = await askAll(line, patience.statusMs);
  const trouble = (problem: PrintProblem): PrinterLook => ({ problem, isPaperNearEnd: false });
  if (line.saidGarbage()) return trouble('garbage');
  if (answers.size > 0) return lookOf(answers);
  if (line.isBroken()) return trouble('brokenOff');
  return abilities === null ? null : trouble('noAnswer');
}

/** What the printer can: asked for its status, and for a number when it has nothing to print. */
export async function probeOver(
  conversation: Conversation,
): Promise<PrinterAbilities & { readonly look: PrinterLook | null }> {
  const { line, patience } = conversation;
  const look = await lookOver({ ...conversation, abilities: null });
  if (look === null || look.problem === 'garbage' || look.problem === 'brokenOff')
    return { answersStatus: false, acknowledges: false, look };
  const id = newProcessId();
  await line.write(tellWhenPrinted(id), patience.stallMs);
  await line.until(() => line.hasAcknowledged(id), patience.statusMs * 2);
  return { answersStatus: true, acknowledges: line.hasAcknowledged(id), look };
}

async function askAll(line: Line, timeoutMs: number): Promise<RealTimeAnswers> {
  const answers = new Map<RealTimeQuestion, number>();
  for (const question of realTimeQuestions) {
    const answer = await line.ask(question, timeoutMs);
    // Silent about the first: silent about all of them, and every further question costs a wait.
    if (answer === null) break;
    answers.set(question, answer);
  }
  return answers;
}

/** Null when every byte was taken by the line; otherwise what stopped it. */
async function sendAll(
  line: Line,
  job: Uint8Array,
  chunkBytes: number,
  stallMs: number,
  isHeard: boolean,
): Promise<PrintProblem | null> {
  for (let at = 0; at < job.length; at += chunkBytes) {
    const outcome = await line.write(job.subarray(at, at + chunkBytes), stallMs);
    const trouble = isHeard ? troubleOn(line) : null;
    if (trouble !== null) return trouble;
    if (outcome !== 'written') return outcome === 'broken' ? 'brokenOff' : 'timedOut';
  }
  return null;
}
