import { Button, TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { DepositView } from '../../shared/ipc/contract.ts';
import { enterMovesOn, toFirstWrong } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { MoneyField } from '../components/MoneyField.tsx';
import { Notice } from '../components/Notice.tsx';
import { pieceText } from '../draft/pieces.ts';
import { figures, isolate, useSpeech } from '../i18n/useSpeech.ts';
import type { DepositField } from '../stores/deposits.ts';
import { totalOf, useDeposits, wrongFields } from '../stores/deposits.ts';
import classes from './DepositScreen.module.css';
import { DepositState } from './DepositState.tsx';
import { Line } from './DaySummary.tsx';

/** One deposit: what is in it, what became of it, and what can be said of it next. */
export function DepositEntry({
  deposit,
  canMove,
}: {
  readonly deposit: DepositView;
  readonly canMove: boolean;
}) {
  const { t, failure, named, date, time, money, shortDate } = useSpeech();
  const { draft, failure: failed, begin } = useDeposits();
  const { account, currency, state } = deposit;
  const confirmed = deposit.steps.find((step) => step.state === 'confirmed');
  const difference = (deposit.confirmedMinor ?? totalOf(deposit)) - totalOf(deposit);
  return (
    <div className={classes.summary} data-testid="deposit-entry">
      <div className={classes.top}>
        <span>
          <h2 className={classes.heading}>
            <bdi dir="ltr">{deposit.name}</bdi>
          </h2>
          <span className={classes.soft}>
            {account.bank} · <bdi dir="ltr">{account.account}</bdi>
          </span>
        </span>
        <span className={classes.sum}>
          <Figure
            text={figures(totalOf(deposit), currency)}
            currency={currency}
            size="large"
            testId="deposit-total"
          />
          <DepositState state={state} />
        </span>
      </div>
      {confirmed !== undefined && (
        <Notice kind={difference === 0 ? 'good' : 'problem'} testId="deposit-confirmed">
          {t('day.deposit.confirmedLine', {
            amount: money(deposit.confirmedMinor ?? 0, currency),
            date: date(confirmed.bankDate ?? ''),
            reference: isolate(confirmed.bankReference),
          })}
          {difference !== 0 && (
            <>
              <br />
              {t('day.deposit.differs', { amount: money(difference, currency) })}
            </>
          )}
        </Notice>
      )}
      <dl className={classes.lines}>
        {deposit.cash.map(({ denominationMinor, isWorn, quantity }) => (
          <Line
            key={`${denominationMinor} ${String(isWorn)}`}
            label={`${isolate(`${quantity} × ${pieceText(currency, denominationMinor)}`)}${isWorn ? ` · ${t('day.worn')}` : ''}`}
          >
            <Figure text={figures(denominationMinor * quantity, currency)} currency={currency} />
          </Line>
        ))}
        {deposit.cheques.map((cheque) => (
          <Line
            key={cheque.id}
            label={`${cheque.bank} · ${isolate(cheque.chequeNumber)} · ${t('day.deposit.dueOn', { date: shortDate(cheque.dueOn) })}`}
          >
            <Figure text={figures(cheque.minor, currency)} currency={currency} />
          </Line>
        ))}
        <Line label={t('day.deposit.preparedBy')}>{named(deposit.preparedBy)}</Line>
        <Line label={t('day.deposit.secondPerson')}>{named(deposit.secondPerson)}</Line>
        <Line label={t('day.deposit.day')}>{date(deposit.businessDate)}</Line>
        {deposit.slipNumber !== '' && (
          <Line label={t('fields.slipNumber')}>
            <bdi dir="ltr">{deposit.slipNumber}</bdi>
          </Line>
        )}
        {deposit.bagNumber !== '' && (
          <Line label={t('fields.bagNumber')}>
            <bdi dir="ltr">{deposit.bagNumber}</bdi>
          </Line>
        )}
      </dl>
      {failed !== null && draft === null && <Notice kind="problem">{failure(failed)}</Notice>}
      {canMove && draft === null && (
        <div className={classes.acts} data-acts="">
          {state === 'prepared' && (
            <>
              <Button onClick={() => begin('deposited')} data-testid="deposit-leave">
                {t('day.deposit.leave')}
              </Button>
              <Button
                variant="outline"
                color="clay"
                onClick={() => begin('cancelled')}
                data-testid="deposit-cancel"
              >
                {t('day.deposit.cancel')}
              </Button>
            </>
          )}
          {state === 'deposited' && (
            <Button onClick={() => begin('confirmed')} data-testid="deposit-confirm">
              {t('day.deposit.confirm')}
            </Button>
          )}
        </div>
      )}
      {canMove && draft !== null && <MoveForm deposit={deposit} />}
      <section>
        <h3 className={classes.small}>{t('day.deposit.history')}</h3>
        <ol className={classes.steps}>
          {deposit.steps.map((step) => (
            <li key={step.state} data-testid="deposit-step">
              <DepositState state={step.state} />
              <span>
                {named(step.by)}
                <span className={classes.soft}>
                  {' '}
                  · {date(step.atMs)} {time(step.atMs)}
                </span>
                {step.note !== '' && <bdi className={classes.under}>{step.note}</bdi>}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

const means = { deposited: 'leaveText', cancelled: 'cancelText', confirmed: 'confirmText' } as const;
const acts = { deposited: 'leave', cancelled: 'cancel', confirmed: 'confirm' } as const;

function MoveForm({ deposit }: { readonly deposit: DepositView }) {
  const { t, failure, problem, money } = useSpeech();
  const { draft, isWorking, failure: failed, describe, giveUp, confirm } = useDeposits();
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const to = draft?.to;
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), [to]);
  if (draft === null || to === undefined) return null;
  const wrong = wrongFields(draft, deposit);
  const amount = parseMoney(draft.amountText, deposit.currency);
  const difference = amount.ok ? amount.minor - totalOf(deposit) : 0;

  function submit(): void {
    setIsAsked(true);
    if (wrong.length > 0) toFirstWrong(form.current);
    else void confirm();
  }
  const said = (field: DepositField, words: string): string | null =>
    isAsked && wrong.includes(field) ? words : null;

  return (
    <form
      ref={form}
      className={classes.explain}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          giveUp();
        } else enterMovesOn(event, form.current, submit);
      }}
      data-testid="deposit-form"
    >
      <p className={classes.consequence}>{t(`day.deposit.${means[to]}`)}</p>
      {to === 'confirmed' && (
        <div className={classes.triple}>
          <TextInput
            label={t('day.deposit.reference')}
            value={draft.reference}
            onChange={(event) => describe({ reference: event.currentTarget.value })}
            error={said('reference', t('money.required'))}
            maxLength={40}
            dir="ltr"
            autoComplete="off"
            data-testid="bank-reference"
          />
          <TextInput
            label={t('day.deposit.bankDate')}
            value={draft.dateText}
            onChange={(event) => describe({ dateText: event.currentTarget.value })}
            onFocus={(event) => event.currentTarget.select()}
            error={said('date', t('money.notADate'))}
            dir="ltr"
            autoComplete="off"
            data-testid="bank-date"
          />
          <MoneyField
            label={t('day.deposit.bankAmount')}
            value={draft.amountText}
            onType={(amountText) => describe({ amountText })}
            error={isAsked && !amount.ok ? problem({ kind: 'typed', problem: amount.problem }) : null}
            data-testid="bank-amount"
          />
        </div>
      )}
      {to === 'confirmed' && difference !== 0 && (
        <Notice kind="problem" testId="bank-difference">
          {t('day.deposit.bankDifference', { amount: money(difference, deposit.currency) })}
        </Notice>
      )}
      <TextInput
        label={t(to === 'cancelled' || difference !== 0 ? 'day.deposit.why' : 'day.deposit.note')}
        value={draft.note}
        onChange={(event) => describe({ note: event.currentTarget.value })}
        error={said('note', t('day.needWords'))}
        maxLength={300}
        autoComplete="off"
        readOnly={isWorking}
        data-testid="deposit-note"
      />
      {failed !== null && (
        <Notice kind="problem">{failed.code === 'lost' ? t('day.deposit.lost') : failure(failed)}</Notice>
      )}
      <div className={classes.acts}>
        <Button variant="default" onClick={giveUp} disabled={isWorking} rightSection={<KeyCap keys="Esc" />}>
          {t('common.cancel')}
        </Button>
        <Button
          type="submit"
          loading={isWorking}
          {...(to === 'cancelled' ? { color: 'clay' } : {})}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="deposit-move-go"
        >
          {t(`day.deposit.${acts[to]}`)}
        </Button>
      </div>
    </form>
  );
}
