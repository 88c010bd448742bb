import type { Reckoning } from '../draft/reckoning.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import classes from './ChangeBox.module.css';

type ChangeBoxProps = {
  readonly reckoning: Reckoning;
  readonly isStill: boolean;
  readonly onChoose: () => void;
};

/** What goes back over the counter, each currency by itself, and what of it does not. */
export function ChangeBox({ reckoning, isStill, onChoose }: ChangeBoxProps) {
  const { t, money } = useSpeech();
  const { missingMinor, changeMinor, change, creditMinor, roundingMinor } = reckoning;
  const isMissing = missingMinor > 0;
  const isKnown = changeMinor !== null;
  const label = isMissing ? t('counter.missing') : t('counter.change');
  return (
    <div
      className={classes.box}
      data-state={isMissing ? 'missing' : isKnown ? 'change' : 'none'}
      data-parts={change.length}
    >
      <div className={classes.head}>
        <span className={classes.label}>{label}</span>
        {isKnown && changeMinor > 0 && (
          <button
            type="button"
            className={classes.how}
            onClick={onChoose}
            disabled={isStill}
            aria-keyshortcuts="F11"
            data-testid="change-how"
          >
            {t('pay.changeHow')}
            <KeyCap keys="F11" />
          </button>
        )}
      </div>
      <div className={classes.body}>
        <output aria-label={label} className={classes.parts}>
          {isMissing ? (
            <Figure text={figures(missingMinor)} size="huge" testId="change" />
          ) : !isKnown ? (
            <Figure text="—" size="huge" testId="change" />
          ) : change.length === 0 ? (
            <Figure text={figures(0)} size="huge" testId="change" />
          ) : (
            change.map(({ currency, minor }) => (
              <Figure
                key={currency}
                text={figures(minor, currency)}
                currency={currency}
                size="huge"
                testId={currency === 'ILS' ? 'change' : `change-${currency}`}
              />
            ))
          )}
        </output>
        {isKnown && (creditMinor > 0 || roundingMinor !== 0) && (
          <div className={classes.notes}>
            {creditMinor > 0 && (
              <span className={classes.credit} data-testid="change-credit">
                {t('pay.creditShort')} <Figure text={figures(creditMinor)} size="row" />
              </span>
            )}
            {roundingMinor !== 0 && (
              <span data-testid="change-rounding">
                {roundingMinor > 0
                  ? t('pay.roundingKept', { amount: money(roundingMinor) })
                  : t('pay.roundingGiven', { amount: money(-roundingMinor) })}
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
