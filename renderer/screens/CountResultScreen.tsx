import { useEffect, useRef, useState } from 'react';
import { enterMovesOn, toFirstWrong } from '../components/entryForm.ts';
import { Notice } from '../components/Notice.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { readExplanations, toExplain } from '../draft/closeDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { CountPurpose } from '../stores/counting.ts';
import { useCounting } from '../stores/counting.ts';
import { CountFacts, Explained } from './Explained.tsx';

/** The committed count beside what should have been there; before a close every difference gets its words. */
export function CountResultScreen({ purpose }: { readonly purpose: CountPurpose }) {
  const { t, failure } = useSpeech();
  const { outcome, explanations, failure: failed, go, leave } = useCounting();
  const form = useRef<HTMLFormElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const [isAsked, setIsAsked] = useState(false);
  const isSurprise = purpose.kind === 'surprise';

  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input');
    (first ?? next.current)?.focus();
  }, []);

  if (outcome === null) return null;
  const open = toExplain(outcome);

  function onward(): void {
    if (isSurprise) return leave();
    setIsAsked(true);
    if (outcome !== null && readExplanations(outcome, explanations) === null)
      return toFirstWrong(form.current);
    go('stays');
  }

  return (
    <StepPage
      title={t('shift.result.title')}
      {...(open.length === 0
        ? {}
        : { lead: isSurprise ? t('shift.result.surpriseDone') : t('shift.result.differs') })}
      asideLabel={t('shift.result.title')}
      testId="count-outcome"
      aside={
        <>
          <CountFacts outcome={outcome} />
          {open.length === 0 && <Notice kind="good">{t('shift.result.allEqual')}</Notice>}
          {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
          <StepActs
            go={{
              label: t(isSurprise ? 'shift.result.backToDrawers' : 'shift.result.toStays'),
              act: onward,
              ref: next,
              testId: 'outcome-next',
            }}
            back={isSurprise ? null : { label: t('shift.result.later'), act: leave, testId: 'outcome-later' }}
          />
          {!isSurprise && <Notice kind="hint">{t('shift.result.laterText')}</Notice>}
        </>
      }
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => enterMovesOn(event, form.current, onward)}
      >
        <Explained outcome={outcome} isAsked={isAsked} isReadOnly={isSurprise} />
      </form>
    </StepPage>
  );
}
