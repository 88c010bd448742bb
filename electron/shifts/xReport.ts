import type { Person, XReport } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { shiftActs, shiftSums } from './figures.ts';
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
