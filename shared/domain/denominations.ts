import type { Currency } from './money.ts';

/** Notes and coins in circulation, in minor units, largest first (product.md, facts). Data, not rules. */
export const denominations: Record<Currency, readonly number[]> = {
  ILS: [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 10],
  JOD: [50000, 20000, 10000, 5000, 1000, 500, 250, 100, 50],
  USD: [10000, 5000, 2000, 1000, 500, 100],
};
