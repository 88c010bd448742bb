import type { Currency } from '../../shared/domain/money.ts';
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts';

/** What the wording of an error may need: an amount with its currency, and counted words. */
export type Speech = {
  readonly money: (minor: number, currency?: Currency) => string;
  readonly count: (word: 'attempts' | 'seconds' | 'minutes' | 'characters', count: number) => string;
  readonly currencyName: (currency: Currency) => string;
  readonly fatal: (reason: ErrorParams['storage.stopped']['reason']) => string;
};

/** A wording for every code there is: a new code without one does not compile. */
export type ErrorWords = {
  readonly [C in ErrorCode | 'lost']: C extends ErrorCode
    ? (params: ErrorParams[C], speech: Speech) => string
    : (params: Record<never, never>, speech: Speech) => string;
};
