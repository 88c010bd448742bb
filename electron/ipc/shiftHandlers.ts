import { refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Services } from '../services.ts';
import { confirmClock } from '../shifts/clock.ts';
import type { CloseContext } from '../shifts/closeShift.ts';
import { closeShift } from '../shifts/closeShift.ts';
import { countDrawer, countSheet, getOutcome } from '../shifts/counts.ts';
import { exchange, moveSafe, moveWithoutReceipt, payIn, prepareFloat, topUp } from '../shifts/custody.ts';
import { acceptHandover, countHandover, refuseHandover } from '../shifts/handover.ts';
import { listMoves, listMovesOfShift, viewSafe } from '../shifts/listMoves.ts';
import { openShiftWith } from '../shifts/openShift.ts';
import { takeStep } from '../shifts/shiftSteps.ts';
import {
  currentShift,
  findShift,
  getOpenShift,
  getOwnShift,
  listOpenShifts,
  standing,
} from '../shifts/shifts.ts';
import { addTill, listTills, updateTill } from '../shifts/tills.ts';
import { printX, viewRunning } from '../shifts/xReport.ts';
import { getReport, listReports } from '../shifts/zReports.ts';
import type { Handlers } from './router.ts';

type ShiftChannel = Extract<
  keyof Handlers,
  | `shifts.${string}`
  | `tills.${string}`
  | `counts.${string}`
  | `zReports.${string}`
  | `custody.${string}`
  | `clock.${string}`
>;

const isCashier = (person: Person): boolean => person.role === 'cashier';

