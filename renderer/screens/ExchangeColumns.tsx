import { useLayoutEffect, useRef } from 'react';
import { currencies } from '../../shared/domain/money.ts';
import { Choice } from '../components/Choice.tsx';
import { PileColumn } from '../components/PileColumn.tsx';
import { movePiles } from '../components/pileKeys.ts';
import { readCount } from '../draft/countDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCustody } from '../stores/custody.ts';
import classes from './CustodyScreen.module.css';

/** What is given and what comes for it, of one currency. */
export function ExchangeColumns({ onEnd }: { readonly onEnd: () => void }) {
  const { t, currencyName } = useSpeech();
  const { currency, draft, taken, type, typeTaken, chooseCurrency } = useCustody();
  const given = useRef<HTMLDivElement>(null);
  const comes = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => given.current?.querySelector<HTMLElement>('input')?.focus(), [currency]);

  return (
    <>
      <div className={classes.currencies}>
        <Choice
          label={t('pay.fields.currency')}
          value={currency}
          choices={currencies.map((one) => ({ value: one, label: currencyName(one) }))}
          onChoose={chooseCurrency}
          testId="exchange-currency"
        />
      </div>
      <div className={classes.exchange}>
        <div
          ref={given}
          onKeyDown={(event) =>
            movePiles(event, given.current, () => comes.current?.querySelector<HTMLElement>('input')?.focus())
          }
        >
          <h2 className={classes.side}>{t('shift.custody.gives')}</h2>
          <PileColumn
            currency={currency}
            draft={draft}
            reading={readCount(draft)}
            hasWorn={false}
            testId="given"
            onType={type}
          />
        </div>
        <div ref={comes} onKeyDown={(event) => movePiles(event, comes.current, onEnd)}>
          <h2 className={classes.side}>{t('shift.custody.takes')}</h2>
          <PileColumn
            currency={currency}
            draft={taken}
            reading={readCount(taken)}
            hasWorn={false}
            testId="taken"
            onType={typeTaken}
          />
        </div>
      </div>
    </>
  );
}
