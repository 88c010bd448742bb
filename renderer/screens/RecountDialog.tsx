import { Button, Checkbox } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf, firstUnlikely } from '../../shared/domain/counting.ts';
import { currencies } from '../../shared/domain/money.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { RecountSheet } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { enterMovesOn } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { isOfPerson, usePerson } from '../components/usePerson.ts';
import { pieceText, piecesOf } from '../draft/pieces.ts';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import { useAnticipation } from './useAnticipation.ts';
import classes from './DayScreen.module.css';

/** What came into the safe of a returned shift, counted again without a word of what it was. */
export function RecountDialog() {
  const { t, named } = useSpeech();
  const { recount, leave } = useDay();
  return (
    <Dialog
      isOpen={recount !== null}
      title={t('day.recountTitle', { person: recount === null ? '' : named(recount.cashier) })}
      closeLabel={t('common.close')}
      onClose={leave}
      size="62rem"
      testId="recount-dialog"
    >
      {recount !== null && <RecountForm key={recount.returnedId} sheet={recount} />}
    </Dialog>
  );
}

function RecountForm({ sheet }: { readonly sheet: RecountSheet }) {
  const { t, failure, money, currencyName, listed } = useSpeech();
  const { sendRecount, isWorking, failure: failed } = useDay();
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [there, setThere] = useState<ReadonlySet<string>>(new Set());
  const [isAsked, setIsAsked] = useState(false);
  const [isSure, setIsSure] = useState(false);
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const form = useRef<HTMLFormElement>(null);

  const heaps = currencies.flatMap((currency) =>
    denominations[currency].flatMap((denominationMinor) =>
      [false, true].map((isWorn) => ({
        currency,
        denominationMinor,
        isWorn,
        id: `${currency}-${denominationMinor}${isWorn ? '-worn' : ''}`,
      })),
    ),
  );
  const isWrong = heaps.some(({ id }) => piecesOf(texts.get(id) ?? '') === null);
  const lines: CashLine[] = heaps.flatMap(({ id, ...kind }) => {
    const quantity = piecesOf(texts.get(id) ?? '') ?? 0;
    return quantity === 0 ? [] : [{ ...kind, quantity }];
  });
  const unlikely = firstUnlikely(lines);

  function submit(): void {
    setIsAsked(true);
    if (isWrong) return;
    const counter = person.read();
    if (counter === null) return;
    const papers = sheet.papers.map(({ paymentId, line }) => ({
      paymentId,
      line,
      isPresent: there.has(`${paymentId}-${line}`),
    }));
    void sendRecount({ lines, papers, isSure: isSure || unlikely === null, counter });
  }

  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => enterMovesOn(event, form.current, submit)}
    >
      <p className={classes.text}>
        {t('day.recountText')}{' '}
        {sheet.leftInDrawer.length === 0
          ? t('day.recountLeftNone')
          : t('day.recountLeft', {
              amounts: listed(sheet.leftInDrawer.map(({ minor, currency }) => money(minor, currency))),
            })}
      </p>
      <div className={classes.heaps}>
        {currencies.map((currency) => (
          <fieldset key={currency} className={classes.heap}>
            <legend>
              {currencyName(currency)} · <span className={classes.soft}>{t('day.worn')}</span>
            </legend>
            {denominations[currency].map((value) => (
              <div key={value} className={classes.heapLine}>
                <span>{pieceText(currency, value)}</span>
                {[false, true].map((isWorn) => {
                  const id = `${currency}-${value}${isWorn ? '-worn' : ''}`;
                  return (
                    <input
                      key={id}
                      className={classes.pieces}
                      data-worn={isWorn || undefined}
                      value={texts.get(id) ?? ''}
                      onChange={(event) => setTexts(new Map(texts).set(id, event.currentTarget.value))}
                      onFocus={(event) => event.currentTarget.select()}
                      aria-label={t(isWorn ? 'day.deposit.piecesOfWorn' : 'day.deposit.piecesOf', {
                        value: money(value, currency),
                      })}
                      aria-invalid={piecesOf(texts.get(id) ?? '') === null}
                      inputMode="numeric"
                      {...(id === heaps[0]?.id ? { 'data-autofocus': true } : {})}
                      dir="ltr"
                      maxLength={12}
                      autoComplete="off"
                      data-testid={`recount-${id}`}
                    />
                  );
                })}
              </div>
            ))}
          </fieldset>
        ))}
      </div>
      {sheet.papers.length > 0 && (
        <fieldset className={classes.papers}>
          <legend>{t('day.recountPapers')}</legend>
          {sheet.papers.map(({ paymentId, line, receiptNumber, minor, currency }) => (
            <Checkbox
              key={`${paymentId}-${line}`}
              label={
                <>
                  {receiptNumberText(receiptNumber)} ·{' '}
                  <Figure text={figures(minor, currency)} currency={currency} />
                </>
              }
              checked={there.has(`${paymentId}-${line}`)}
              onChange={(event) => {
                const next = new Set(there);
                if (event.currentTarget.checked) next.add(`${paymentId}-${line}`);
                else next.delete(`${paymentId}-${line}`);
                setThere(next);
              }}
              data-testid="recount-paper"
            />
          ))}
        </fieldset>
      )}
      <div className={classes.bottom}>
        <div>
          <span className={classes.soft}>{t('day.typedSoFar')}</span>
          {(lines.length === 0 ? [{ currency: 'ILS' as const, minor: 0 }] : amountsOf(lines)).map(
            ({ currency, minor }) => (
              <div key={currency}>
                <Figure
                  text={figures(minor, currency)}
                  currency={currency}
                  size="row"
                  testId={`recount-sum-${currency}`}
                />
              </div>
            ),
          )}
        </div>
        <PersonFields
          loginLabel={t('day.recountCounter')}
          secretLabel={t('day.recountSecret')}
          person={person}
          testId="recount"
        />
        <Button
          type="submit"
          size="md"
          loading={isWorking}
          disabled={person.isWaiting}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="recount-go"
        >
          {t('day.recountGo')}
        </Button>
      </div>
      {isAsked && isWrong && <Notice kind="problem">{t('day.notPieces')}</Notice>}
      {failed?.code === 'count.unlikely' && (
        <Checkbox
          label={t('day.recountSure')}
          checked={isSure}
          onChange={(event) => setIsSure(event.currentTarget.checked)}
          data-testid="recount-sure"
        />
      )}
      {failed !== null && !isOfPerson(failed) && <Notice kind="problem">{failure(failed)}</Notice>}
    </form>
  );
}
