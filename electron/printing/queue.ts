import { randomUUID } from 'node:crypto';
import { refuse } from '../../shared/errors.ts';
import type { DrawerReason } from '../../shared/domain/printed.ts';
import { printedDocuments } from '../../shared/domain/printed.ts';
import type { Person, Settings } from '../../shared/ipc/contract.ts';
import type {
  NamedJob,
  OnePrinterStatus,
  PrinterStatus,
  Printer,
  PrintProblem,
} from '../../shared/ipc/printing.ts';
import { printerIdOf } from '../../shared/ipc/printing.ts';
import type { Tx, WriteDb } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { Devices } from './devices.ts';
import type { Drawing } from './drawing.ts';
import { insertDrawerOpening } from './drawerOpenings.ts';
import type { Lane } from './lane.ts';
import { createLane, naming } from './lane.ts';
import type { JobsOfPrinter, NewCopy, PaperOf, PrintJob, WaitingJobs } from './printJobs.ts';
import {
  countWaiting,
  findJob,
  insertCopy,
  isPaperWaiting,
  listInterrupted,
  listMovable,
  listUnknown,
  markAnswered,
  markMoved,
  markUnknown,
  paperOf,
} from './printJobs.ts';
import type { Transport } from './transport.ts';

export type PrinterSettings = Pick<Settings, 'printers' | 'routes'>;

export type PrintQueueParts = {
  readonly db: WriteDb;
  /** Read again for each paper, so that a change works from the next one on. */
  readonly settings: () => PrinterSettings;
  readonly transportFor: (printer: Printer) => Transport;
  readonly devices: Devices;
  readonly drawing: Pick<Drawing, 'draw' | 'crestProblem'>;
  readonly clock: () => number;
  readonly journal: Pick<Journal, 'append'>;
  /** Something that `status()` tells has changed. */
  readonly onChange: () => void;
  /** A defect or the disk: printing stops until the next nudge; payments are not concerned. */
  readonly onError: (error: unknown) => void;
  readonly retryMs?: { readonly first: number; readonly longest: number };
  readonly lookMs?: { readonly usual: number; readonly longest: number } | null;
};

