import { IconArrowBarDown, IconArrowBarUp } from '@tabler/icons-react';
import type { Undone } from '../../shared/domain/receipt.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './CashBack.module.css';
import { Figure } from './Figure.tsx';

type CashBackProps = {
  readonly returned: Undone['returned'];
  /** Before it is done, or what the hands have to do now. */
  readonly isDone: boolean;
};

/** Cash over the counter when a receipt is taken back: what goes to the payer, and what the payer hands back. */
export function CashBack({ returned, isDone }: CashBackProps) {
  const { t } = useSpeech();
  const out = returned.filter(({ minor }) => minor > 0);
  const back = returned.filter(({ minor }) => minor < 0);
  if (returned.length === 0)
    return (
      <div className={classes.part} data-testid="no-cash">
        <span className={classes.label}>{t('undo.noCash')}</span>
      </div>
    );
  return (
    <div className={classes.parts} data-count={returned.length}>
      {[
        { rows: out, label: isDone ? t('undo.giveNow') : t('undo.give'), Icon: IconArrowBarUp, side: 'out' },
        {
          rows: back,
          label: isDone ? t('undo.takeNow') : t('undo.take'),
          Icon: IconArrowBarDown,
          side: 'in',
        },
      ].map(
        ({ rows, label, Icon, side }) =>
          rows.length > 0 && (
            <div key={side} className={classes.part} data-side={side}>
              <span className={classes.label}>
                <Icon size="1.2rem" aria-hidden="true" />
                {label}
              </span>
              {rows.map(({ currency, minor }) => (
                <Figure
                  key={currency}
                  text={figures(Math.abs(minor), currency)}
                  currency={currency}
                  size={returned.length > 2 ? 'large' : 'huge'}
                  testId={`returned-${side}-${currency}`}
                />
              ))}
            </div>
          ),
      )}
    </div>
  );
}
