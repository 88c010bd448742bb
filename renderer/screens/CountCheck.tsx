import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { amountInEnglish } from '../../shared/domain/englishWords.ts';
import { amountInWords } from '../../shared/domain/words.ts';
import { CountTotals } from '../components/CountTotals.tsx';
import { enterMovesOn } from '../components/entryForm.ts';
import { Figure } from '../components/Figure.tsx';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { isOfPerson, usePerson } from '../components/usePerson.ts';
import { shortestReason } from '../draft/closeDraft.ts';
import type { CountReading } from '../draft/countDraft.ts';
import { countedCurrencies, denominationText, readCount } from '../draft/countDraft.ts';
import { detailsText, paperKey } from '../draft/papersDraft.ts';
import { figures, isolate, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import type { CountPurpose } from '../stores/counting.ts';
import { needsReason, useCounting } from '../stores/counting.ts';
import { useAnticipation } from './useAnticipation.ts';
import classes from './CountScreen.module.css';

/** What was counted, once more in figures and in words; then it is committed and never changed. */
export function CountCheck({ purpose }: { readonly purpose: CountPurpose }) {
  const { t, failure } = useSpeech();
  const counting = useCounting();
  const {
    draft,
    sheet,
    ticked,
    reason,
    isSure,
    isWorking,
    failure: failed,
    describe,
    confirm,
    go,
  } = counting;
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const form = useRef<HTMLFormElement>(null);
  const commitButton = useRef<HTMLButtonElement>(null);
  const [isAsked, setIsAsked] = useState(false);
  const reading = readCount(draft);
  const papers = sheet?.papers ?? [];
  const missing = papers.filter((paper) => !ticked.has(paperKey(paper)));
  const asksReason = needsReason(counting);
  const lacksReason = asksReason && reason.trim().length < shortestReason;
  const witnessed =
    purpose.kind === 'close' || (purpose.kind === 'surprise' && !purpose.isAuditorHere) ? null : purpose.kind;
  const doubt = doubtOf(reading);
  const isElsewhere =
    failed !== null &&
    !isOfPerson(failed) &&
    failed.code !== 'count.unlikely' &&
    failed.code !== 'count.shiftMoved';

  // To what is still to be typed; else the commit itself: Enter says yes.
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input');
    (first ?? commitButton.current)?.focus();
  }, []);

  async function commit(): Promise<void> {
    setIsAsked(true);
    if (lacksReason) {
      form.current?.querySelector<HTMLElement>('input')?.focus();
      return;
    }
    const witness = witnessed === null ? null : person.read();
    if (witnessed !== null && witness === null) return;
    if (doubt !== null && !isSure) {
      confirm(true);
      commitButton.current?.focus();
      return;
    }
    await counting.commit(witness);
  }

  return (
    <StepPage
      title={t('shift.count.checkTitle')}
      lead={t(purpose.kind === 'surprise' ? 'shift.count.checkTextSurprise' : 'shift.count.checkText')}
      asideLabel={t('shift.count.typed')}
      testId="count-check"
      aside={
        <>
          <CountTotals label={t('shift.count.typed')} totals={countedCurrencies(reading)} />
          <form
            ref={form}
            className={classes.fields}
            noValidate
            onSubmit={(event) => event.preventDefault()}
            onKeyDown={(event) => enterMovesOn(event, form.current, () => void commit())}
          >
            {(asksReason || purpose.kind === 'surprise') && (
              <TextInput
                label={t(
                  purpose.kind === 'surprise'
                    ? 'shift.count.remark'
                    : purpose.kind === 'witnessed'
                      ? 'shift.count.reasonWitnessed'
                      : 'shift.count.reason',
                )}
                value={reason}
                onChange={(event) => describe(event.currentTarget.value)}
                error={isAsked && lacksReason ? t('shift.count.needReason') : null}
                maxLength={300}
                autoComplete="off"
                data-testid="count-reason"
              />
            )}
            {witnessed !== null && (
              <PersonFields
                loginLabel={t(`shift.count.persons.${witnessed}`)}
                secretLabel={t(`shift.count.secrets.${witnessed}`)}
                person={person}
                testId="count-witness"
              />
            )}
          </form>
          {doubt !== null && isSure && <Notice kind="problem">{doubt}</Notice>}
          {failed?.code === 'count.shiftMoved' && <Notice kind="problem">{t('shift.count.moved')}</Notice>}
          {isElsewhere && <Notice kind="problem">{failure(failed)}</Notice>}
          <StepActs
            go={{
              label: t(doubt !== null && isSure ? 'shift.count.sure' : 'shift.count.commit'),
              act: () => void commit(),
              isWorking,
              isDisabled: person.isWaiting,
              ...(doubt !== null && isSure ? { color: 'clay' as const } : {}),
              ref: commitButton,
              testId: 'count-commit',
            }}
            back={{
              label: t(papers.length > 0 ? 'shift.count.backToPapers' : 'shift.count.backToCash'),
              act: () => {
                confirm(false);
                go(papers.length > 0 ? 'papers' : 'cash');
              },
              testId: 'count-back',
            }}
          />
        </>
      }
    >
      <div className={classes.check}>
        <Sums reading={reading} />
        <div>
          <p className={classes.papersLine}>
            {missing.length === 0
              ? t('shift.count.allPapers', { count: papers.length })
              : t('shift.count.missing', { count: missing.length })}
          </p>
          {missing.length > 0 && (
            <ul className={classes.missing} data-testid="missing-papers">
              {missing.map((paper) => (
                <li key={paperKey(paper)}>
                  {t(`shift.count.kinds.${paper.kind}`)} · <bdi>{detailsText(paper)}</bdi> ·{' '}
                  {receiptNumberText(paper.receiptNumber)}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </StepPage>
  );

  function doubtOf({ unlikely, lines }: CountReading): string | null {
    if (lines.length === 0) return t('shift.count.unlikelyEmpty');
    if (unlikely === null) return null;
    const value = isolate(
      `${figures(unlikely.minor, unlikely.currency)} ${t(`symbols.${unlikely.currency}`)}`,
    );
    return unlikely.quantity === 1
      ? t('shift.count.unlikelySum', { value })
      : t('shift.count.unlikelyPieces', { quantity: unlikely.quantity, value });
  }
}

/** Each currency in figures, in words, and heap by heap. */
function Sums({ reading }: { readonly reading: CountReading }) {
  const { t, language, money } = useSpeech();
  const counted = countedCurrencies(reading);
  if (counted.length === 0) return <p className={classes.words}>{t('shift.count.emptyDrawer')}</p>;
  return counted.map(({ currency, minor, wornMinor }) => (
    <div key={currency} className={classes.sum} data-testid={`check-${currency}`}>
      <div className={classes.sumHead}>
        <span className={classes.words}>
          {language === 'ar' ? amountInWords({ minor, currency }) : amountInEnglish({ minor, currency })}
        </span>
        <Figure text={figures(minor, currency)} currency={currency} size="large" />
      </div>
      <span className={classes.heaps}>
        {reading.lines
          .filter((line) => line.currency === currency && !line.isWorn)
          .map((line) => isolate(`${line.quantity} × ${denominationText(currency, line.denominationMinor)}`))
          .join('  ·  ')}
      </span>
      {wornMinor > 0 && (
        <span className={classes.worn}>
          {t('shift.count.ofItWorn', { worn: money(wornMinor, currency) })}:{' '}
          {reading.lines
            .filter((line) => line.currency === currency && line.isWorn)
            .map((line) =>
              isolate(`${line.quantity} × ${denominationText(currency, line.denominationMinor)}`),
            )
            .join('  ·  ')}
        </span>
      )}
    </div>
  ));
}
