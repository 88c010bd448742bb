import {
  IconArrowDown,
  IconArrowUp,
  IconCheck,
  IconChecks,
  IconCircleDashed,
  IconClockExclamation,
  IconMessageQuestion,
  IconRotate,
} from '@tabler/icons-react';
import type { CurrencyResult } from '../../shared/domain/day.ts';
import { differencesOf } from '../../shared/domain/day.ts';
import type { DayShift } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './DayMarks.module.css';

export type DayShiftState = 'open' | 'over' | 'returned' | 'unexplained' | 'explained' | 'equal';

const shapes = {
  open: IconCircleDashed,
  over: IconClockExclamation,
  returned: IconRotate,
  unexplained: IconMessageQuestion,
  explained: IconChecks,
  equal: IconCheck,
};

/** How a closed shift stands in the review. */
export function shiftStateOf(shift: DayShift): DayShiftState {
  if (shift.isReturned) return 'returned';
  const differing = differencesOf(shift);
  if (differing.length === 0) return 'equal';
  const isExplained = differing.every((currency) => {
    const said = shift.explanations.filter((one) => one.currency === currency);
    return said.some(({ isReview }) => isReview) && said.some(({ isReview }) => !isReview);
  });
  return isExplained ? 'explained' : 'unexplained';
}

/** Told by a word, a shape and a colour. */
export function DayShiftState({ state }: { readonly state: DayShiftState }) {
  const { t } = useSpeech();
  const Shape = shapes[state];
  return (
    <span className={classes.state} data-state={state}>
      <Shape size="1rem" stroke={2.2} aria-hidden="true" />
      {t(`day.shiftStates.${state}`)}
    </span>
  );
}

/** Short or over in each currency that differs; one mark where all agree. */
export function Differences({ results }: { readonly results: readonly CurrencyResult[] }) {
  const { t } = useSpeech();
  const differing = results.filter(({ differenceMinor }) => differenceMinor !== 0);
  if (differing.length === 0)
    return results.length === 0 ? (
      <span />
    ) : (
      <span className={classes.equal}>
        <IconCheck size="1rem" stroke={2.4} aria-hidden="true" />
        {t('day.equal')}
      </span>
    );
  return (
    <span className={classes.differences}>
      {differing.map(({ currency, differenceMinor }) => {
        const isShort = differenceMinor < 0;
        const Arrow = isShort ? IconArrowDown : IconArrowUp;
        return (
          <span key={currency} className={classes.difference} data-short={isShort || undefined}>
            <Arrow size="1rem" stroke={2.4} aria-hidden="true" />
            {t(isShort ? 'day.short' : 'day.over')}{' '}
            <Figure text={figures(Math.abs(differenceMinor), currency)} currency={currency} size="row" />
          </span>
        );
      })}
    </span>
  );
}
