import { addDays } from '../../shared/domain/dates.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** The last closed day: it and every day before it stay closed. Null: none was closed yet. */
export function closedUntil(db: ReadDb): string | null {
  return (
    prepared<{ date: string | null }>(db, 'SELECT max(business_date) AS date FROM days').get()?.date ?? null
  );
}

/** Before the tables' own triggers say it. @throws Refusal day.closed */
export function requireDayOpen(db: ReadDb, businessDate: string): void {
  const until = closedUntil(db);
  if (until !== null && businessDate <= until) throw refuse('day.closed', { businessDate: until });
}

/**
 * The date to which acts outside of shifts belong (of the safe, of cheques at the bank): the calendar's, or once that day is
 * closed the next one. So a closed day's safe is what it was, and whatever comes after it is seen with the next day.
 */
export function openDateOf(db: ReadDb, calendarDate: string): string {
  return openDateAfter(closedUntil(db), calendarDate);
}

/** The same, where it is known how far days were closed. */
export function openDateAfter(closed: string | null, calendarDate: string): string {
  return closed !== null && calendarDate <= closed ? addDays(closed, 1) : calendarDate;
}
