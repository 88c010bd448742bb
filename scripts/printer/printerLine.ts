import type { Duplex } from 'node:stream';
import { createRealTimeScanner } from './escposParser.ts';
import type { Faults } from './faults.ts';

export type PrinterLineParts = {
  readonly faults: Faults;
  /** Bytes that got as far as the printer. */
  readonly take: (bytes: Uint8Array) => void;
  /** Works on what it has; false: it has all it can hold and can't print. */
  readonly work: () => boolean;
  readonly realTime: (question: number) => number;
  /** A pulse to a drawer in real time: also without paper. */
  readonly drawer: (pin: number) => void;
  readonly automaticStatus: () => readonly number[];
  /** What it looks like when the cable is pulled. */
  readonly pull: () => void;
  /** A printer listens to one connection after the other: false while it is another one's turn. */
  readonly isItsTurn: () => boolean;
  /** Nothing more will come over this line. */
  readonly onDone: () => void;
};

export type PrinterLine = {
  readonly answer: (...bytes: number[]) => void;
  /** Goes on after a fault was set or taken back. */
  readonly resume: () => void;
  readonly hasStalled: () => boolean;
};

/** A printer that reads slowly takes a little at a time, as its interface does. */
const paceMs = 5;
/** What is read from the network ahead of the pace. */
const aheadBytes = 4_096;
/** For how long an answer is kept back when nothing more is said. */
const heldMs = 40;
const garbage = Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'latin1');

/** One connection or serial line to the printer, with the faults that a line has. */
export function createPrinterLine(line: Duplex, parts: PrinterLineParts): PrinterLine {
  const { faults } = parts;
  /** Read from the network and not yet through the printer's slow interface. */
  const inbox: Buffer[] = [];
  let inboxBytes = 0;
  let taken = 0;
  let pace: NodeJS.Timeout | null = null;
  let lastFedAt = 0;
  let held: Buffer | null = null;
  let isPulled = false;
  let hasEnded = false;
  let isDone = false;

  const hasStalled = () => faults.stallAfterBytes !== null && taken >= faults.stallAfterBytes;
  const scan = createRealTimeScanner(
    (question) => answer(parts.realTime(question)),
    (pin) => parts.drawer(pin),
  );

  function say(bytes: Uint8Array): void {
    if (!line.destroyed && line.writable) line.write(bytes);
  }

  function answer(...bytes: number[]): void {
    if (faults.isSilent || hasStalled()) return;
    if (faults.answersGarbage) return say(garbage);
    if (faults.statusNoise) say(Buffer.from(parts.automaticStatus()));
    if (faults.answersOutOfOrder && bytes.length > 0) return keepBack(Buffer.from(bytes));
    // One by one, as a slow line brings them.
    for (const byte of bytes) say(Buffer.from([byte]));
    if (faults.statusNoise) say(Buffer.from(parts.automaticStatus()));
  }

  function keepBack(bytes: Buffer): void {
    const before = held;
    held = bytes;
    if (before !== null) {
      held = null;
      say(bytes);
      say(before);
      return;
    }
    setTimeout(() => {
      if (held !== bytes) return;
      held = null;
      say(bytes);
    }, heldMs).unref();
  }

  function feed(bytes: Buffer): void {
    taken += bytes.length;
    parts.take(bytes);
    scan(bytes);
    parts.work();
  }

  /** What may still come through before the cable is pulled or the printer stalls. */
  function room(): number {
    const limits = [faults.cablePulledAfterBytes, faults.stallAfterBytes].filter((limit) => limit !== null);
    return Math.max(0, Math.min(...limits, Infinity) - taken);
  }

  function finishWhenRead(): void {
    if (isDone || !hasEnded || (inbox.length > 0 && !isPulled)) return;
    isDone = true;
    if (!faults.neverCloses) line.end();
    parts.onDone();
  }

  function flow(): void {
    if (isPulled || !parts.isItsTurn()) return;
    let allowed = room();
    if (faults.bytesPerSecond !== null) {
      const now = performance.now();
      allowed = Math.min(allowed, Math.floor(((now - lastFedAt) * faults.bytesPerSecond) / 1_000));
      if (allowed > 0) lastFedAt = now;
    }
    while (allowed > 0 && inbox.length > 0 && parts.work()) {
      const [first = Buffer.alloc(0)] = inbox;
      const part = first.subarray(0, allowed);
      if (part.length === first.length) inbox.shift();
      else inbox[0] = first.subarray(part.length);
      inboxBytes -= part.length;
      allowed -= part.length;
      feed(part);
    }
    if (faults.cablePulledAfterBytes !== null && taken >= faults.cablePulledAfterBytes) {
      isPulled = true;
      hasEnded = true;
      parts.pull();
      finishWhenRead();
      return;
    }
    const mayRead = parts.work() && !hasStalled() && inboxBytes <= aheadBytes;
    if (mayRead) line.resume();
    else line.pause();
    if (faults.bytesPerSecond !== null && inbox.length > 0) {
      pace ??= setTimeout(() => {
        pace = null;
        flow();
      }, paceMs).unref();
    }
    finishWhenRead();
  }

  line.on('data', (bytes: Buffer) => {
    if (inbox.length === 0) lastFedAt = performance.now();
    inbox.push(bytes);
    inboxBytes += bytes.length;
    flow();
  });
  line.on('end', () => {
    hasEnded = true;
    finishWhenRead();
  });
  // A sender that breaks off is an everyday thing to a printer; what was not read is gone with the connection.
  line.on('error', () => {
    inbox.length = 0;
    line.destroy();
  });
  line.on('close', () => {
    hasEnded = true;
    finishWhenRead();
  });
  if (faults.statusNoise) answer();

  return { answer, resume: flow, hasStalled };
}
