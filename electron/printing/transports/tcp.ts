import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterAbilities, Transport } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import type { Conversation } from './conversation.ts';
import { lookOver, printOver, probeOver } from './conversation.ts';
import type { Line } from './line.ts';
import { createLine } from './line.ts';
import { listenFor } from './listening.ts';
import type { Patience } from './patience.ts';
import { usualPatience } from './patience.ts';

export type TcpPrinter = {
  readonly host: string;
  readonly port: number;
  /** What the probe at set-up found; left out: not probed. */
  readonly abilities?: PrinterAbilities;
  readonly patience?: Partial<Patience>;
};

const chunkBytes = 4096;

/** Raw TCP, port 9100: asks before the job, and half-closes and keeps reading after it. */
export function createTcpTransport(printer: TcpPrinter): Transport {
  const patience: Patience = { ...usualPatience, ...printer.patience };

  /** Opens a connection, talks over it, closes it: a printer serves one at a time. */
  async function talk<T>(
    signal: AbortSignal,
    onTrouble: (problem: PrintProblem) => T,
    act: (conversation: Conversation) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) return onTrouble('brokenOff');
    const opened = await open(printer.host, printer.port, patience.connectMs, signal);
    if (opened.socket === null) return onTrouble(opened.problem);
    const { socket } = opened;
    const line = createLine(socket);
    const abort = () => {
      line.breakOff();
      socket.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await act({
        name: `tcp ${printer.host} ${printer.port}`,
        line,
        patience,
        abilities: printer.abilities ?? null,
        chunkBytes,
        // When it closes its side after ours, it has read everything.
        untilTaken: async () => {
          socket.end();
          const end = await line.peerEnd(patience.silenceMs);
          if (end === 'ended') return { kind: 'sent' };
          return unknown(end === 'broken' ? 'brokenOff' : 'timedOut');
        },
      });
    } finally {
      signal.removeEventListener('abort', abort);
      await close(socket, line, patience.closeMs);
    }
  }

  return {
    send: (job, signal, beforeFirstByte) =>
      talk(signal, failed, (conversation) => printOver(conversation, job, beforeFirstByte)),
    look: (signal) => talk(signal, (problem) => ({ problem, isPaperNearEnd: false }), lookOver),
    probe: (signal) =>
      talk(
        signal,
        (problem) => ({
          answersStatus: false,
          acknowledges: false,
          look: { problem, isPaperNearEnd: false },
        }),
        probeOver,
      ),
  };
}

type Opened = { readonly socket: Socket } | { readonly socket: null; readonly problem: PrintProblem };

function open(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const give = (result: Opened) => {
      waiting.stop();
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', refused);
      if (result.socket === null) {
        // What still comes of an abandoned connection is nobody's concern.
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(result);
    };
    const abort = () => give({ socket: null, problem: 'brokenOff' });
    const refused = (error: NodeJS.ErrnoException) =>
      give({ socket: null, problem: error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable' });
    const waiting = listenFor(timeoutMs, () => give({ socket: null, problem: 'unreachable' }));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', refused);
    socket.once('connect', () => give({ socket }));
  });
}

/** Half-closes, gives the printer a moment to close its side (a sudden end loses what it has not read), ends. */
async function close(socket: Socket, line: Line, timeoutMs: number): Promise<void> {
  if (!socket.destroyed) {
    socket.end();
    await line.peerEnd(timeoutMs);
  }
  socket.destroy();
}
