import type { Person, XReport } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { actorOf } from '../users/users.ts';
import type { CloseContext } from './closeShift.ts';
import { shiftActs, shiftSums } from './figures.ts';
import { actsPaper, shiftPaper } from './shiftPaper.ts';
import type { ShiftRow } from './shifts.ts';

/**
 * A running shift as it may be seen: by its own cashier, whatever their role, what was done and no sum; by another the
 * sums of receipts as well.
 */
export function viewRunning(
  db: ReadDb,
  shift: ShiftRow,
  person: Person,
  head: { readonly sequence: number; readonly hash: string },
  atMs: number,
): XReport {
  if (person.id === shift.userId) return { acts: shiftActs(db, shift, atMs), figures: null };
  const sums = shiftSums(db, shift, atMs);
  return {
    acts: sums.acts,
    figures: {
      version: 1,
      ...sums,
      zNumber: null,
      count: null,
      perpetual: null,
      journal: { sequence: head.sequence, hash: head.hash },
    },
  };
}

/** The same on paper; who printed it is in the journal. @returns the print job */
export function printX(tx: Tx, shift: ShiftRow, person: Person, context: CloseContext): number {
  const { journal, atMs, letterhead, isDemonstration } = context;
  const { acts, figures } = viewRunning(tx, shift, person, journal.head(), atMs);
  const paper =
    figures === null
      ? actsPaper(acts, letterhead, isDemonstration)
      : shiftPaper(figures, letterhead, isDemonstration);
  const { sequence } = journal.append(tx, {
    act: 'shift.xPrinted',
    actor: actorOf(person),
    atMs,
    body: { shiftId: shift.id, till: shift.till, hasSums: figures !== null },
  });
  return insertPaper(tx, { paper, subjectId: sequence, userId: person.id, atMs });
}
