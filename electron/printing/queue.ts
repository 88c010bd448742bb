import { createHash, randomUUID } from 'node:crypto';
import { refuse } from '../../shared/errors.ts';
import type { Person, PrinterStatus, PrintProblem, Settings } from '../../shared/ipc/contract.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { Drawing } from './drawing.ts';
import type { DrawnJob } from './drawMessages.ts';
import { printPaper } from './escpos.ts';
import type { NewCopy, PrintJob } from './printJobs.ts';
import {
  didLastBreakOff,
  findJob,
  findNextJob,
  getContent,
  insertCopy,
  isPaperWaiting,
  listInterrupted,
  markAnswered,
  markFailed,
  markSending,
  markSent,
  markUnknown,
  readPrintCounts,
} from './printJobs.ts';
import type { SendResult, Transport } from './transport.ts';

export type PrinterSettings = Settings['printer'];

export type PrintQueueParts = {
  readonly db: WriteDb;
  /** Read again for each paper, so that a change works from the next one on. */
  readonly settings: () => PrinterSettings;
  readonly transportFor: (settings: PrinterSettings) => Transport;
  readonly drawing: Pick<Drawing, 'draw'>;
  readonly clock: () => number;
  readonly journal: Pick<Journal, 'append'>;
  /** Something that `status()` tells has changed. */
  readonly onChange: () => void;
  /** A defect or the disk: printing stops until the next nudge; payments are not concerned. */
  readonly onError: (error: unknown) => void;
  readonly retryMs?: { readonly first: number; readonly longest: number };
};

export type PrintQueue = {
  /** At start-up: what was being sent when the program ended becomes a question, and what waits is printed. */
  readonly start: () => void;
  /** Tells the queue that there is something to print. Returns at once and never throws. */
  readonly nudge: () => void;
  /** A person asks to try again now. */
  readonly retry: () => void;
  readonly status: () => PrinterStatus;
  /**
   * A marked copy of a receipt.
   * @throws Refusal `receipt.notFound`, `request.reused`; `printing.busy` while a paper of it still waits
   */
  readonly reprint: (request: {
    readonly requestId: string;
    readonly paymentId: number;
    readonly reason: string;
    readonly person: Person;
  }) => { jobId: number; copyNumber: number };
  /**
   * The answer to «هل خرج السند؟». No: a marked copy is printed.
   * @throws Refusal `printing.jobNotFound`; `printing.notAnswerable` when nobody asked
   */
  readonly answer: (answer: {
    readonly jobId: number;
    readonly cameOut: boolean;
    readonly person: Person;
  }) => void;
  /** Lets the paper that is being sent finish for a moment, then breaks it off (it becomes a question). */
  readonly close: (patienceMs?: number) => Promise<void>;
};

const usualRetry = { first: 1_000, longest: 60_000 };

/**
 * Prints one paper after the other. Every change of a job's state is a transaction of its own, journaled in it; only
 * what never reached the printer is tried again by itself.
 */
