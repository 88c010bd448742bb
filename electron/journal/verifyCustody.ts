import { z } from 'zod';
import { sumOf, wornOf } from '../../shared/domain/counting.ts';
import type { Place } from '../../shared/domain/custody.ts';
import type { Act, JournalEntry } from '../../shared/domain/journal.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import type { ClosedBody, CountBody, MoveBody, OpenedBody } from './custodyBodies.ts';
import {
  clockBody,
  closedBody,
  countBody,
  explainedBody,
  moveBody,
  openedBody,
  paidBody,
  recountedBody,
  stepBody,
  takenBackBody,
  tillBody,
} from './custodyBodies.ts';
import type { Totals } from './custodyEnd.ts';
import { endDiffers, noTotals } from './custodyEnd.ts';
import { createLedger, placeName } from './custodyLedger.ts';
import { moveFault } from './custodyMoves.ts';
import { createCustodyRows } from './custodyRows.ts';
import { createStanding } from './custodyStanding.ts';
import type { Problem } from './verify.ts';

type Checks = Partial<Record<Act, (entry: JournalEntry) => Problem | null>>;

/**
 * Follows the cash through the signed entries, and compares them with the rows: every move has its keeper and what should
 * lie anywhere is the sum of receipts and moves; a count's expected is what should have lain there, and counted less
 * expected is its difference; money moves in open shifts only; after a close nothing is expected in the drawer; reports
 * are numbered without a gap and their totals go on.
 */
