/** Times of single acts in milliseconds, run by run. */
export type Runs = readonly (readonly number[])[];

export type Spread = { readonly p50: number; readonly p95: number };

/** The value that this share of all values does not exceed. @throws RangeError for no values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** The median over the runs of each run's median and 95th percentile: one disturbed run does not make the figure. */
export function spreadOf(runs: Runs): Spread {
  return {
    p50: percentile(
      runs.map((run) => percentile(run, 0.5)),
      0.5,
    ),
    p95: percentile(
      runs.map((run) => percentile(run, 0.95)),
      0.5,
    ),
  };
}

/** Milliseconds that a synchronous act takes. */
export function timed(act: () => unknown): number {
  const from = performance.now();
  act();
  return performance.now() - from;
}
