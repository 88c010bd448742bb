import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { businessDate, formatTime } from '../../shared/domain/dates.ts';
import { testPage } from '../../shared/domain/testPage.ts';
import { dotsOf } from '../../shared/ipc/printing.ts';
import type { Tx } from '../db/connection.ts';
import { transact } from '../db/connection.ts';
import { getVisibleJob, listJobs } from '../printing/listJobs.ts';
import { getContent } from '../printing/printJobs.ts';
import { screenPicture } from '../printing/screenPicture.ts';
import { listWays } from '../printing/transports/index.ts';
import type { Services } from '../services.ts';
import { findOpenShiftOf, getOwnShift } from '../shifts/shifts.ts';
import { actorOf } from '../users/users.ts';
import type { Handlers } from './router.ts';

type PrintingChannel = Extract<keyof Handlers, `printing.${string}`>;

/** Paper and drawer: copies, the person's word about a job, another try, another printer, a drawer without a sale. */
export function printingHandlers(services: Services): Pick<Handlers, PrintingChannel> {
  const { db, journal, queue, transports, tryOut } = services;
  return {
    'printing.reprint': ({ requestId, reason, ...of }, by) => {
      if ('jobId' in of) getVisibleJob(db, of.jobId, by);
      return queue.reprint({ requestId, reason, of, person: by });
    },
    'printing.list': (filter, by) => listJobs(db, filter, by),
    'printing.picture': ({ jobId }, by) => {
      const { document, copyNumber } = getVisibleJob(db, jobId, by);
      const dotsPerLine = dotsOf(document, services.settings());
      return screenPicture(services.drawing, getContent(db, jobId), { dotsPerLine, copyNumber });
    },
    'printing.answer': (answer, by) => {
      queue.answer({ ...answer, person: by });
      return queue.status();
    },
    'printing.retry': () => {
      queue.retry();
      return queue.status();
    },
    'printing.move': (move, by) => {
      queue.move({ ...move, person: by });
      return queue.status();
    },
    'printing.openDrawer': async (opening, by) => {
      // A supervisor may open it outside of any shift; a cashier answers for the drawer of theirs.
      const shiftOf = (tx: Tx): number | null =>
        by.role === 'cashier' ? getOwnShift(tx, by.id).id : (findOpenShiftOf(tx, by.id)?.id ?? null);
      await queue.openDrawer({ ...opening, shiftOf, person: by });
      return queue.status();
    },
    'printing.installed': () => listWays(transports.spooler),
    'printing.probe': ({ printer }) => tryOut.probe(printer),
    'printing.testPage': async ({ printer }, by) => {
      const { municipality, centre } = services.settings();
      const printedAt = whenPrinted(services.clock());
      const { name, dotsPerLine } = printer;
      const page = testPage({ municipality, centre, printer: name, dotsPerLine, printedAt });
      const outcome = await tryOut.page(printer, page);
      transact(db, (tx) =>
        journal.append(tx, {
          act: 'print.tested',
          actor: actorOf(by),
          body: { printer: printer.id, way: printer.way, outcome: outcome.kind, problem: outcome.problem },
        }),
      );
      return outcome;
    },
    'printing.drawerSeen': () => {
      queue.drawerSeen();
      return queue.status();
    },
  };
}

function whenPrinted(atMs: number): string {
  return `${businessDate(atMs)} ${formatTime(atMs)}`;
}

/** Does the drawer have to open for this? What was taken by hand with a paper book lies in it already. */
export function movesCash({ tenders, change, undone, book }: ReceiptContent): boolean {
  if (undone !== null) return undone.returned.length > 0;
  return book === null && (change.length > 0 || tenders.some(({ kind }) => kind === 'cash'));
}