export function createCustodyCheck(db: ReadDb) {
  const ledger = createLedger();
  const worn = createLedger();
  const standing = createStanding();
  const rows = createCustodyRows(db);
  /** What each shift took and took back; the same of each till, ever. */
  const taken = new Map<number, Totals>();
  const perpetual = new Map<string, Totals>();
  const lastZ = new Map<string, number>();
  const counts = new Map<number, CountBody>();
  /** The count that a closed shift stands by. */
  const lastCount = new Map<number, CountBody>();
  /** What came in from outside for a count's difference, by count and currency, until it is answered for. */
  const differences = new Map<string, number>();
  /** Of exchanges: the first half, until its other half comes. */
  const halves = new Map<number, MoveBody>();
  const wornOfPayment = new Map<number, { readonly place: Place; readonly sums: Map<string, number> }>();
  const steps: string[] = [];
  const explained: string[] = [];
  const clocks: string[] = [];
  const tills = new Map<string, string>();
  let shifts = 0;
  let moves = 0;
  let reports = 0;

  const totalsOf = (shiftId: number): Totals => {
    const totals = taken.get(shiftId) ?? noTotals();
    taken.set(shiftId, totals);
    return totals;
  };

  const checks: Checks = {
    'installation.created': reading(tillOfBody, (_entry, { till }) => {
      tills.set(till, tillText('', true));
      return null;
    }),
    'payment.taken': reading(paidBody, (entry, body) => {
      const fault = standing.sells(body.shiftId, entry.actor?.id ?? 0, body.businessDate);
      if (fault !== null) return problem(entry, 'stateWrong', fault);
      const place = drawerOf(body.shiftId);
      const sums = new Map<string, number>();
      for (const { kind, currency, receivedMinor, wornMinor } of body.tenders) {
        if (kind !== 'cash') continue;
        ledger.add(place, currency, receivedMinor);
        worn.add(place, currency, wornMinor);
        if (wornMinor > 0) sums.set(currency, (sums.get(currency) ?? 0) + wornMinor);
      }
      if (sums.size > 0) wornOfPayment.set(body.paymentId, { place, sums });
      for (const { currency, minor } of body.change)
        if (!ledger.add(place, currency, -minor)) return overdrawn(entry, place);
      const totals = totalsOf(body.shiftId);
      totals.receipts += 1;
      totals.minor += body.totalMinor;
      return null;
    }),
    'payment.undone': reading(takenBackBody, (entry, body) => {
      const fault = standing.sells(body.shiftId, entry.actor?.id ?? 0, body.businessDate);
      if (fault !== null) return problem(entry, 'stateWrong', fault);
      const place = drawerOf(body.shiftId);
      for (const { currency, minor } of body.returned)
        if (!ledger.add(place, currency, -minor)) return overdrawn(entry, place);
      for (const currency of currencies)
        worn.add(place, currency, -(wornOfPayment.get(body.paymentId)?.sums.get(currency) ?? 0));
      const totals = totalsOf(body.shiftId);
      totals.undone += 1;
      totals.undoneMinor += body.totalMinor;
      return null;
    }),
    'cash.moved': reading(moveBody, checkMove),
    'count.made': reading(countBody, checkCount),
    'shift.opened': reading(openedBody, (entry, body) => {
      shifts += 1;
      if ('float' in body) return checkOpened(entry, openedBody.options[0].parse(entry.body));
      ledger.add(drawerOf(body.shiftId), body.currency, body.floatMinor);
      const fault = standing.open(body.shiftId, entry.till, entry.actor?.id ?? 0, null);
      return fault === null ? null : problem(entry, 'stateWrong', fault);
    }),
    'shift.closed': reading(closedBody, (entry, body) => {
      const till = standing.tillOf(body.shiftId) ?? entry.till;
      const own = totalsOf(body.shiftId);
      const before = perpetual.get(till) ?? noTotals();
      const after: Totals = {
        receipts: before.receipts + own.receipts,
        minor: before.minor + own.minor,
        undone: before.undone + own.undone,
        undoneMinor: before.undoneMinor + own.undoneMinor,
      };
      perpetual.set(till, after);
      if ('zNumber' in body) return checkClosed(entry, closedBody.options[0].parse(entry.body), own, after);
      standing.closeUncounted(body.shiftId);
      return null;
    }),
    'shift.recounted': reading(recountedBody, (entry, { shiftId, countId }) => {
      const [count, before] = [counts.get(countId), lastCount.get(shiftId)];
      const name = `shift ${shiftId} counted again`;
      if (count?.shiftId !== shiftId || before === undefined)
        return problem(entry, 'stateWrong', `${name}: it was not closed`);
      lastCount.set(shiftId, count);
      const isRight = currencies.every(
        (currency) =>
          differenceMoved(countId, currency) === sumOf(count.lines, currency) - sumOf(before.lines, currency),
      );
      return isRight ? null : problem(entry, 'sumWrong', name);
    }),
    'count.explained': reading(explainedBody, (entry, { countId, currency, role, text }) => {
      explained.push(JSON.stringify([countId, currency, entry.actor?.id ?? 0, role, text, entry.atMs]));
      return counts.has(countId) ? null : problem(entry, 'stateWrong', `words about no count ${countId}`);
    }),
    'shift.suspended': reading(stepBody, (entry, body) => step(entry, 'suspended', body)),
    'shift.resumed': reading(stepBody, (entry, body) => step(entry, 'resumed', body)),
    'shift.sellingResumed': reading(stepBody, (entry, body) => step(entry, 'sellingResumed', body)),
    'shift.handoverRefused': reading(stepBody, (entry, body) => step(entry, 'handoverRefused', body)),
    'till.added': reading(tillBody, (_entry, { till, name }) => {
      tills.set(till, tillText(name, true));
      return null;
    }),
    'till.updated': reading(tillBody, (_entry, { till, name, isActive }) => {
      tills.set(till, tillText(name, isActive));
      return null;
    }),
    'clock.confirmed': reading(clockBody, (entry, { aheadUntilMs }) => {
      clocks.push(JSON.stringify([entry.atMs, aheadUntilMs, entry.actor?.id ?? 0]));
      return null;
    }),
  };

  function checkMove(entry: JournalEntry, body: MoveBody): Problem | null {
    moves += 1;
    const fault = moveFault(entry, body, standing);
    if (fault !== null) return problem(entry, fault.kind, fault.detail);
    const { from, to, kind, countId } = body;
    for (const { currency, minor } of body.amounts) {
      if (!ledger.add(from, currency, -minor)) return overdrawn(entry, from);
      ledger.add(to, currency, minor);
      if (kind === 'difference' || kind === 'floatDifference') {
        const key = `${countId} ${currency}`;
        const sign = from.kind === 'outside' ? 1 : -1;
        differences.set(key, (differences.get(key) ?? 0) + sign * minor);
      }
    }
    const isOpening = kind === 'float' || kind === 'floatDifference' || kind === 'handover';
    for (const currency of currencies) {
      worn.add(from, currency, -wornOf(body.lines, currency));
      if (!isOpening) worn.add(to, currency, wornOf(body.lines, currency));
    }
    if (kind === 'exchange') {
      if (body.pairedWith === null) halves.set(body.moveId, body);
      else if (!arePair(halves.get(body.pairedWith), body))
        return problem(entry, 'sumWrong', `move ${body.moveId}`);
      else halves.delete(body.pairedWith);
    }
    return rowsProblem(entry, `move ${body.moveId}`, rows.moveDiffers(entry, body));
  }

  function checkCount(entry: JournalEntry, body: CountBody): Problem | null {
    const { countId, shiftId, kind, lines } = body;
    const name = `count ${countId}`;
    const closedWith = lastCount.get(shiftId);
    for (const currency of currencies) {
      const result = body.results.find((one) => one.currency === currency);
      const countedMinor = sumOf(lines, currency);
      const wornMinor = wornOf(lines, currency);
      const expected = closedWith?.results.find((one) => one.currency === currency);
      const expectedMinor =
        closedWith === undefined ? expectedOf(body, currency) : (expected?.expectedMinor ?? 0);
      const expectedWornMinor =
        closedWith === undefined
          ? kind === 'opening'
            ? wornMinor
            : worn.at(drawerOf(shiftId), currency)
          : (expected?.expectedWornMinor ?? 0);
      const isRight =
        result === undefined
          ? countedMinor === 0 && expectedMinor === 0
          : result.countedMinor === countedMinor &&
            result.wornMinor === wornMinor &&
            result.expectedMinor === expectedMinor &&
            result.expectedWornMinor === expectedWornMinor &&
            result.differenceMinor === countedMinor - expectedMinor;
      if (!isRight) return problem(entry, 'sumWrong', `${name}: ${currency}`);
      if (kind === 'opening') worn.add(drawerOf(shiftId), currency, wornMinor);
    }
    counts.set(countId, body);
    if (kind !== 'opening' && closedWith === undefined) {
      if (kind !== 'surprise') {
        const fault = standing.step(shiftId, 'counted');
        if (fault !== null) return problem(entry, 'stateWrong', fault);
        steps.push(JSON.stringify([shiftId, 'counted', countId, null, '', entry.actor?.id ?? 0, entry.atMs]));
      } else if (standing.tillOf(shiftId) === null || standing.isClosed(shiftId))
        return problem(entry, 'stateWrong', `${name} of no open shift`);
    }
    return rowsProblem(entry, name, rows.countDiffers(entry, body));
  }

  /** An opening is compared with what was left in the drawer; of a handover it is the shift's already. */
  function expectedOf({ kind, shiftId, till }: CountBody, currency: (typeof currencies)[number]): number {
    const left = kind === 'opening' ? ledger.at({ kind: 'till', till }, currency) : 0;
    return ledger.at(drawerOf(shiftId), currency) + left;
  }

  function checkOpened(entry: JournalEntry, body: OpenedBody): Problem | null {
    const { shiftId, till, countId } = body;
    const name = `the float of shift ${shiftId}`;
    const fault = standing.open(shiftId, till, entry.actor?.id ?? 0, body.businessDate);
    if (fault !== null) return problem(entry, 'stateWrong', fault);
    const count = counts.get(countId);
    if (count?.kind !== 'opening' || count.shiftId !== shiftId)
      return problem(entry, 'stateWrong', `${name} was not counted`);
    const isRight =
      isSame(body.float, ledger.all(drawerOf(shiftId))) &&
      ledger.all({ kind: 'till', till }).length === 0 &&
      isAnswered(count) &&
      currencies.every((currency) => sumOf(count.lines, currency) === ledger.at(drawerOf(shiftId), currency));
    if (!isRight) return problem(entry, 'sumWrong', name);
    return rowsProblem(entry, `shift ${shiftId}`, rows.shiftDiffers(entry, body));
  }

  function checkClosed(entry: JournalEntry, body: ClosedBody, own: Totals, after: Totals): Problem | null {
    reports += 1;
    const { shiftId } = body;
    const name = `the close of shift ${shiftId}`;
    const till = standing.tillOf(shiftId);
    const number = (lastZ.get(body.till) ?? 0) + 1;
    if (till !== body.till) return problem(entry, 'stateWrong', `${name} on another till`);
    if (body.zNumber > number) return problem(entry, 'numberGap', name);
    if (body.zNumber < number) return problem(entry, 'numberRepeated', name);
    lastZ.set(till, number);
    const fault = standing.step(shiftId, 'closed');
    const count = counts.get(body.countId);
    if (fault !== null) return problem(entry, 'stateWrong', fault);
    if (count?.shiftId !== shiftId) return problem(entry, 'stateWrong', `${name} without its count`);
    lastCount.set(shiftId, count);
    if (ledger.all(drawerOf(shiftId)).length > 0)
      return problem(entry, 'sumWrong', `${name} leaves cash in it`);
    const { receipts, minor, undone, undoneMinor } = body.perpetual;
    const isRight =
      isSame({ receipts, minor, undone, undoneMinor }, after) &&
      isSame([body.receipts, body.receiptsMinor, body.undone, body.undoneMinor], Object.values(own)) &&
      isSame(body.results, count.results) &&
      isAnswered(count);
    if (!isRight) return problem(entry, 'sumWrong', name);
    const reason = count.kind === 'witnessed' ? count.reason : '';
    return rowsProblem(entry, name, rows.reportDiffers(entry, body, reason));
  }

  /** Over and short left the account as the count said, to the minor unit. */
  function isAnswered(count: CountBody): boolean {
    return currencies.every(
      (currency) =>
        differenceMoved(count.countId, currency) ===
        (count.results.find((one) => one.currency === currency)?.differenceMinor ?? 0),
    );
  }

  function differenceMoved(countId: number, currency: string): number {
    const key = `${countId} ${currency}`;
    const minor = differences.get(key) ?? 0;
    differences.delete(key);
    return minor;
  }

  function step(
    entry: JournalEntry,
    name: 'suspended' | 'resumed' | 'sellingResumed' | 'handoverRefused',
    { shiftId, countId, requestId, reason }: z.output<typeof stepBody>,
  ): Problem | null {
    const row = [shiftId, name, countId ?? null, requestId, reason, entry.actor?.id ?? 0, entry.atMs];
    steps.push(JSON.stringify(row));
    const fault = standing.step(shiftId, name);
    return fault === null ? null : problem(entry, 'stateWrong', fault);
  }

  function finish(): Problem | null {
    if (halves.size > 0) return { sequence: null, kind: 'sumWrong', detail: 'an exchange has one half' };
    const [difference] = [...differences].filter(([, minor]) => minor !== 0);
    if (difference !== undefined)
      return { sequence: null, kind: 'sumWrong', detail: `a difference of no count: ${difference[0]}` };
    return endDiffers(db, {
      shifts,
      counts: counts.size,
      moves,
      reports,
      steps,
      explained,
      clocks,
      tills,
      ledger,
      perpetual,
    });
  }

  return {
    check: (entry: JournalEntry): Problem | null => checks[entry.act]?.(entry) ?? null,
    finish,
  };
}

