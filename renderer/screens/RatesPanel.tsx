import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ForeignCurrency } from '../../shared/domain/exchange.ts';
import { foreignCurrencies } from '../../shared/domain/exchange.ts';
import { Notice } from '../components/Notice.tsx';
import { rateFigures, useSpeech } from '../i18n/useSpeech.ts';
import { useRates } from '../stores/rates.ts';
import { readRate } from '../draft/typedRate.ts';
import classes from './RatesPanel.module.css';

type Texts = Readonly<Partial<Record<ForeignCurrency, string>>>;

/** The day's rates: the last ones stand in the fields, Enter confirms them; one far from the last is asked about. */
export function RatesPanel() {
  const { t, date, failure, currencyName } = useSpeech();
  const { view, isWorking, failure: failed, isSet, load, set, forgetAnswer } = useRates();
  const [texts, setTexts] = useState<Texts>({});
  const [isAsked, setIsAsked] = useState(false);

  useEffect(() => {
    forgetAnswer();
    void load();
  }, [load, forgetAnswer]);

  if (view === null) return failed === null ? null : <Notice kind="problem">{failure(failed)}</Notice>;
  const { today, last } = view;
  const isUnlikely = failed?.code === 'rate.unlikely';

  function textOf(currency: ForeignCurrency): string {
    const known = today[currency] ?? last[currency];
    return texts[currency] ?? (known === undefined ? '' : rateFigures(known));
  }

  const read = foreignCurrencies.map((currency) => ({
    currency,
    text: textOf(currency),
    rate: readRate(textOf(currency)),
  }));
  const typed = read.filter(({ text }) => text.trim() !== '');

  function confirm(): void {
    setIsAsked(true);
    const rates = typed.flatMap(({ currency, rate }) => (rate === null ? [] : [{ currency, rate }]));
    if (rates.length === 0 || rates.length < typed.length) return;
    void set(rates, isUnlikely);
  }

  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
      noValidate
      data-testid="rates"
    >
      <h2 className={classes.title}>{t('rates.title')}</h2>
      <p className={classes.text}>
        {date(view.businessDate)} · {t('rates.text')}
      </p>
      <div className={classes.fields}>
        {read.map(({ currency, text, rate }) => {
          const known = today[currency];
          const before = last[currency];
          return (
            <div key={currency} className={classes.field}>
              <TextInput
                label={t('rates.field', { currency: currencyName(currency) })}
                value={text}
                onChange={(event) => {
                  setTexts({ ...texts, [currency]: event.currentTarget.value });
                  forgetAnswer();
                }}
                onFocus={(event) => event.currentTarget.select()}
                error={
                  text.trim() === ''
                    ? isAsked && typed.length === 0
                      ? t('rates.empty')
                      : null
                    : rate === null
                      ? t('money.notARate')
                      : null
                }
                dir="ltr"
                inputMode="decimal"
                autoComplete="off"
                size="lg"
                rightSection={<span className={classes.symbol}>₪</span>}
                classNames={{ input: classes.input }}
                data-testid={`rate-${currency}`}
              />
              <p className={classes.known} data-set={known !== undefined || undefined}>
                {known !== undefined
                  ? t('rates.today', { rate: rateFigures(known) })
                  : before === undefined
                    ? t('rates.noLast')
                    : t('rates.last', { rate: rateFigures(before) })}
              </p>
            </div>
          );
        })}
      </div>
      {failed !== null && (
        <Notice kind="problem" testId="rates-problem">
          {failure(failed)}
        </Notice>
      )}
      {isSet && (
        <Notice kind="good" testId="rates-set">
          {t('rates.set')}
        </Notice>
      )}
      <Button
        type="submit"
        size="md"
        loading={isWorking}
        {...(isUnlikely ? { color: 'clay' } : {})}
        data-testid="rates-confirm"
      >
        {isUnlikely ? t('rates.sure') : t('rates.confirm')}
      </Button>
    </form>
  );
}
