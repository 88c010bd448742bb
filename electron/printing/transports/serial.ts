import type { SerialPort } from 'serialport';
import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterAbilities, SendResult, Transport } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import type { Conversation } from './conversation.ts';
import { lookOver, printOver, probeOver } from './conversation.ts';
import { within } from './deadline.ts';
import { createLine } from './line.ts';
import type { Patience } from './patience.ts';
import { usualPatience } from './patience.ts';

export type SerialPrinter = {
  readonly path: string;
  readonly baudRate: number;
  /** What the probe at set-up found; left out: not probed. */
  readonly abilities?: PrinterAbilities;
  readonly patience?: Partial<Patience>;
};

/** A second's worth at 9,600 baud: the line's own back-pressure is felt between two of these. */
const chunkBytes = 960;
/** A start bit, eight bits and a stop bit. */
const bitsInByte = 10;

/** How long that many bytes take on the wire when the printer never says stop, in ms. */
export function wireMs(bytes: number, baudRate: number): number {
  return (bytes * bitsInByte * 1_000) / baudRate;
}

/**
 * Ports that this PC has, by the names that the settings take; none where the system cannot say. The library is loaded
 * now, not at start.
 */
export async function listSerialPorts(): Promise<string[]> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list().catch(() => []);
  return ports.map((port) => port.path).sort();
}

/**
 * A serial line: slow (a receipt takes 8.6 s at 115,200 baud), supported, discouraged. The printer stops us with its
 * RTS line, so the cable must have it.
 */
export function createSerialTransport(printer: SerialPrinter): Transport {
  const patience: Patience = { ...usualPatience, ...printer.patience };
  const { path, baudRate } = printer;

  async function talk<T>(
    jobBytes: number,
    signal: AbortSignal,
    onTrouble: (problem: PrintProblem) => T,
    act: (conversation: Conversation) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) return onTrouble('brokenOff');
    const opened = await open(path, baudRate, patience.connectMs);
    if (opened.port === null) return onTrouble(opened.problem);
    const { port } = opened;
    const line = createLine(port);
    const abort = () => line.breakOff();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const takenMs = wireMs(jobBytes, baudRate);
    try {
      return await act({
        name: `serial ${path}`,
        line,
        // The operating system holds what the wire has not carried yet, so the first word after the job is late by it.
        patience: { ...patience, silenceMs: patience.silenceMs + takenMs },
        abilities: printer.abilities ?? null,
        chunkBytes,
        untilTaken: () => untilDrained(port, signal, takenMs * 1.5 + patience.stallMs),
      });
    } finally {
      signal.removeEventListener('abort', abort);
      await close(port, patience.closeMs);
    }
  }

  return {
    send: (job, signal, beforeFirstByte) =>
      talk(job.length, signal, failed, (conversation) => printOver(conversation, job, beforeFirstByte)),
    look: (signal) => talk(0, signal, (problem) => ({ problem, isPaperNearEnd: false }), lookOver),
    probe: (signal) =>
      talk(
        0,
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

type Opened = { readonly port: SerialPort } | { readonly port: null; readonly problem: PrintProblem };

async function open(path: string, baudRate: number, timeoutMs: number): Promise<Opened> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, rtscts: true, autoOpen: false });
  const opening = new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(error)));
  });
  const opened = await within(opening, timeoutMs);
  if (opened.kind === 'done') {
    // Some printers print only while DTR says that somebody is there; a port without that line says so and is used.
    await within(
      new Promise<void>((resolve) => port.set({ dtr: true, rts: true }, () => resolve())),
      timeoutMs,
    );
    return { port };
  }
  // One that opens too late is closed again, unused.
  opening.then(
    () => port.close(() => {}),
    () => {},
  );
  return { port: null, problem: opened.kind === 'failed' ? problemOf(opened.error) : 'unreachable' };
}

/** The library passes on the system's words, not its code: Windows' and POSIX's. */
function problemOf(error: unknown): PrintProblem {
  const words = error instanceof Error ? error.message : '';
  if (/no such file|file not found|ENOENT/i.test(words)) return 'notFound';
  if (
    /access denied|permission denied|EACCES|cannot lock|resource (temporarily unavailable|busy)/i.test(words)
  )
    return /permission denied|EACCES/i.test(words) ? 'accessDenied' : 'busy';
  return 'unreachable';
}

/** A printer that answers nothing has taken what its wire has carried. */
async function untilDrained(port: SerialPort, signal: AbortSignal, timeoutMs: number): Promise<SendResult> {
  const draining = new Promise<void>((resolve, reject) => {
    port.drain((error) => (error === null ? resolve() : reject(error)));
  });
  const drained = await within(draining, timeoutMs, signal);
  if (drained.kind === 'done') return { kind: 'sent' };
  return unknown(drained.kind === 'late' ? 'timedOut' : 'brokenOff');
}

/** What the wire has not carried yet is thrown away: it must not come out of the next opening. */
async function close(port: SerialPort, timeoutMs: number): Promise<void> {
  if (!port.isOpen) return;
  const closing = new Promise<void>((resolve) => {
    port.flush(() => port.close(() => resolve()));
  });
  await within(closing, timeoutMs);
}
