import { addDays, businessDate, formatTime } from './dates.ts';

/**
 * The hour of the next day, on the clock on the wall in Gaza, at which a shift takes no more money. Summer time begins and
 * ends before it (at two, of late), so it comes once in every night, in winter as in summer.
 */
export const lastHour = '04:00';

/** A clock may be set back by this much (a correction over the network) without anybody being asked. */
export const clockToleranceMs = 5 * 60_000;

/**
 * True when a shift of that business date takes no more money: from 04:00 of the day after it in Gaza. Everything in a
 * shift belongs to the date on which it was opened, also what is taken after midnight.
 * @throws RangeError for a date that is not in the calendar, or a moment that is not a time
 */
export function isShiftOver(date: string, instantMs: number): boolean {
  const next = addDays(date, 1);
  const today = businessDate(instantMs);
  return today > next || (today === next && formatTime(instantMs) >= lastHour);
}
