import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { PrintProblem } from '../../shared/ipc/contract.ts';
import type { RealTimeQuestion } from './statusReplies.ts';
import { createStatusReader, problemOf, realTimeQuestions } from './statusReplies.ts';
import type { SendResult, Transport } from './transport.ts';

/** How patient the transport is, in milliseconds. */
export type TcpPatience = {
  readonly connectMs: number;
  /** For one answer to a status question. */
  readonly statusMs: number;
  /** A printer that takes not one chunk of the job for this long has stalled. */
  readonly stallMs: number;
  /** Between two looks at the printer while it works through the job. */
  readonly lookMs: number;
  /** After the whole job is in the printer: how long it may take to say that it is done. */
  readonly settleMs: number;
  /** After the last byte was handed over: how long the printer may say nothing at all. */
  readonly silenceMs: number;
  /** For the printer to close its side. */
  readonly closeMs: number;
};

const usualPatience: TcpPatience = {
  connectMs: 3_000,
  statusMs: 700,
  stallMs: 15_000,
  lookMs: 500,
  settleMs: 8_000,
  silenceMs: 15_000,
  closeMs: 1_000,
};

export type TcpPrinter = {
  readonly host: string;
  readonly port: number;
  readonly patience?: Partial<TcpPatience>;
};

const chunkBytes = 4096;
/** `GS r 1`: answered when the printer comes to it, and never while the paper is out. */
const tellWhenDone = Buffer.from([0x1d, 0x72, 1]);

/** Raw TCP, port 9100: asks before the job, sends with back-pressure, and waits until the job is known to be in. */
export function createTcpTransport(printer: TcpPrinter): Transport {
  const patience: TcpPatience = { ...usualPatience, ...printer.patience };

  return {
    send: async (job, signal, beforeFirstByte) => {
      if (signal.aborted) return failed('brokenOff');
      const opened = await open(printer.host, printer.port, patience.connectMs, signal);
      if (opened.line === null) return failed(opened.problem);
      const { line } = opened;
      const abort = () => line.socket.destroy();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const before = await askAll(line, patience.statusMs);
        if (line.isBroken()) return failed('brokenOff');
        const problem = problemOf(before);
        if (problem !== null) return failed(problem);
        const speaks = before.size > 0;

        line.forgetQueued();
        beforeFirstByte();
        const jobBytes = speaks ? Buffer.concat([job, tellWhenDone]) : job;
        const sendingProblem = await sendAll(line, jobBytes, patience.stallMs);
        if (sendingProblem !== null) return unknown(sendingProblem);
        return speaks ? await untilDone(line, patience) : await untilTaken(line, patience);
      } finally {
        signal.removeEventListener('abort', abort);
        await line.close(patience.closeMs);
      }
    },
  };
}

/** The job is in flight to a printer that answers: wait for its word, and look at it meanwhile. */
async function untilDone(line: Line, patience: TcpPatience): Promise<SendResult> {
  const sentAt = performance.now();
  let allReceivedAt: number | null = null;
  for (;;) {
    const done = await line.nextQueued(patience.lookMs);
    if (done !== null) return (done & 0x0c) === 0x0c ? unknown('paperOut') : { kind: 'confirmed' };
    if (line.isBroken()) return unknown('brokenOff');
    const answers = await askAll(line, patience.statusMs);
    if (line.hasQueued()) continue;
    const problem = problemOf(answers);
    if (problem !== null) return unknown(problem);
    // An answer to a question that was sent after the job means that the job before it has arrived.
    if (answers.size > 0) allReceivedAt ??= performance.now();
    if (allReceivedAt !== null && performance.now() - allReceivedAt > patience.settleMs)
      return { kind: 'sent' };
    if (allReceivedAt === null && performance.now() - sentAt > patience.silenceMs) return unknown('timedOut');
  }
}

/** A printer that answers nothing: when it closes its side after ours, it has read everything. */
async function untilTaken(line: Line, patience: TcpPatience): Promise<SendResult> {
  line.socket.end();
  const end = await line.peerEnd(patience.silenceMs);
  if (end === 'ended') return { kind: 'sent' };
  return unknown(end === 'broken' ? 'brokenOff' : 'timedOut');
}

async function askAll(line: Line, timeoutMs: number): Promise<Map<RealTimeQuestion, number>> {
  const answers = new Map<RealTimeQuestion, number>();
  for (const question of realTimeQuestions) {
    const answer = await line.askRealTime(question, timeoutMs);
    // Silent about the first: silent about all of them, and every further question costs a wait.
    if (answer === null) break;
    answers.set(question, answer);
  }
  return answers;
}

