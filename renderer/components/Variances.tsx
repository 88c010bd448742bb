import { IconArrowDown, IconArrowUp, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CountResult } from '../../shared/ipc/shifts.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './Variances.module.css';

type VariancesProps = {
  readonly results: readonly CountResult[];
  readonly countedLabel: string;
  readonly expectedLabel: string;
  /** Under a currency that differs. */
  readonly under?: (result: CountResult) => ReactNode;
  /** Beside a paper. */
  readonly isNarrow?: boolean;
};

/** Counted, expected, and what is between them: by colour, by word and by an arrow, each currency by itself. */
export function Variances({ results, countedLabel, expectedLabel, under, isNarrow = false }: VariancesProps) {
  const { t, money, currencyName } = useSpeech();
  return (
    <ul className={classes.list} data-narrow={isNarrow || undefined}>
      {results.map((result) => {
        const { currency, countedMinor, expectedMinor, differenceMinor, wornMinor, expectedWornMinor } =
          result;
        const word = differenceMinor < 0 ? 'short' : differenceMinor > 0 ? 'over' : 'equal';
        const Icon = { short: IconArrowDown, over: IconArrowUp, equal: IconCheck }[word];
        return (
          <li key={currency} className={classes.result} data-word={word} data-testid={`variance-${currency}`}>
            <div className={classes.line}>
              <b className={classes.currency}>{currencyName(currency)}</b>
              <span className={classes.side}>
                <span className={classes.label}>{countedLabel}</span>
                <Figure text={figures(countedMinor, currency)} currency={currency} size="row" />
              </span>
              <span className={classes.side}>
                <span className={classes.label}>{expectedLabel}</span>
                <Figure text={figures(expectedMinor, currency)} currency={currency} size="row" />
              </span>
              <span className={classes.verdict}>
                <Icon size="1.4rem" stroke={2.6} aria-hidden="true" />
                <b>{t(`shift.result.${word}`)}</b>
                {differenceMinor !== 0 && (
                  <Figure
                    text={figures(Math.abs(differenceMinor), currency)}
                    currency={currency}
                    size="row"
                  />
                )}
              </span>
            </div>
            {(wornMinor > 0 || expectedWornMinor > 0) && (
              <span className={classes.worn}>
                {t('shift.result.wornLine', {
                  counted: money(wornMinor, currency),
                  expected: money(expectedWornMinor, currency),
                })}
              </span>
            )}
            {differenceMinor !== 0 && under?.(result)}
          </li>
        );
      })}
    </ul>
  );
}
