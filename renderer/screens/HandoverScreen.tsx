import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { enterMovesOn, toFirstWrong } from '../components/entryForm.ts';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { isOfPerson, usePerson } from '../components/usePerson.ts';
import { readExplanations, shortestReason } from '../draft/closeDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';
import { Choice } from '../components/Choice.tsx';
import { CountFacts, Explained } from './Explained.tsx';
import { useAnticipation } from './useAnticipation.ts';
import classes from './CountScreen.module.css';

/** Whoever counted the drawer takes it over, or does not: custody passes with their PIN only. */
export function HandoverScreen() {
  const { t, failure } = useSpeech();
  const counting = useCounting();
  const { outcome, explanations, isWorking, failure: failed } = counting;
  const [answer, setAnswer] = useState<'accept' | 'refuse'>('accept');
  const [reason, setReason] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const person = usePerson(failed);
  useAnticipation(person.login, person.secret);
  const form = useRef<HTMLFormElement>(null);
  const isRefusing = answer === 'refuse';

  useEffect(
    () => form.current?.querySelector<HTMLElement>('[role="radio"][aria-checked="true"]')?.focus(),
    [],
  );

  if (outcome === null) return null;

  async function decide(): Promise<void> {
    setIsAsked(true);
    if (outcome === null) return;
    const lacks = isRefusing
      ? reason.trim().length < shortestReason
      : readExplanations(outcome, explanations) === null;
    if (lacks) return toFirstWrong(form.current);
    const receiver = person.read();
    if (receiver === null) return;
    await (isRefusing ? counting.refuseHandover(reason, receiver) : counting.acceptHandover(receiver));
  }

  return (
    <form
      ref={form}
      className={classes.whole}
      noValidate
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => enterMovesOn(event, form.current, () => void decide())}
    >
      <StepPage
        title={t('shift.handover.title')}
        lead={t(isRefusing ? 'shift.handover.refuseText' : 'shift.handover.acceptText')}
        asideLabel={t('shift.handover.title')}
        testId="handover"
        aside={
          <>
            <CountFacts outcome={outcome} />
            <Choice
              label={t('shift.handover.title')}
              value={answer}
              choices={[
                { value: 'accept', label: t('shift.handover.accept') },
                { value: 'refuse', label: t('shift.handover.refuse') },
              ]}
              onChoose={setAnswer}
              testId="handover"
            />
            {isRefusing && (
              <TextInput
                label={t('shift.handover.reason')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                error={isAsked && reason.trim().length < shortestReason ? t('shift.count.needReason') : null}
                maxLength={300}
                autoComplete="off"
                data-testid="handover-reason"
              />
            )}
            <PersonFields
              loginLabel={t('shift.count.persons.handover')}
              secretLabel={t('shift.count.secrets.handover')}
              person={person}
              testId="handover"
            />
            {failed !== null && !isOfPerson(failed) && <Notice kind="problem">{failure(failed)}</Notice>}
            <StepActs
              go={{
                label: t(isRefusing ? 'shift.handover.refuse' : 'shift.handover.accept'),
                act: () => void decide(),
                isWorking,
                isDisabled: person.isWaiting,
                ...(isRefusing ? { color: 'clay' as const } : {}),
                testId: 'handover-decide',
              }}
              back={{ label: t('shift.result.later'), act: counting.leave, testId: 'outcome-later' }}
            />
          </>
        }
      >
        <Explained outcome={outcome} isAsked={isAsked && !isRefusing} isReadOnly={isRefusing} />
      </StepPage>
    </form>
  );
}
