import { Button, TextInput } from '@mantine/core';
import { IconFileSearch, IconRotate } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { differencesOf } from '../../shared/domain/day.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { DayShift, DayView, Person } from '../../shared/ipc/contract.ts';
import { enterMovesOn } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { usePerson, isOfPerson } from '../components/usePerson.ts';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import { Differences } from './DayMarks.tsx';
import { useAnticipation } from './useAnticipation.ts';
import classes from './DayScreen.module.css';

type DayShiftEntryProps = { readonly shift: DayShift; readonly day: DayView; readonly person: Person };

/** One closed shift: counted against expected, what was said about it, and the way to its evidence. */
export function DayShiftEntry({ shift, day, person }: DayShiftEntryProps) {
  const { t, failure, named, currencyName, date, time } = useSpeech();
  const { failure: failed, beginReturn, beginRecount, look } = useDay();
  const mayAct = person.role === 'supervisor' && day.state === 'open';
  const waiting = shift.returns.find(({ countId }) => countId === null);

  useEveryKey((event) => {
    if (event.key !== 'F4' || isDialogOpen()) return;
    event.preventDefault();
    void look(shift.shiftId, 'report');
  });

  return (
    <div className={classes.summary} data-testid="shift-entry">
      <div className={classes.top}>
        <h2 className={classes.heading}>
          {named(shift.cashier)}{' '}
          <span className={classes.soft}>
            <bdi dir="ltr">{shift.till}</bdi> · <bdi dir="ltr">Z {shift.zNumber}</bdi>
          </span>
        </h2>
        <span className={classes.sum}>
          <Figure text={figures(shift.receiptsMinor)} size="row" />
          <span className={classes.soft}>{t('day.receipts', { count: shift.receipts })}</span>
        </span>
      </div>
      <table className={classes.counts}>
        <thead>
          <tr>
            <th scope="col">{t('day.differences')}</th>
            <th scope="col">{t('day.counted')}</th>
            <th scope="col">{t('day.expected')}</th>
            <th scope="col">{t('day.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {shift.results.map((result) => (
            <tr key={result.currency} data-testid={`result-${result.currency}`}>
              <th scope="row">{currencyName(result.currency)}</th>
              <td>
                <Figure text={figures(result.countedMinor, result.currency)} currency={result.currency} />
              </td>
              <td>
                <Figure text={figures(result.expectedMinor, result.currency)} currency={result.currency} />
              </td>
              <td>
                <Differences results={[result]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shift.missing.length > 0 && (
        <Notice kind="problem">
          {t('day.missing', { receipts: shift.missing.map(receiptNumberText).join('، ') })}
        </Notice>
      )}
      {shift.isRecounted && <Notice kind="hint">{t('day.recounted')}</Notice>}
      {shift.explanations.length > 0 && (
        <section>
          <h3 className={classes.small}>{t('day.explanations')}</h3>
          <ul className={classes.said}>
            {shift.explanations.map((one, index) => (
              <li key={index} data-testid="explanation" data-review={one.isReview || undefined}>
                <span className={classes.soft}>
                  {named(one.by)} · {t(one.isReview ? 'day.bySupervisor' : 'day.byCounter')} ·{' '}
                  {one.currency === null ? t('day.papersWord') : currencyName(one.currency)} ·{' '}
                  {date(one.atMs)} {time(one.atMs)}
                </span>
                <bdi>{one.text}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayAct &&
        waiting === undefined &&
        differencesOf(shift)
          .filter((currency) => !isSaid(shift, currency))
          .map((currency) => <Explain key={currency ?? 'papers'} shift={shift} currency={currency} />)}
      {failed !== null && !isOfPerson(failed) && <Notice kind="problem">{failure(failed)}</Notice>}
      <div className={classes.acts}>
        <Button
          variant="default"
          leftSection={<IconFileSearch size="1.15rem" aria-hidden="true" />}
          rightSection={<KeyCap keys="F4" />}
          aria-keyshortcuts="F4"
          onClick={() => void look(shift.shiftId, 'report')}
          data-testid="evidence-open"
        >
          {t('day.evidence')}
        </Button>
        {mayAct && waiting !== undefined && (
          <Button onClick={() => void beginRecount(waiting.id)} data-testid="recount-begin">
            {t('day.recount')}
          </Button>
        )}
        {mayAct && waiting === undefined && (
          <Button
            variant="outline"
            color="clay"
            leftSection={<IconRotate size="1.15rem" aria-hidden="true" />}
            onClick={() => beginReturn(shift.shiftId)}
            data-testid="return-begin"
          >
            {t('day.return')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Who counted and a supervisor have said something about it. */
function isSaid({ explanations }: DayShift, currency: Currency | null): boolean {
  const said = explanations.filter((one) => one.currency === currency);
  return said.some(({ isReview }) => isReview) && said.some(({ isReview }) => !isReview);
}

/** The words that a difference lacks: of who counted first, with their PIN, then the supervisor's own. */
function Explain({ shift, currency }: { readonly shift: DayShift; readonly currency: Currency | null }) {
  const { t, currencyName } = useSpeech();
  const { explain, isWorking, failure: failed } = useDay();
  const [text, setText] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const form = useRef<HTMLFormElement>(null);
  const said = shift.explanations.filter((one) => one.currency === currency);
  const isOfCounter = !said.some(({ isReview }) => !isReview);
  const what = currency === null ? t('day.papersWord') : currencyName(currency);
  const isShort = text.trim().length < 3;

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (isShort) {
      form.current?.querySelector('input')?.focus();
      return;
    }
    const cashier = isOfCounter ? person.read() : null;
    if (isOfCounter && cashier === null) return;
    if (await explain(shift.countId, currency, text, cashier)) {
      setText('');
      setIsAsked(false);
    }
  }

  return (
    <form
      ref={form}
      className={classes.explain}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => enterMovesOn(event, form.current, () => void submit())}
      data-testid={`explain-${currency ?? 'papers'}`}
    >
      <TextInput
        label={`${t(isOfCounter ? 'day.explainCashierLabel' : 'day.explainLabel')} · ${t('day.explainFor', { what })}`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={isAsked && isShort ? t('day.needWords') : null}
        maxLength={300}
        autoComplete="off"
        readOnly={isWorking}
        data-testid={`explain-text-${currency ?? 'papers'}`}
      />
      {isOfCounter && (
        <div className={classes.pair}>
          <PersonFields
            loginLabel={t('day.cashierLogin')}
            secretLabel={t('day.cashierSecret')}
            person={person}
            testId="counter"
          />
        </div>
      )}
      <Button
        type="submit"
        loading={isWorking}
        rightSection={<KeyCap keys="Enter" />}
        data-testid={`explain-go-${currency ?? 'papers'}`}
      >
        {t('day.saveExplanation')}
      </Button>
    </form>
  );
}
