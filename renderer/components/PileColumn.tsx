import type { Currency } from '../../shared/domain/money.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { CountDraft, CountReading, PileId } from '../draft/countDraft.ts';
import { conditions, denominationText, isCoin, pileId, readPieces } from '../draft/countDraft.ts';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './PileColumn.module.css';

type PileColumnProps = {
  readonly currency: Currency;
  readonly draft: CountDraft;
  readonly reading: CountReading;
  /** Worn pieces have a column of their own. */
  readonly hasWorn: boolean;
  /** Before the names of the fields, where there are two columns of one currency. */
  readonly testId?: string;
  readonly onType: (id: PileId, text: string) => void;
  /** How many pieces there are of each heap, where no more can be taken; heaps of which there are none are not shown. */
  readonly most?: ReadonlyMap<string, number>;
};

/** The heaps of one currency: notes as notes, coins as coins, and beside each what it comes to. */
export function PileColumn({
  currency,
  draft,
  reading,
  hasWorn,
  testId = 'pile',
  onType,
  most,
}: PileColumnProps) {
  const { t, money, currencyName } = useSpeech();
  const shown = hasWorn ? conditions : (['good'] as const);
  const values = denominations[currency].filter(
    (value) => most === undefined || (most.get(pileId(currency, value, 'good')) ?? 0) > 0,
  );
  return (
    <fieldset
      className={classes.column}
      data-worn={hasWorn || undefined}
      data-testid={`${testId}s-${currency}`}
    >
      <legend className={classes.name}>{currencyName(currency)}</legend>
      <div className={classes.head} aria-hidden="true">
        <span />
        {shown.map((condition) => (
          <span key={condition} data-condition={condition}>
            {hasWorn ? t(`shift.count.${condition}`) : t('shift.quantity')}
          </span>
        ))}
        <span className={classes.worth}>{most === undefined && t('shift.value')}</span>
      </div>
      {values.length === 0 && <p className={classes.nothing}>{t('shift.stays.nothing')}</p>}
      {values.map((value, row) => {
        const pieces = shown.map((condition) =>
          readPieces(draft.get(pileId(currency, value, condition)) ?? ''),
        );
        const worth = pieces.reduce<number>((sum, one) => sum + (one ?? 0) * value, 0);
        return (
          <div className={classes.line} key={value}>
            <span
              className={classes.piece}
              data-coin={isCoin(currency, value) || undefined}
              aria-hidden="true"
            >
              {denominationText(currency, value)}
            </span>
            {shown.map((condition) => {
              const id = pileId(currency, value, condition);
              const isWrong =
                reading.wrong.has(id) ||
                (most !== undefined && (readPieces(draft.get(id) ?? '') ?? 0) > (most.get(id) ?? 0));
              return (
                <input
                  key={condition}
                  className={classes.pieces}
                  value={draft.get(id) ?? ''}
                  onChange={(event) => onType(id, event.currentTarget.value)}
                  onFocus={(event) => event.currentTarget.select()}
                  aria-label={t(condition === 'worn' ? 'shift.count.wornOf' : 'shift.quantityOf', {
                    value: money(value, currency),
                  })}
                  aria-invalid={isWrong}
                  title={isWrong ? t('shift.quantityInvalid') : undefined}
                  maxLength={24}
                  dir="ltr"
                  inputMode="numeric"
                  autoComplete="off"
                  spellCheck={false}
                  data-pile={id}
                  data-currency={currency}
                  data-row={row}
                  data-condition={condition}
                  data-testid={
                    condition === 'worn'
                      ? `${testId}-${currency}-${value}-worn`
                      : `${testId}-${currency}-${value}`
                  }
                />
              );
            })}
            <span className={classes.worth} data-none={worth === 0 || undefined}>
              {most !== undefined
                ? t('shift.stays.ofThem', { count: most.get(pileId(currency, value, 'good')) ?? 0 })
                : worth === 0
                  ? '–'
                  : figures(worth, currency)}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
