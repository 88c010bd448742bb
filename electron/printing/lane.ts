import { createHash } from 'node:crypto';
import type { Printer, PrintProblem } from '../../shared/ipc/printing.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import type { Devices } from './devices.ts';
import type { Drawing } from './drawing.ts';
import type { DrawnJob } from './drawMessages.ts';
import { printPaper } from './escpos.ts';
import { openDrawer } from './openDrawer.ts';
import type { JobsOfPrinter, PrintJob } from './printJobs.ts';
import {
  didLastBreakOff,
  findJob,
  findNextJob,
  getContent,
  listInterrupted,
  markFailed,
  markSending,
  markSent,
  markUnknown,
} from './printJobs.ts';
import type { PrinterLook, SendResult, Transport } from './transport.ts';

export type LaneParts = {
  readonly db: WriteDb;
  /** Read again for each paper, so that a change works from the next one on; null when it was taken away. */
  readonly printer: () => Printer | null;
  /** Which jobs are this printer's. */
  readonly jobs: () => JobsOfPrinter;
  readonly transportFor: (printer: Printer) => Transport;
  readonly devices: Devices;
  readonly drawing: Pick<Drawing, 'draw'>;
  readonly clock: () => number;
  readonly journal: Pick<Journal, 'append'>;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
  readonly retryMs: { readonly first: number; readonly longest: number };
  /** Between two looks at a printer that has nothing to do, and at most when it can't be reached; null: never. */
  readonly lookMs: { readonly usual: number; readonly longest: number } | null;
};

/** One printer's papers, one after the other. */
export type Lane = {
  /** There is something to print. Returns at once and never throws. */
  readonly nudge: () => void;
  /** A person asks to try again now. */
  readonly retry: () => void;
  /** Opens the drawer, before the next paper; never tried again by itself. @returns what kept it shut */
  readonly openDrawer: () => Promise<PrintProblem | null>;
  /** What is known of the printer, and what it is doing. */
  readonly status: () => {
    readonly isPrinting: boolean;
    readonly look: PrinterLook | null;
    readonly nextTryAtMs: number | null;
  };
  /** What was known of it: it may be another printer now. */
  readonly forget: () => void;
  /** The last job that reached this printer may have ended in the middle. */
  readonly brokeOff: () => void;
  /** No new paper; the one that is being sent has as long as the queue lets it. */
  readonly end: (signal: AbortSignal) => Promise<void>;
};

/** Looks that find nobody come less and less often, and then end until there is something to print. */
const mostLooksAtNobody = 12;
const firstLookMs = 1_000;
const isNobody = (problem: PrintProblem | null): boolean =>
  problem === 'unreachable' || problem === 'refused' || problem === 'notFound' || problem === 'noAnswer';

/** A person sent the paper to another printer while this one was getting ready for it. */
class TakenAway extends Error {}

/**
 * Prints one printer's papers. Every change of a job's state is a transaction of its own, journaled in it; only what
 * never reached the printer is tried again by itself.
 */