/** An entry of which nothing else is asked than its till. */
const tillOfBody = z.looseObject({ till: z.string() });

function reading<T>(
  schema: z.ZodType<T>,
  act: (entry: JournalEntry, body: T) => Problem | null,
): (entry: JournalEntry) => Problem | null {
  return (entry) => {
    const body = schema.safeParse(entry.body);
    return body.success
      ? act(entry, body.data)
      : problem(entry, 'unreadable', `${entry.act} has not its fields`);
  };
}

function drawerOf(shiftId: number): Place {
  return { kind: 'shift', shiftId };
}

function tillText(name: string, isActive: boolean): string {
  return JSON.stringify([name, isActive ? 1 : 0]);
}

function arePair(one: MoveBody | undefined, other: MoveBody): boolean {
  return (
    one !== undefined &&
    placeName(one.from) === placeName(other.to) &&
    placeName(one.to) === placeName(other.from) &&
    isSame(one.amounts, other.amounts)
  );
}

function problem(entry: JournalEntry, kind: Problem['kind'], detail: string): Problem {
  return { sequence: entry.sequence, kind, detail };
}

function rowsProblem(entry: JournalEntry, name: string, difference: string | null): Problem | null {
  return difference === null ? null : problem(entry, 'rowsDiffer', `${name}: ${difference}`);
}

function overdrawn(entry: JournalEntry, place: Place): Problem {
  return problem(entry, 'sumWrong', `${placeName(place)} holds less than went out`);
}

/** Both have their fields in the same order. */
function isSame(said: unknown, other: unknown): boolean {
  return JSON.stringify(said) === JSON.stringify(other);
}
