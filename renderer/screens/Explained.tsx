import { TextInput } from '@mantine/core';
import type { CountOutcome } from '../../shared/ipc/shifts.ts';
import { Variances } from '../components/Variances.tsx';
import type { ToExplain } from '../draft/closeDraft.ts';
import { shortestReason } from '../draft/closeDraft.ts';
import { detailsText, paperKey } from '../draft/papersDraft.ts';
import { receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';
import classes from './Explained.module.css';

type ExplainedProps = {
  readonly outcome: CountOutcome;
  /** What is missing is said once the way on was tried. */
  readonly isAsked: boolean;
  /** Whoever looks has nothing to explain. */
  readonly isReadOnly: boolean;
};

/** Every difference with the words that belong to it. */
export function Explained({ outcome, isAsked, isReadOnly }: ExplainedProps) {
  const { t } = useSpeech();
  const { explanations, explain } = useCounting();

  function field(what: ToExplain) {
    if (isReadOnly) return null;
    const text = explanations.get(what) ?? '';
    return (
      <TextInput
        label={t(what === null ? 'shift.result.explainMissing' : 'shift.result.explainCurrency')}
        value={text}
        onChange={(event) => explain(what, event.currentTarget.value)}
        error={isAsked && text.trim().length < shortestReason ? t('shift.result.needExplanation') : null}
        maxLength={300}
        autoComplete="off"
        data-testid={`explain-${what ?? 'papers'}`}
      />
    );
  }

  return (
    <>
      <Variances
        results={outcome.results}
        countedLabel={t('shift.result.counted')}
        expectedLabel={t('shift.result.expected')}
        under={({ currency }) => field(currency)}
      />
      <div className={classes.papers} data-missing={outcome.missing.length > 0 || undefined}>
        <b data-testid="papers-state">
          {outcome.missing.length === 0
            ? t('shift.count.allPapers', { count: outcome.papers })
            : t('shift.count.missing', { count: outcome.missing.length })}
        </b>
        {outcome.missing.length > 0 && (
          <>
            <ul className={classes.missing}>
              {outcome.missing.map((paper) => (
                <li key={paperKey(paper)}>
                  {t(`shift.count.kinds.${paper.kind}`)} · <bdi>{detailsText(paper)}</bdi> ·{' '}
                  {receiptNumberText(paper.receiptNumber)}
                </li>
              ))}
            </ul>
            {field(null)}
          </>
        )}
      </div>
    </>
  );
}

/** Who counted, when, in front of whom and why. */
export function CountFacts({ outcome }: { readonly outcome: CountOutcome }) {
  const { t, named, date, time } = useSpeech();
  return (
    <div className={classes.facts}>
      <b>{t('shift.result.by', { person: named(outcome.countedBy) })}</b>
      {outcome.witness !== null && (
        <span>{t('shift.result.witness', { person: named(outcome.witness) })}</span>
      )}
      <span>
        {date(outcome.atMs)} {time(outcome.atMs)}
      </span>
      {outcome.reason !== '' && <bdi>«{outcome.reason}»</bdi>}
    </div>
  );
}
