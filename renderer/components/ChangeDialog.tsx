import { Button, Stack } from '@mantine/core';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { currencies, toDecimal } from '../../shared/domain/money.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { figures, rateFigures, useSpeech } from '../i18n/useSpeech.ts';
import type { CounterTerms, Reckoning } from '../draft/reckoning.ts';
import { Dialog } from './Dialog.tsx';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { MoneyField } from './MoneyField.tsx';
import { Notice } from './Notice.tsx';
import classes from './ChangeDialog.module.css';

type ChangeDialogProps = {
  readonly isOpen: boolean;
  readonly reckoning: Reckoning;
  readonly terms: CounterTerms;
  readonly currency: Currency;
  readonly creditText: string;
  readonly hasAccount: boolean;
  readonly onChoose: (currency: Currency, creditText: string) => void;
  readonly onClose: () => void;
};

/** In which currency the change is given, and what of it can't be given: seen in large digits as it is chosen. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { reckoning, terms, currency, creditText, hasAccount, onChoose } = props;
  const { t, money, currencyName, problem } = useSpeech();
  const group = useRef<HTMLDivElement>(null);
  const open = currencies.filter((one) => one === 'ILS' || terms.rates[one] !== undefined);
  const chosen = open.includes(currency) ? currency : 'ILS';
  const dueMinor = Math.max(0, reckoning.changeMinor ?? 0);

  function onKey(event: KeyboardEvent): void {
    const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
    const step =
      event.key === 'ArrowDown' || event.key === 'ArrowRight'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
          ? -1
          : 0;
    const next =
      digit !== undefined
        ? open[Number(digit) - 1]
        : step !== 0
          ? open[open.indexOf(chosen) + step]
          : undefined;
    if (event.key === 'Enter') {
      event.preventDefault();
      props.onClose();
    }
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next, creditText);
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
  }

  return (
    <Dialog
      isOpen={props.isOpen}
      title={t('pay.changeTitle')}
      closeLabel={t('common.close')}
      onClose={props.onClose}
      size="36rem"
      testId="change-dialog"
    >
      <Stack gap="sm">
        <div
          ref={group}
          className={classes.currencies}
          role="radiogroup"
          aria-label={t('pay.changeCurrency')}
          onKeyDown={onKey}
        >
          {open.map((one, index) => {
            const rate = one === 'ILS' ? undefined : terms.rates[one];
            return (
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={one === chosen}
                tabIndex={one === chosen ? 0 : -1}
                className={classes.currency}
                onClick={() => onChoose(one, creditText)}
                {...(one === chosen ? { 'data-autofocus': true } : {})}
                data-testid={`change-in-${one}`}
              >
                <KeyCap keys={String(index + 1)} />
                <span>{currencyName(one)}</span>
                {rate !== undefined && <bdi className={classes.rate}>{rateFigures(rate)}</bdi>}
              </button>
            );
          })}
        </div>
        <div className={classes.parts} data-testid="change-parts">
          <span className={classes.label}>{t('pay.giveBack')}</span>
          {reckoning.change.length === 0 && <Figure text={figures(0)} size="large" />}
          {reckoning.change.map((part) => (
            <Figure
              key={part.currency}
              text={figures(part.minor, part.currency)}
              currency={part.currency}
              size="large"
            />
          ))}
        </div>
        {hasAccount ? (
          <div className={classes.credit}>
            <MoneyField
              value={creditText}
              onType={(text) => onChoose(chosen, text)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                if (reckoning.creditProblem === null) props.onClose();
              }}
              label={t('pay.creditField')}
              description={t('pay.creditHint')}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              error={reckoning.creditProblem === null ? null : problem(reckoning.creditProblem)}
              size="md"
              data-testid="credit-text"
            />
            <Button
              variant="default"
              onClick={() =>
                onChoose(chosen, creditText === '' ? toDecimal({ minor: dueMinor, currency: 'ILS' }) : '')
              }
              disabled={dueMinor === 0}
              data-testid="credit-all"
            >
              {creditText === '' ? t('pay.creditAll') : t('pay.creditNothing')}
            </Button>
          </div>
        ) : (
          <Notice kind="hint">{t('pay.creditNoAccount')}</Notice>
        )}
        {reckoning.forcedCreditMinor > 0 && (
          <Notice kind="hint">{t('pay.forcedCredit', { amount: money(reckoning.forcedCreditMinor) })}</Notice>
        )}
        <dl className={classes.sum}>
          <dt>{t('counter.change')}</dt>
          <dd>
            <Figure text={figures(dueMinor)} size="row" />
          </dd>
          <dt>{t('pay.toCredit')}</dt>
          <dd>
            <Figure text={figures(reckoning.creditMinor)} size="row" />
          </dd>
          {reckoning.roundingMinor !== 0 && (
            <>
              <dt>{t('pay.rounding')}</dt>
              <dd>
                <Figure text={figures(reckoning.roundingMinor)} size="row" />
              </dd>
            </>
          )}
        </dl>
        <Button
          onClick={props.onClose}
          disabled={reckoning.creditProblem !== null}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="change-done"
        >
          {t('pay.changeDone')}
        </Button>
      </Stack>
    </Dialog>
  );
}