export function createPrintQueue(parts: PrintQueueParts): PrintQueue {
  const { db, clock, journal } = parts;
  const retryMs = parts.retryMs ?? usualRetry;
  const stopping = new AbortController();
  let isClosed = false;
  let isWanted = false;
  let isPrinting = false;
  /** The last job that reached the printer may have ended in the middle. */
  let hasBrokenOff = didLastBreakOff(db);
  let running: Promise<void> | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let delayMs = retryMs.first;

  function nudge(): void {
    if (isClosed) return;
    isWanted = true;
    if (running !== null) return;
    // Not in the caller's turn: a payment's reply goes out first.
    running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(printAll)
      .catch(parts.onError)
      .finally(() => {
        running = null;
        isPrinting = false;
        if (isWanted && !isClosed && retryTimer === null) nudge();
        parts.onChange();
      });
  }

  async function printAll(): Promise<void> {
    if (retryTimer !== null) clearTimeout(retryTimer);
    retryTimer = null;
    recoverInterrupted();
    let undrawable = 0;
    for (;;) {
      isWanted = false;
      const settings = parts.settings();
      if (isClosed || settings.host === '') return;
      const job = findNextJob(db);
      if (job === null) return;
      // Those that can't be drawn come last; once round is enough.
      if (job.problem === 'drawing' && undrawable > 0) return retryLater();
      isPrinting = true;
      parts.onChange();
      const problem = await printOne(job, settings);
      parts.onChange();
      if (problem === 'drawing') undrawable += 1;
      else if (problem !== null) return retryLater();
      else delayMs = retryMs.first;
    }
  }

  function retryLater(): void {
    if (isClosed) return;
    retryTimer = setTimeout(() => {
      retryTimer = null;
      nudge();
    }, delayMs);
    retryTimer.unref();
    delayMs = Math.min(delayMs * 2, retryMs.longest);
  }

  /** @returns what kept the paper from being sent, or null when it was */
  async function printOne(job: PrintJob, settings: PrinterSettings): Promise<PrintProblem | null> {
    const { copyNumber } = job;
    let drawn: DrawnJob;
    try {
      const content = getContent(db, job.id);
      drawn = await parts.drawing.draw(content, { dotsPerLine: settings.dotsPerLine, copyNumber });
    } catch (error) {
      parts.onError(error);
      fail(job, 'drawing');
      return 'drawing';
    }
    const startSending = () => transact(db, (tx) => markSending(tx, job.id, drawn, clock()));
    const transport = parts.transportFor(settings);
    const paper = {
      raster: drawn.raster,
      dotsPerLine: settings.dotsPerLine,
      isAfterBreak: hasBrokenOff,
    };
    const result = await printPaper(transport, paper, stopping.signal, startSending);
    if (result.kind !== 'failedNotSent') hasBrokenOff = result.kind === 'unknown';
    return record(job, drawn, result);
  }

  function record(job: PrintJob, drawn: DrawnJob, result: SendResult): PrintProblem | null {
    if (result.kind === 'failedNotSent') {
      fail(job, result.problem);
      return result.problem;
    }
    if (result.kind === 'unknown') {
      becomeQuestion(job, result.problem);
      return null;
    }
    transact(db, (tx) => {
      markSent(tx, job.id, result.kind, clock());
      journal.append(tx, {
        act: 'print.sent',
        actor: null,
        body: {
          ...naming(job),
          isConfirmed: result.kind === 'confirmed',
          bitmapWidth: drawn.width,
          bitmapHeight: drawn.height,
          bitmapSha256: createHash('sha256').update(drawn.deflated).digest('hex'),
        },
      });
    });
    return null;
  }

  function fail(job: PrintJob, problem: PrintProblem): void {
    transact(db, (tx) => {
      markFailed(tx, job.id, problem, clock());
      // A printer without paper is one event, however often it is tried.
      if (job.problem !== problem) {
        journal.append(tx, { act: 'print.failed', actor: null, body: { ...naming(job), problem } });
      }
    });
  }

  function becomeQuestion(job: PrintJob, problem: PrintProblem): void {
    transact(db, (tx) => {
      markUnknown(tx, job.id, problem, clock());
      journal.append(tx, { act: 'print.unknown', actor: null, body: { ...naming(job), problem } });
    });
  }

  function recoverInterrupted(): void {
    for (const job of listInterrupted(db)) {
      hasBrokenOff = true;
      becomeQuestion(job, 'brokenOff');
    }
  }

  return {
    start: () => {
      recoverInterrupted();
      nudge();
    },
    nudge,
    retry: () => {
      delayMs = retryMs.first;
      nudge();
    },
    status: () => {
      const counts = readPrintCounts(db);
      if (parts.settings().host === '') return { ...counts, state: 'notConfigured' };
      if (counts.unknown.length > 0) return { ...counts, state: 'askPerson' };
      if (counts.lastProblem !== null) return { ...counts, state: 'failing' };
      return { ...counts, state: isPrinting ? 'printing' : 'idle' };
    },
    reprint: ({ requestId, paymentId, reason, person }) => {
      const job = transact(db, (tx) => {
        const copy = insertCopyUnlessBusy(tx, {
          requestId,
          paymentId,
          reason,
          userId: person.id,
          atMs: clock(),
        });
        if (!copy.wasThere) {
          journal.append(tx, {
            act: 'print.requested',
            actor: actorOf(person),
            body: { ...naming(copy.job), reason },
          });
        }
        return copy.job;
      });
      nudge();
      return { jobId: job.id, copyNumber: job.copyNumber };
    },
    answer: ({ jobId, cameOut, person }) => {
      transact(db, (tx) => {
        const job = findJob(tx, jobId);
        if (job === null) throw refuse('printing.jobNotFound');
        if (job.state !== 'unknown') throw refuse('printing.notAnswerable');
        const atMs = clock();
        markAnswered(tx, jobId, cameOut, atMs);
        journal.append(tx, {
          act: 'print.answered',
          actor: actorOf(person),
          body: { ...naming(job), cameOut },
        });
        if (cameOut) return;
        const { paymentId } = job;
        const reason = 'didNotComeOut';
        const copy = insertCopy(tx, {
          requestId: randomUUID(),
          paymentId,
          reason,
          userId: person.id,
          atMs,
        });
        journal.append(tx, {
          act: 'print.requested',
          actor: actorOf(person),
          body: { ...naming(copy.job), reason },
        });
      });
      nudge();
    },
    close: async (patienceMs = 3_000) => {
      isClosed = true;
      if (retryTimer !== null) clearTimeout(retryTimer);
      const timer = setTimeout(() => stopping.abort(), patienceMs);
      await running;
      clearTimeout(timer);
    },
  };
}

/** More papers than receipts is how an empty printer cheats: while one waits, a second is not added. */
function insertCopyUnlessBusy(tx: Tx, copy: NewCopy) {
  const isBusy = isPaperWaiting(tx, copy.paymentId);
  const result = insertCopy(tx, copy);
  // After the look-up by request id, so that the same request again is answered; throwing rolls back whole.
  if (isBusy && !result.wasThere) throw refuse('printing.busy');
  return result;
}

function naming(job: PrintJob) {
  return {
    jobId: job.id,
    paymentId: job.paymentId,
    receiptNumber: job.receiptNumber,
    copyNumber: job.copyNumber,
  };
}
