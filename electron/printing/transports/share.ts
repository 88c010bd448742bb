import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { SendResult, Transport } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import { within } from './deadline.ts';
import { problemOfErrno } from './errno.ts';
import type { Patience } from './patience.ts';
import { usualPatience } from './patience.ts';

export type SharedPrinter = {
  /** `\\host\name`, or any path that takes bytes. */
  readonly path: string;
  readonly patience?: Partial<Patience>;
};

const chunkBytes = 32 * 1024;

/**
 * Paths with an open or a write that was given up on and is still under way in the operating system. Nothing else is
 * begun there meanwhile: it would take one more of the few threads that all files share, and two jobs must not mix.
 */
const abandoned = new Set<string>();

function abandon(path: string, work: Promise<unknown>): void {
  abandoned.add(path);
  const forget = () => abandoned.delete(path);
  work.then(forget, forget);
}

/**
 * A printer that a PC shares, written to like a file. It says nothing about paper. A share that is away is given up on
 * after a time of our own, and **what was given up on is never written later by itself**: an open that succeeds too late
 * is closed empty.
 */
export function createShareTransport(printer: SharedPrinter): Transport {
  const patience: Patience = { ...usualPatience, ...printer.patience };
  const { path } = printer;

  async function send(
    job: Uint8Array,
    signal: AbortSignal,
    beforeFirstByte: () => void,
  ): Promise<SendResult> {
    if (signal.aborted) return failed('brokenOff');
    if (abandoned.has(path)) return failed('unreachable');
    // What is there is opened and nothing is ever made: a missing share is not a new file.
    const opening = open(path, constants.O_WRONLY);
    const opened = await within(opening, patience.connectMs, signal);
    if (opened.kind === 'failed') return failed(problemOfErrno(opened.error));
    if (opened.kind !== 'done') {
      abandon(
        path,
        opening.then((file) => file.close()),
      );
      return failed(opened.kind === 'late' ? 'unreachable' : 'brokenOff');
    }
    const file = opened.value;
    try {
      beforeFirstByte();
    } catch (error) {
      await file.close();
      throw error;
    }
    return writeAll(file, job, signal);
  }

  async function writeAll(file: FileHandle, job: Uint8Array, signal: AbortSignal): Promise<SendResult> {
    for (let at = 0; at < job.length;) {
      const writing = file.write(job, at, Math.min(chunkBytes, job.length - at));
      const written = await within(writing, patience.stallMs, signal);
      if (written.kind === 'done') {
        at += written.value.bytesWritten;
        continue;
      }
      abandon(
        path,
        Promise.allSettled([writing]).then(() => file.close()),
      );
      return unknown(written.kind === 'late' ? 'timedOut' : 'brokenOff');
    }
    // The other PC prints when the file is closed.
    const closing = file.close();
    const closed = await within(closing, patience.silenceMs, signal);
    if (closed.kind === 'done') return { kind: 'sent' };
    abandon(path, closing);
    return unknown(closed.kind === 'late' ? 'timedOut' : 'brokenOff');
  }

  return {
    send,
    look: () => Promise.resolve(null),
    probe: () => Promise.resolve({ answersStatus: false, acknowledges: false, look: null }),
  };
}
