import type { Duplex } from 'node:stream';
import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import { listenFor } from './listening.ts';
import type { RealTimeQuestion } from './statusReplies.ts';
import { createStatusReader } from './statusReplies.ts';

export type Line = ReturnType<typeof createLine>;

/**
 * A line to a printer, TCP or serial, whose answers can be waited for: no wait ever rejects, and every wait has an end.
 */
export function createLine(stream: Duplex) {
  const readStatus = createStatusReader();
  const queued: number[] = [];
  const processIds = new Set<string>();
  let realTime: number | null = null;
  let hasGarbage = false;
  let trouble: PrintProblem | null = null;
  let hasError = false;
  let hasEnded = false;
  let isClosed = false;
  const watchers = new Set<() => void>();
  const wake = () => {
    for (const watcher of watchers) watcher();
  };

  stream.on('data', (bytes: Buffer) => {
    for (const reply of readStatus(bytes)) {
      if (reply.kind === 'queued') queued.push(reply.byte);
      else if (reply.kind === 'processId') processIds.add(reply.id);
      else if (reply.kind === 'realTime') realTime = reply.byte;
      else if (reply.kind === 'automatic') trouble ??= reply.problem;
      else hasGarbage = true;
    }
    wake();
  });
  const breakOff = () => {
    hasError = true;
    wake();
  };
  stream.on('error', breakOff);
  stream.on('end', () => {
    hasEnded = true;
    wake();
  });
  stream.on('close', () => {
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
        waiting.stop();
        watchers.delete(look);
        resolve(condition());
      };
      const waiting = listenFor(timeoutMs, finish);
      watchers.add(look);
      look();
    });
  }

  return {
    isBroken,
    /** Ends every wait: the program is closing, or the port went away. */
    breakOff,
    /** Something was said that no receipt printer says. */
    saidGarbage: () => hasGarbage,
    /** The first trouble that the printer told of by itself, even if it is over. */
    trouble: () => trouble,
    hasQueued: () => queued.length > 0,
    takeQueued: (): number | null => queued.shift() ?? null,
    hasAcknowledged: (id: string) => processIds.has(id),
    /** What was said before the job is no word about the job. */
    forget: () => {
      queued.length = 0;
      processIds.clear();
      trouble = null;
    },
    until,
    ask: async (question: RealTimeQuestion, timeoutMs: number): Promise<number | null> => {
      if (isBroken()) return null;
      realTime = null;
      stream.write(Buffer.from([0x10, 0x04, question]));
      await until(() => realTime !== null, timeoutMs);
      return realTime;
    },
    write: async (bytes: Uint8Array, timeoutMs: number): Promise<'written' | 'stalled' | 'broken'> => {
      if (isBroken()) return 'broken';
      let isWritten = false;
      stream.write(bytes, (error) => {
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
  };
}