/** Null when every byte was taken by the network; otherwise what stopped it. */
async function sendAll(line: Line, job: Uint8Array, stallMs: number): Promise<PrintProblem | null> {
  for (let at = 0; at < job.length; at += chunkBytes) {
    const outcome = await line.write(job.subarray(at, at + chunkBytes), stallMs);
    if (outcome !== 'written') return outcome === 'broken' ? 'brokenOff' : 'timedOut';
  }
  return null;
}

function failed(problem: PrintProblem): SendResult {
  return { kind: 'failedNotSent', problem };
}

function unknown(problem: PrintProblem): SendResult {
  return { kind: 'unknown', problem };
}

type Opened = { readonly line: Line } | { readonly line: null; readonly problem: PrintProblem };

function open(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const give = (result: Opened) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', refused);
      if (result.line === null) {
        // What still comes of an abandoned connection is nobody's concern.
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(result);
    };
    const abort = () => give({ line: null, problem: 'brokenOff' });
    const refused = (error: NodeJS.ErrnoException) =>
      give({ line: null, problem: error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable' });
    const timer = setTimeout(() => give({ line: null, problem: 'unreachable' }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', refused);
    socket.once('connect', () => give({ line: createLine(socket) }));
  });
}

type Line = ReturnType<typeof createLine>;

/** A connection whose answers can be waited for; no wait ever rejects, and every wait has an end. */
function createLine(socket: Socket) {
  const readStatus = createStatusReader();
  const queued: number[] = [];
  let realTime: number | null = null;
  let hasError = false;
  let hasEnded = false;
  let isClosed = false;
  const watchers = new Set<() => void>();
  const wake = () => {
    for (const watcher of watchers) watcher();
  };

  socket.on('data', (bytes: Buffer) => {
    for (const reply of readStatus(bytes)) {
      if (reply.kind === 'queued') queued.push(reply.byte);
      else realTime = reply.byte;
    }
    wake();
  });
  socket.on('error', () => {
    hasError = true;
    wake();
  });
  socket.on('end', () => {
    hasEnded = true;
    wake();
  });
  socket.on('close', () => {
    isClosed = true;
    wake();
  });

  const isBroken = () => hasError || hasEnded || isClosed;

  /** Resolves when the condition holds, the line is broken, or the time is over; says whether it holds. */
  function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        if (condition() || isBroken()) finish();
      };
      const finish = () => {
        clearTimeout(timer);
        watchers.delete(look);
        resolve(condition());
      };
      const timer = setTimeout(finish, timeoutMs);
      watchers.add(look);
      look();
    });
  }

  return {
    socket,
    isBroken,
    hasQueued: () => queued.length > 0,
    /** What was said before the job is no word about the job. */
    forgetQueued: () => {
      queued.length = 0;
    },
    nextQueued: async (timeoutMs: number): Promise<number | null> => {
      await until(() => queued.length > 0, timeoutMs);
      return queued.shift() ?? null;
    },
    askRealTime: async (question: RealTimeQuestion, timeoutMs: number): Promise<number | null> => {
      if (isBroken()) return null;
      realTime = null;
      socket.write(Buffer.from([0x10, 0x04, question]));
      await until(() => realTime !== null, timeoutMs);
      return realTime;
    },
    write: async (bytes: Uint8Array, timeoutMs: number): Promise<'written' | 'stalled' | 'broken'> => {
      if (isBroken()) return 'broken';
      let isWritten = false;
      socket.write(bytes, (error) => {
        isWritten = error === undefined || error === null;
        wake();
      });
      if (await until(() => isWritten, timeoutMs)) return 'written';
      return isBroken() ? 'broken' : 'stalled';
    },
    peerEnd: async (timeoutMs: number): Promise<'ended' | 'broken' | 'silent'> => {
      await until(() => hasEnded, timeoutMs);
      if (hasEnded && !hasError) return 'ended';
      return hasError || isClosed ? 'broken' : 'silent';
    },
    /** Half-closes, gives the printer a moment to close its side (a sudden end loses what it has not read), ends. */
    close: async (timeoutMs: number): Promise<void> => {
      if (!socket.destroyed) {
        socket.end();
        await until(() => hasEnded || isClosed, timeoutMs);
      }
      socket.destroy();
    },
  };
}