/** A shift from its counted float to its numbered report, and the cash that goes from keeper to keeper. */
export function shiftHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, ShiftChannel> {
  const { db, journal, clock, installation, session } = services;

  /** The clock is read inside the transaction: nobody waits between the two. */
  function now(): CloseContext {
    const { municipality, centre } = services.settings();
    const { isDemonstration } = installation;
    return { journal, atMs: clock(), isDemonstration, letterhead: { municipality, centre } };
  }
  /** An act with a paper: nobody waits for the printer. */
  function print<T>(act: (tx: Tx) => T): T {
    const done = write(act);
    services.queue.nudge();
    return done;
  }
  /** One's own open shift, or another's open one for who is more than a cashier. */
  function shiftFor(shiftId: number | null, by: Person) {
    if (shiftId === null) return getOwnShift(db, by.id);
    const shift = getOpenShift(db, shiftId);
    if (isCashier(by) && shift.userId !== by.id) throw refuse('session.forbidden');
    return shift;
  }
  /** @throws Refusal session.forbidden for a cashier who asks about another's shift */
  function requireOwn(shiftId: number | null, by: Person): void {
    const owner = shiftId === null ? null : findShift(db, shiftId);
    if (isCashier(by) && owner?.userId !== by.id) throw refuse('session.forbidden');
  }
  function changeTills(act: (tx: Tx) => void): ReturnType<typeof listTills> {
    write(act);
    return listTills(db);
  }

  return {
    'tills.list': () => listTills(db),
    'tills.add': (input, by) => changeTills((tx) => addTill(tx, journal, input, by, clock())),
    'tills.update': (input, by) => changeTills((tx) => updateTill(tx, journal, input, by, clock())),

    'shifts.current': (_input, by) => currentShift(db, by, clock()),
    'shifts.listOpen': () => listOpenShifts(db, clock()),
    'shifts.open': (input, by) =>
      write((tx) =>
        openShiftWith(tx, journal, { ...input, till: input.till ?? installation.till }, by, clock()),
      ),
    'shifts.suspend': ({ requestId }, by) =>
      write((tx) => takeStep(tx, journal, 'suspended', { requestId, reason: '' }, by, clock())),
    'shifts.resume': ({ requestId }, by) =>
      write((tx) => takeStep(tx, journal, 'resumed', { requestId, reason: '' }, by, clock())),
    'shifts.resumeSelling': (request, by) =>
      write((tx) => takeStep(tx, journal, 'sellingResumed', request, by, clock())),

    'shifts.countSheet': ({ shiftId }, by) => countSheet(db, shiftFor(shiftId, by)),
    'shifts.count': ({ reason, ...counted }, by) =>
      write((tx) => {
        const shift = getOwnShift(tx, by.id);
        return countDrawer(tx, now(), { shift, counted, person: by, witness: null, reason }, () => {
          if (standing(tx, shift.id).state !== 'counted') return 'close';
          if (reason === '') throw refuse('count.reasonMissing');
          return 'recount';
        });
      }),
    'shifts.countWitnessed': async ({ shiftId, reason, witness: who, ...counted }, by) => {
      const witness = await session.witness(who.login, who.secret);
      if (witness.id === by.id) throw refuse('custody.receiverIsGiver');
      return write((tx) => {
        const shift = getOpenShift(tx, shiftId);
        return countDrawer(tx, now(), { shift, counted, person: by, witness, reason }, () => {
          if (shift.userId === by.id) throw refuse('shift.own');
          return 'witnessed';
        });
      });
    },
    'shifts.countSurprise': async ({ shiftId, remark, auditor: who, ...counted }, by) => {
      const auditor = who === null ? by : await session.witness(who.login, who.secret);
      if (auditor.role !== 'auditor') throw refuse('custody.notKeeper');
      const outcome = write((tx) => {
        const shift = getOpenShift(tx, shiftId);
        if (isCashier(by) && shift.userId !== by.id) throw refuse('session.forbidden');
        const witness = by.id === auditor.id ? null : by;
        const count = { shift, counted, person: auditor, witness, reason: remark };
        return countDrawer(tx, now(), count, () => 'surprise');
      });
      // At the cashier's own screen the totals stay unsaid: the shift goes on, and its close is counted blind.
      return { countId: outcome.id, outcome: by.id === auditor.id ? outcome : null };
    },
    'shifts.close': (request, by) => print((tx) => closeShift(tx, request, by, now())),

    'shifts.handoverCount': async ({ receiver: who, ...counted }, by) => {
      const receiver = await session.witness(who.login, who.secret);
      return write((tx) => countHandover(tx, journal, counted, by, receiver, clock()));
    },
    'shifts.handoverAccept': async ({ receiver: who, ...request }, by) => {
      const receiver = await session.witness(who.login, who.secret);
      return print((tx) => acceptHandover(tx, request, by, receiver, now()));
    },
    'shifts.handoverRefuse': async ({ receiver: who, ...request }, by) => {
      const receiver = await session.witness(who.login, who.secret);
      return write((tx) => refuseHandover(tx, journal, request, by, receiver, clock()));
    },

    'shifts.xReport': ({ shiftId }, by) => {
      const shift = shiftFor(shiftId, by);
      return viewRunning(db, shift, by, journal.head(), clock());
    },
    'shifts.printX': ({ shiftId }, by) => ({
      jobId: print((tx) => printX(tx, shiftFor(shiftId, by), by, now())),
    }),
    'counts.get': ({ countId }, by) => {
      const outcome = getOutcome(db, countId);
      requireOwn(outcome.shiftId, by);
      // What a surprise count found is not told to the cashier whose shift goes on.
      if (outcome.kind === 'surprise' && isOpenOf(outcome.shiftId, by)) throw refuse('session.forbidden');
      return outcome;
    },
    'counts.ofShift': ({ shiftId }, by) => {
      // A supervisor who took cash themselves is its cashier.
      if (isOpenOf(shiftId, by)) throw refuse('session.forbidden');
      return prepared<{ id: number }>(db, 'SELECT id FROM counts WHERE shift_id = ? ORDER BY id')
        .all(shiftId)
        .map(({ id }) => getOutcome(db, id));
    },
    'zReports.list': ({ from, to }, by) => listReports(db, from, to, by),
    'zReports.get': ({ id }, by) => {
      const report = getReport(db, id);
      requireOwn(report.shiftId, by);
      return report;
    },

    'custody.payIn': async (input, by) => {
      const receiver = await session.witness(input.receiver.login, input.receiver.secret);
      return print((tx) => payIn(tx, input, by, receiver, now()));
    },
    'custody.topUp': async (input, by) => {
      const giver = await session.witness(input.giver.login, input.giver.secret);
      return print((tx) => topUp(tx, input, by, giver, now()));
    },
    'custody.cashMove': (input, by) =>
      print((tx) => moveWithoutReceipt(tx, input, by, services.settings().cashMoveLimitMinor, now())),
    'custody.limit': () => ({ limitMinor: services.settings().cashMoveLimitMinor }),
    'custody.exchange': async (input, by) => {
      const other = await session.witness(input.other.login, input.other.secret);
      return print((tx) => exchange(tx, input, by, other, now()));
    },
    'custody.prepareFloat': (input, by) => print((tx) => prepareFloat(tx, input, by, now())),
    'custody.safeMove': async (input, by) => {
      const witness = await session.witness(input.witness.login, input.witness.secret);
      return print((tx) => moveSafe(tx, input, by, witness, now()));
    },
    'custody.safe': () => viewSafe(db),
    'custody.movesOfShift': ({ shiftId }, by) => {
      requireOwn(shiftId, by);
      return listMovesOfShift(db, shiftId);
    },
    'custody.moves': ({ from, to }) => listMoves(db, from, to),
    'clock.confirm': (_input, by) => ({
      aheadUntilMs: write((tx) => confirmClock(tx, journal, by, clock())),
    }),
  };

  function isOpenOf(shiftId: number | null, by: Person): boolean {
    const shift = shiftId === null ? null : findShift(db, shiftId);
    return shift !== null && shift.userId === by.id && shift.closedAtMs === null;
  }
}
