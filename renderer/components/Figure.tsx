import { useTranslation } from 'react-i18next';
import type { Currency } from '../../shared/domain/money.ts';
import classes from './Figure.module.css';

type FigureProps = {
  readonly text: string;
  readonly currency?: Currency;
  readonly size?: 'inline' | 'row' | 'large' | 'huge';
  readonly testId?: string;
};

/**
 * An amount with its currency beside it: tabular digits that keep their own order, never broken over lines. The sign
 * follows the digits in the reading direction, as Arabic and English both write it.
 */
export function Figure({ text, currency = 'ILS', size = 'inline', testId }: FigureProps) {
  const { t } = useTranslation();
  return (
    <span className={classes.figure} data-size={size} data-testid={testId}>
      <bdi dir="ltr">{text}</bdi>
      {text !== '—' && <span className={classes.currency}>{t(`symbols.${currency}`)}</span>}
    </span>
  );
}
