import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toFirstWrong } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { UndoneMark } from '../components/UndoneMark.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useStatus } from '../stores/status.ts';
import type { PeriodProblem } from '../stores/undone.ts';
import { periodProblems, useUndone } from '../stores/undone.ts';
import classes from './RegistersScreen.module.css';

const fields = [
  { name: 'from', text: 'fromText' },
  { name: 'to', text: 'toText' },
] as const;

export function UndonePeriod() {
  const { t } = useSpeech();
  const store = useUndone();
  const today = useStatus((state) => state.status?.businessDate ?? '');
  const [isAsked, setIsAsked] = useState(false);
  const problems = periodProblems(store);
  const { begin } = store;
  useEffect(() => {
    if (today !== '') void begin(today);
  }, [begin, today]);

  const words = (problem: PeriodProblem): string =>
    problem === 'order' ? t('undone.order') : t(`money.${problem}`);

  return (
    <form
      className={classes.period}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
        const form = event.currentTarget;
        if (problems.from === null && problems.to === null) void store.load();
        else toFirstWrong(form);
      }}
    >
      {fields.map(({ name, text }) => {
        const problem = problems[name];
        return (
          <label key={name} className={classes.dated}>
            {t(`undone.${name}`)}
            <TextInput
              dir="ltr"
              classNames={{ root: classes.anchor ?? '', error: classes.bubble ?? '' }}
              value={store[text]}
              onChange={(event) => store.type({ [text]: event.currentTarget.value })}
              onFocus={(event) => event.currentTarget.select()}
              error={isAsked && problem !== null ? words(problem) : null}
              autoComplete="off"
              inputMode="numeric"
              data-testid={`undone-${name}`}
            />
          </label>
        );
      })}
      <Button
        type="submit"
        variant="default"
        rightSection={<KeyCap keys="Enter" />}
        data-testid="undone-show"
      >
        {t('undone.show')}
      </Button>
    </form>
  );
}

/** Receipts that were taken back: who, why, when, and who agreed. */
export function UndoneRegister() {
  const { t, failure, date, shortDate, time, named } = useSpeech();
  const { rows, shown, failure: failed } = useUndone();
  return (
    <div className={classes.list}>
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      {rows?.length === 0 && <p className={classes.none}>{t('undone.none')}</p>}
      {rows !== null && rows.length > 0 && (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('registers.undone')}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('undone.when')}</th>
                <th scope="col">{t('undone.receipt')}</th>
                <th scope="col" className={classes.amount}>
                  {t('statements.amountHeading')}
                </th>
                <th scope="col">{t('undone.why')}</th>
                <th scope="col">{t('undone.by')}</th>
                <th scope="col">{t('undone.approvedBy')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.paymentId} data-testid="undone-row">
                  <td>
                    {date(row.atMs)}
                    <span className={classes.under}>{time(row.atMs)}</span>
                  </td>
                  <td>
                    <span className={classes.receipt}>
                      <b>{row.payerName}</b>
                      <UndoneMark kind={row.kind} />
                    </span>
                    <span className={classes.under}>
                      <bdi dir="ltr">{row.receiptNumber}</bdi>
                    </span>
                  </td>
                  <td className={classes.amount}>
                    <Figure text={figures(row.totalMinor)} size="row" />
                  </td>
                  <td className={classes.said}>
                    <b>{t(`undo.reasons.${row.reason}`)}</b>
                    <span className={classes.under}>{row.explanation}</span>
                  </td>
                  <td>{named({ ar: row.byAr, en: row.byEn })}</td>
                  <td>{named({ ar: row.approvedByAr, en: row.approvedByEn })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows !== null && shown !== null && (
        <div className={classes.foot} role="status">
          <b data-testid="undone-count">{t('undone.count', { count: rows.length })}</b>
          <span>{t('undone.of', { from: shortDate(shown.from), to: shortDate(shown.to) })}</span>
        </div>
      )}
    </div>
  );
}
