import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openReadOnly } from '../../electron/db/open.ts';
import type { CashLine } from '../../shared/domain/counting.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { CountOutcome, CountSheet, ShiftClosed } from '../../shared/ipc/contract.ts';
import type { TestCounter } from './counter.ts';

/** Shekels by kind: `ils([1000, 20])` are twenty coins of ten. */
export function ils(
  ...kinds: readonly (readonly [denominationMinor: number, quantity: number])[]
): CashLine[] {
  return kinds.map(([denominationMinor, quantity]) => notes('ILS', denominationMinor, quantity));
}

export function notes(
  currency: Currency,
  denominationMinor: number,
  quantity: number,
  isWorn = false,
): CashLine {
  return { currency, denominationMinor, isWorn, quantity };
}

/** The fewest notes and coins of an amount; what no coin can make is left out. */
export function linesFor(currency: Currency, minor: number): CashLine[] {
  let rest = minor;
  return denominations[currency].flatMap((value) => {
    const quantity = Math.floor(rest / value);
    rest -= quantity * value;
    return quantity === 0 ? [] : [notes(currency, value, quantity)];
  });
}

/** What a count of the drawer would need to find: no channel says it, so it is read from the file. */
export function expectedIn(folder: string, shiftId: number): { currency: Currency; minor: number }[] {
  const db = openReadOnly(join(folder, 'sanduq.db'));
  try {
    return db
      .prepare<[number], { currency: Currency; minor: number }>(
        'SELECT currency, expected_minor AS minor FROM shift_cash WHERE shift_id = ? ORDER BY currency',
      )
      .all(shiftId);
  } finally {
    db.close();
  }
}

/** The notes that should lie in the drawer. */
export function drawerOf(till: Pick<TestCounter, 'folder'>, shiftId: number): CashLine[] {
  return expectedIn(till.folder, shiftId).flatMap(({ currency, minor }) => linesFor(currency, minor));
}

/** A sheet with every paper ticked, and these notes. */
export function countedFrom(sheet: CountSheet, lines: readonly CashLine[]) {
  return {
    requestId: randomUUID(),
    lines: [...lines],
    papers: sheet.papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    mark: sheet.mark,
    isSure: true,
  };
}

/** The signed-in cashier counts; without lines exactly what should be there. */
export async function countDrawer(
  till: TestCounter,
  lines?: readonly CashLine[],
  reason = '',
): Promise<CountOutcome> {
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const found = lines ?? drawerOf(till, sheet.shiftId);
  return till.call('shifts.count', { ...countedFrom(sheet, found), reason });
}

/** The close of a count, with words for whatever differs. */
export function closingOf(count: CountOutcome, leftInDrawer: readonly CashLine[] = []) {
  return {
    requestId: randomUUID(),
    countId: count.id,
    explanations: [
      ...count.results
        .filter(({ differenceMinor }) => differenceMinor !== 0)
        .map(({ currency }) => ({ currency, text: 'لا أعرف السبب' })),
      ...(count.missing.length === 0 ? [] : [{ currency: null, text: 'لم أجد الورقة' }]),
    ],
    leftInDrawer: [...leftInDrawer],
  };
}

/** Counts what is there and closes. */
export async function countAndClose(
  till: TestCounter,
  leftInDrawer: readonly CashLine[] = [],
): Promise<ShiftClosed> {
  return till.call('shifts.close', closingOf(await countDrawer(till), leftInDrawer));
}
