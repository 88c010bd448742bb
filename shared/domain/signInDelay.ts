/** Failures in a row after which only an administrator lets the person in again. */
export const failuresBeforeLock = 10;
/** Failures that cost nothing: fingers slip. */
const freeFailures = 3;
const longestDelayMs = 5 * 60_000;

/** How long after the last failure the next attempt is looked at, in milliseconds: 5 s, 10 s, 20 s … 5 min. */
export function signInDelayMs(failedAttempts: number): number {
  if (failedAttempts < freeFailures) return 0;
  return Math.min(longestDelayMs, 5_000 * 2 ** (failedAttempts - freeFailures));
}
