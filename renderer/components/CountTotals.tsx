import type { CurrencyCount } from '../draft/countDraft.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './CountTotals.module.css';

type CountTotalsProps = {
  readonly label: string;
  readonly totals: readonly CurrencyCount[];
  /** Beside another that matters more. */
  readonly isQuiet?: boolean;
  readonly testId?: string;
};

/** What was typed so far, each currency by itself: the largest thing on the screen, and nothing to compare it with. */
export function CountTotals({ label, totals, isQuiet = false, testId = 'count-totals' }: CountTotalsProps) {
  const { t, money } = useSpeech();
  return (
    <div className={classes.slab} data-quiet={isQuiet || undefined} data-testid={testId}>
      <h2 className={classes.label}>{label}</h2>
      {totals.map(({ currency, minor, wornMinor, pieces }) => (
        <div key={currency} className={classes.total} data-none={pieces === 0 || undefined}>
          <span className={classes.figure}>
            <Figure
              text={figures(minor, currency)}
              currency={currency}
              size="large"
              testId={`${testId}-${currency}`}
            />
          </span>
          <span className={classes.note}>
            {t('shift.count.pieces', { count: pieces })}
            {wornMinor > 0 && ` · ${t('shift.count.ofItWorn', { worn: money(wornMinor, currency) })}`}
          </span>
        </div>
      ))}
    </div>
  );
}
