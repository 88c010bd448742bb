import type { CashLine } from '../../shared/domain/counting.ts';
import { without } from '../../shared/domain/counting.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { CountOutcome } from '../../shared/ipc/shifts.ts';
import type { CountDraft } from './countDraft.ts';
import { isCoin, pileId, readCount } from './countDraft.ts';

/** What has to be explained: each currency that differs, and (null) papers that are missing. */
export type ToExplain = Currency | null;

/** What people wrote, by what it explains. */
export type ExplanationTexts = ReadonlyMap<ToExplain, string>;

/** As short as main takes one: «x» explains nothing. */
export const shortestReason = 3;

export function toExplain({ results, missing }: Pick<CountOutcome, 'results' | 'missing'>): ToExplain[] {
  const differing: ToExplain[] = results
    .filter(({ differenceMinor }) => differenceMinor !== 0)
    .map(({ currency }) => currency);
  return missing.length > 0 ? [...differing, null] : differing;
}

/** The explanations as they are sent; null while one is missing. */
export function readExplanations(
  outcome: Pick<CountOutcome, 'results' | 'missing'>,
  texts: ExplanationTexts,
): { currency: ToExplain; text: string }[] | null {
  const said = toExplain(outcome).map((currency) => ({
    currency,
    text: (texts.get(currency) ?? '').trim(),
  }));
  return said.every(({ text }) => text.length >= shortestReason) ? said : null;
}

export type StayReading = {
  /** What stays as the next float; null while a number is wrong, or more than was counted. */
  readonly stays: readonly CashLine[] | null;
  /** What goes to the safe; null with it. */
  readonly goes: readonly CashLine[] | null;
};

/** What stays of what was counted; the rest goes to the safe. */
export function readStay(counted: readonly CashLine[], draft: CountDraft): StayReading {
  const { lines, wrong } = readCount(draft);
  const goes = wrong.size > 0 ? null : without(counted, lines);
  return { stays: goes === null ? null : lines, goes };
}

/** How many pieces lie in each heap. */
export function piecesOf(counted: readonly CashLine[]): ReadonlyMap<string, number> {
  return new Map(counted.map((line) => [idOf(line), line.quantity]));
}

/** The small change of what was counted: what the next morning needs. */
export function coinsOf(counted: readonly CashLine[]): CashLine[] {
  return counted.filter(
    ({ currency, denominationMinor, isWorn }) => !isWorn && isCoin(currency, denominationMinor),
  );
}

function idOf(line: CashLine): string {
  return pileId(line.currency, line.denominationMinor, line.isWorn ? 'worn' : 'good');
}