export type PrintQueue = {
  /** At start-up: what was being sent when the program ended becomes a question, and what waits is printed. */
  readonly start: () => void;
  /** Tells the queue that there is something to print. Returns at once and never throws. */
  readonly nudge: () => void;
  /** A person asks to try again now. */
  readonly retry: () => void;
  /** Other printers, other routes: everything is tried anew. */
  readonly settingsChanged: () => void;
  readonly status: () => PrinterStatus;
  /**
   * A marked copy of a paper.
   * @throws Refusal `receipt.notFound`, `printing.jobNotFound`, `request.reused`; `printing.busy` while a paper of it
   *   still waits
   */
  readonly reprint: (request: {
    readonly requestId: string;
    readonly of: { readonly paymentId: number } | { readonly jobId: number };
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
  /**
   * What waits for one printer goes to another, or one job of it. What was sent, wholly or not, stays where it is.
   * @throws Refusal `printing.printerNotFound`; `printing.notMovable` for one job that does not wait there
   */
  readonly move: (move: {
    readonly from: string;
    readonly to: string;
    readonly jobId: number | null;
    readonly person: Person;
  }) => void;
  /** A sale took cash: the drawer opens, once, whether there is paper or not. Returns at once and never throws. */
  readonly openDrawerForSale: () => void;
  /**
   * A person opens the drawer without a sale; recorded with who, why and in which shift before it opens.
   * @throws Refusal `drawer.none`, `request.reused`
   */
  readonly openDrawer: (opening: {
    readonly requestId: string;
    readonly reason: DrawerReason;
    readonly note: string;
    /** The shift that it is opened in, looked up in the transaction; it may refuse. */
    readonly shiftOf: (tx: Tx) => number | null;
    readonly person: Person;
  }) => Promise<void>;
  readonly drawerSeen: () => void;
  /** Lets the papers that are being sent finish for a moment, then breaks them off (they become questions). */
  readonly close: (patienceMs?: number) => Promise<void>;
};

const usualRetry = { first: 1_000, longest: 60_000 };
const usualLooks = { usual: 10_000, longest: 120_000 };

/** Prints on several printers, each by itself: one that has no paper keeps no other from printing. */
export function createPrintQueue(parts: PrintQueueParts): PrintQueue {
  const { db, clock, journal } = parts;
  const lanes = new Map<string, Lane>();
  let isClosed = false;
  let drawerProblem: PrinterStatus['drawerProblem'] = null;

  function laneOf(id: string): Lane {
    const there = lanes.get(id);
    if (there !== undefined) return there;
    const lane = createLane({
      ...parts,
      printer: () => parts.settings().printers.find((printer) => printer.id === id) ?? null,
      jobs: () => jobsOf(id),
      retryMs: parts.retryMs ?? usualRetry,
      lookMs: parts.lookMs === undefined ? usualLooks : parts.lookMs,
    });
    lanes.set(id, lane);
    return lane;
  }

  function jobsOf(printerId: string): JobsOfPrinter {
    const { printers, routes } = parts.settings();
    return {
      printerId,
      known: printers.map(({ id }) => id),
      documents: printedDocuments.filter((document) => printerIdOf(document, routes) === printerId),
    };
  }

  /** Where a job is printed, as things stand; null: no printer is set up for it. */
  function printerOf(
    job: Pick<PrintJob, 'printerId' | 'document'>,
    { printers, routes }: PrinterSettings,
  ): string | null {
    const isThere = printers.some(({ id }) => id === job.printerId);
    return isThere ? job.printerId : printerIdOf(job.document, routes);
  }

  function nudge(): void {
    if (isClosed) return;
    for (const { id } of parts.settings().printers) laneOf(id).nudge();
  }

  function status(): PrinterStatus {
    const settings = parts.settings();
    const { printers, routes } = settings;
    const unknown = listUnknown(db).map(named);
    const jobs = countWaiting(db);
    const each = printers.map((printer): OnePrinterStatus => {
      const its = jobs.filter((group) => printerOf(group, settings) === printer.id);
      const { isPrinting, look, nextTryAtMs } = laneOf(printer.id).status();
      const failing = its.find(({ state }) => state === 'failedNotSent')?.problem ?? null;
      const problem = failing ?? (its.length === 0 ? (look?.problem ?? null) : null);
      return {
        id: printer.id,
        name: printer.name,
        state: problem !== null ? 'failing' : isPrinting ? 'printing' : 'idle',
        waiting: sumOf(its),
        problem,
        isPaperNearEnd: look?.isPaperNearEnd ?? false,
        nextTryAtMs,
        hasDrawer: printer.drawer !== null,
      };
    });
    const mainId = printerIdOf('receipt', routes);
    const main = each.find(({ id }) => id === mainId);
    const stuck = each.find((one) => one.problem !== null && one.waiting > 0);
    return {
      state: stateOf(),
      waiting: sumOf(jobs),
      unknown,
      lastProblem: (main?.problem ?? null) !== null ? (main?.problem ?? null) : (stuck?.problem ?? null),
      printers: each,
      mainId,
      fallbackId: routes.fallback,
      crestProblem: parts.drawing.crestProblem(),
      drawerProblem,
    };

    function stateOf(): PrinterStatus['state'] {
      if (main === undefined) return 'notConfigured';
      if (unknown.length > 0) return 'askPerson';
      if (main.state === 'failing' || stuck !== undefined) return 'failing';
      return each.some(({ state }) => state === 'printing') ? 'printing' : 'idle';
    }
  }

  /** The drawer that sales open: on the receipts' printer, else on the first that has one. */
  function printerWithDrawer(): string | null {
    const { printers, routes } = parts.settings();
    const withDrawer = printers.filter(({ drawer }) => drawer !== null);
    const mainId = printerIdOf('receipt', routes);
    return (withDrawer.find(({ id }) => id === mainId) ?? withDrawer[0])?.id ?? null;
  }

  async function pulse(printerId: string, openingId: number | null): Promise<void> {
    const problem = await laneOf(printerId).openDrawer();
    if (isClosed) return;
    drawerProblem = problem === null ? null : { problem, atMs: clock() };
    if (problem !== null) recordShut(printerId, openingId, problem);
    parts.onChange();
  }

  function recordShut(printer: string, openingId: number | null, problem: PrintProblem): void {
    transact(db, (tx) =>
      journal.append(tx, { act: 'drawer.failed', actor: null, body: { openingId, printer, problem } }),
    );
  }

  return {
    start: () => {
      const { routes } = parts.settings();
      for (const job of listInterrupted(db)) {
        const printerId = job.printerId ?? printerIdOf(job.document, routes);
        if (printerId !== null) laneOf(printerId).brokeOff();
        transact(db, (tx) => {
          markUnknown(tx, job.id, 'brokenOff', clock());
          const body = { ...naming(job), printer: printerId, problem: 'brokenOff' };
          journal.append(tx, { act: 'print.unknown', actor: null, body });
        });
      }
      nudge();
    },
    nudge,
    retry: () => {
      for (const { id } of parts.settings().printers) laneOf(id).retry();
    },
    settingsChanged: () => {
      if (isClosed) return;
      for (const lane of lanes.values()) lane.forget();
      nudge();
      parts.onChange();
    },
    status,
    reprint: ({ requestId, of, reason, person }) => {
      const job = transact(db, (tx) => {
        const copy = insertCopyUnlessBusy(tx, {
          requestId,
          of: 'paymentId' in of ? { document: 'receipt', paymentId: of.paymentId } : paperOfJob(tx, of.jobId),
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
        const job = getJob(tx, jobId);
        if (job.state !== 'unknown') throw refuse('printing.notAnswerable');
        const atMs = clock();
        markAnswered(tx, jobId, cameOut, atMs);
        journal.append(tx, {
          act: 'print.answered',
          actor: actorOf(person),
          body: { ...naming(job), cameOut },
        });
        if (cameOut) return;
        const reason = 'didNotComeOut';
        const copy = insertCopy(tx, {
          requestId: randomUUID(),
          of: paperOf(job),
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
    move: ({ from, to, jobId, person }) => {
      const isThere = parts.settings().printers.some(({ id }) => id === to);
      if (!isThere || from === to) throw refuse('printing.printerNotFound');
      transact(db, (tx) => {
        const jobs = listMovable(tx, jobsOf(from)).filter(({ id }) => jobId === null || id === jobId);
        if (jobs.length === 0) {
          if (jobId === null) return;
          throw refuse('printing.notMovable');
        }
        const atMs = clock();
        for (const job of jobs) markMoved(tx, job.id, to, atMs);
        journal.append(tx, {
          act: 'print.moved',
          actor: actorOf(person),
          body: { from, to, jobs: jobs.map(naming) },
        });
      });
      laneOf(from).retry();
      laneOf(to).retry();
    },
    openDrawerForSale: () => {
      if (isClosed) return;
      const printerId = printerWithDrawer();
      if (printerId !== null) pulse(printerId, null).catch(parts.onError);
    },
    openDrawer: async ({ requestId, reason, note, shiftOf, person }) => {
      const printerId = printerWithDrawer();
      if (printerId === null) throw refuse('drawer.none');
      const opening = transact(db, (tx) => {
        const atMs = clock();
        const shiftId = shiftOf(tx);
        const contents = { reason, note, shiftId, userId: person.id };
        const { id, wasThere } = insertDrawerOpening(tx, { requestId, ...contents, printerId, atMs });
        if (!wasThere) {
          journal.append(tx, {
            act: 'drawer.opened',
            actor: actorOf(person),
            atMs,
            body: { openingId: id, requestId, reason, note, shiftId, printer: printerId },
          });
        }
        return { id, wasThere };
      });
      // The same request again opened it already, or tried to.
      if (!opening.wasThere) await pulse(printerId, opening.id);
    },
    drawerSeen: () => {
      drawerProblem = null;
      parts.onChange();
    },
    close: async (patienceMs = 3_000) => {
      isClosed = true;
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), patienceMs);
      await Promise.all([...lanes.values()].map((lane) => lane.end(late.signal)));
      clearTimeout(timer);
    },
  };
}

function getJob(tx: Tx, jobId: number): PrintJob {
  const job = findJob(tx, jobId);
  if (job === null) throw refuse('printing.jobNotFound');
  return job;
}

function paperOfJob(tx: Tx, jobId: number): PaperOf {
  return paperOf(getJob(tx, jobId));
}

function sumOf(groups: readonly WaitingJobs[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function named({ id, document, title, copyNumber, paymentId }: PrintJob): NamedJob {
  return { jobId: id, document, title, copyNumber, paymentId };
}

/** More papers than receipts is how an empty printer cheats: while one waits, a second is not added. */
function insertCopyUnlessBusy(tx: Tx, copy: NewCopy) {
  const isBusy = isPaperWaiting(tx, copy.of);
  const result = insertCopy(tx, copy);
  // After the look-up by request id, so that the same request again is answered; throwing rolls back whole.
  if (isBusy && !result.wasThere) throw refuse('printing.busy');
  return result;
}