export function createLane(parts: LaneParts): Lane {
  const { db, clock, journal, retryMs } = parts;
  const stopping = new AbortController();
  let isClosed = false;
  let isWanted = false;
  let isPrinting = false;
  let hasBrokenOff = didLastBreakOff(db, parts.jobs().printerId);
  let running: Promise<void> | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let nextTryAtMs: number | null = null;
  let delayMs = retryMs.first;
  let look: PrinterLook | null = null;
  let lookTimer: NodeJS.Timeout | null = null;
  let looksAtNobody = 0;

  function nudge(): void {
    if (isClosed) return;
    isWanted = true;
    if (running !== null) return;
    stopLooking();
    // Not in the caller's turn: a payment's reply goes out first.
    running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(printAll)
      .catch(parts.onError)
      .finally(() => {
        running = null;
        isPrinting = false;
        if (isWanted && !isClosed && retryTimer === null) nudge();
        else lookLater();
        parts.onChange();
      });
  }

  async function printAll(): Promise<void> {
    stopRetrying();
    recoverInterrupted();
    let undrawable = 0;
    for (;;) {
      isWanted = false;
      const printer = parts.printer();
      if (isClosed || printer === null) return;
      const job = findNextJob(db, parts.jobs());
      if (job === null) return;
      // Those that can't be drawn come last; once round is enough.
      if (job.problem === 'drawing' && undrawable > 0) return retryLater();
      isPrinting = true;
      parts.onChange();
      const problem = await printOne(job, printer);
      parts.onChange();
      if (problem === 'drawing') undrawable += 1;
      else if (problem !== null) return retryLater();
      else delayMs = retryMs.first;
    }
  }

  function retryLater(): void {
    if (isClosed) return;
    retryTimer = setTimeout(() => {
      stopRetrying();
      nudge();
    }, delayMs);
    retryTimer.unref();
    nextTryAtMs = clock() + delayMs;
    delayMs = Math.min(delayMs * 2, retryMs.longest);
  }

  function stopRetrying(): void {
    if (retryTimer !== null) clearTimeout(retryTimer);
    retryTimer = null;
    nextTryAtMs = null;
  }

  /** @returns what kept the paper from being sent, or null when it was sent or went to another printer */
  async function printOne(job: PrintJob, printer: Printer): Promise<PrintProblem | null> {
    let drawn: DrawnJob;
    try {
      drawn = await draw(job, printer);
    } catch (error) {
      parts.onError(error);
      fail(job, printer, 'drawing');
      return 'drawing';
    }
    const startSending = () =>
      transact(db, (tx) => {
        if (!isStillOurs(tx, job)) throw new TakenAway();
        markSending(tx, job.id, drawn, printer.id, clock());
      });
    try {
      const result = await parts.devices.use(printer.way, () => {
        const paper = { raster: drawn.raster, isAfterBreak: hasBrokenOff };
        return printPaper(parts.transportFor(printer), printer, paper, stopping.signal, startSending);
      });
      if (result.kind !== 'failedNotSent') hasBrokenOff = result.kind === 'unknown';
      return record(job, printer, drawn, result);
    } catch (error) {
      if (error instanceof TakenAway) return null;
      throw error;
    }
  }

  function draw(job: PrintJob, { dotsPerLine }: Printer): Promise<DrawnJob> {
    return parts.drawing.draw(getContent(db, job.id), { dotsPerLine, copyNumber: job.copyNumber });
  }

  function isStillOurs(tx: Tx, job: PrintJob): boolean {
    const now = findJob(tx, job.id);
    const isWaiting = now?.state === 'intended' || now?.state === 'failedNotSent';
    return isWaiting && now.printerId === job.printerId;
  }

  function record(job: PrintJob, printer: Printer, drawn: DrawnJob, result: SendResult): PrintProblem | null {
    if (result.kind === 'failedNotSent') {
      look = { problem: result.problem, isPaperNearEnd: false };
      return fail(job, printer, result.problem) ? result.problem : null;
    }
    if (result.kind === 'unknown') {
      look = null;
      becomeQuestion(job, printer.id, result.problem);
      return null;
    }
    look = { problem: null, isPaperNearEnd: look?.isPaperNearEnd ?? false };
    transact(db, (tx) => {
      markSent(tx, job.id, result.kind, clock());
      journal.append(tx, {
        act: 'print.sent',
        actor: null,
        body: {
          ...naming(job),
          printer: printer.id,
          isConfirmed: result.kind === 'confirmed',
          bitmapWidth: drawn.width,
          bitmapHeight: drawn.height,
          bitmapSha256: createHash('sha256').update(drawn.deflated).digest('hex'),
        },
      });
    });
    return null;
  }

  /** @returns false when the paper is no longer this printer's */
  function fail(job: PrintJob, printer: Printer, problem: PrintProblem): boolean {
    return transact(db, (tx) => {
      if (!isStillOurs(tx, job)) return false;
      markFailed(tx, job.id, problem, clock());
      // A printer without paper is one event, however often it is tried.
      if (job.problem !== problem) {
        const body = { ...naming(job), printer: printer.id, problem };
        journal.append(tx, { act: 'print.failed', actor: null, body });
      }
      return true;
    });
  }

  function becomeQuestion(job: PrintJob, printerId: string, problem: PrintProblem): void {
    transact(db, (tx) => {
      markUnknown(tx, job.id, problem, clock());
      const body = { ...naming(job), printer: printerId, problem };
      journal.append(tx, { act: 'print.unknown', actor: null, body });
    });
  }

  /** What this printer was being sent when something broke: nothing is being sent to it now. */
  function recoverInterrupted(): void {
    const { printerId } = parts.jobs();
    for (const job of listInterrupted(db)) {
      if (job.printerId !== printerId) continue;
      hasBrokenOff = true;
      becomeQuestion(job, printerId, 'brokenOff');
    }
  }

  /** While jobs wait, their tries are looks enough. */
  function lookLater(): void {
    stopLooking();
    if (parts.lookMs === null || isClosed || retryTimer !== null || looksAtNobody > mostLooksAtNobody) return;
    const { usual, longest } = parts.lookMs;
    // How it stands is known before the first receipt.
    const first = Math.min(usual, firstLookMs);
    const later = look === null ? first : Math.min(usual * 2 ** looksAtNobody, longest);
    lookTimer = setTimeout(() => void lookNow().catch(parts.onError), later);
    lookTimer.unref();
  }

  function stopLooking(): void {
    if (lookTimer !== null) clearTimeout(lookTimer);
    lookTimer = null;
  }

  async function lookNow(): Promise<void> {
    const printer = parts.printer();
    if (printer === null || running !== null) return;
    const before = look;
    const transport = parts.transportFor(printer);
    const seen = await parts.devices.peek(printer.way, async (given) => ({
      look: await transport.look(AbortSignal.any([given, stopping.signal])),
    }));
    if (isClosed) return;
    if (seen !== null) {
      // This way can't tell: it is not asked again until something changes.
      if (seen.look === null) return;
      look = seen.look;
      looksAtNobody = isNobody(look.problem) ? looksAtNobody + 1 : 0;
    }
    if (look?.problem !== before?.problem || look?.isPaperNearEnd !== before?.isPaperNearEnd)
      parts.onChange();
    if (running === null) lookLater();
  }

  return {
    nudge: () => {
      looksAtNobody = 0;
      nudge();
    },
    retry: () => {
      delayMs = retryMs.first;
      stopRetrying();
      looksAtNobody = 0;
      nudge();
    },
    openDrawer: async () => {
      const printer = parts.printer();
      if (printer === null) return 'notFound';
      const { drawer } = printer;
      if (drawer === null) return 'notFound';
      return parts.devices.use(printer.way, () =>
        openDrawer(parts.transportFor, { ...printer, drawer }, stopping.signal),
      );
    },
    status: () => ({ isPrinting, look, nextTryAtMs }),
    forget: () => {
      look = null;
      delayMs = retryMs.first;
      looksAtNobody = 0;
      stopRetrying();
    },
    brokeOff: () => {
      hasBrokenOff = true;
    },
    end: async (signal) => {
      isClosed = true;
      stopRetrying();
      stopLooking();
      const abort = () => stopping.abort();
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      await running;
      signal.removeEventListener('abort', abort);
      // What was only being looked at is of no use any more.
      stopping.abort();
    },
  };
}

/** A job as the journal names it. */
export function naming(job: PrintJob) {
  const { id, document, title, paymentId, subjectId, copyNumber } = job;
  return { jobId: id, document, title, paymentId, subjectId, copyNumber };
}
