import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { currencies } from '../../shared/domain/money.ts';
import { CountColumns } from '../components/CountColumns.tsx';
import { CountTotals } from '../components/CountTotals.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { PaperTicks } from '../components/PaperTicks.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { readCount } from '../draft/countDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { CountPurpose } from '../stores/counting.ts';
import { useCounting } from '../stores/counting.ts';
import { CountCheck } from './CountCheck.tsx';
import { CountDone } from './CountDone.tsx';
import { CountResultScreen } from './CountResultScreen.tsx';
import { CountStays } from './CountStays.tsx';
import classes from './CountScreen.module.css';
import { HandoverScreen } from './HandoverScreen.tsx';

/** A count from the first heap to what becomes of it, one step at a time. */
export function CountScreen() {
  const { purpose, stage, sheet, failure: failed } = useCounting();
  const { t, failure } = useSpeech();
  if (purpose === null) return null;
  if (
    stage === 'loading' ||
    (sheet === null && (stage === 'cash' || stage === 'papers' || stage === 'check'))
  )
    return (
      <Notice kind={failed === null ? 'hint' : 'problem'}>
        {failed === null ? t('shift.count.loading') : failure(failed)}
      </Notice>
    );
  switch (stage) {
    case 'cash':
      return <CashStep purpose={purpose} />;
    case 'papers':
      return <PapersStep />;
    case 'check':
      return <CountCheck purpose={purpose} />;
    case 'outcome':
      return purpose.kind === 'handover' ? <HandoverScreen /> : <CountResultScreen purpose={purpose} />;
    case 'stays':
      return <CountStays />;
    case 'done':
      return <CountDone purpose={purpose} />;
  }
}

function useLead(purpose: CountPurpose): string {
  const { t, named } = useSpeech();
  const sheet = useCounting((state) => state.sheet);
  const person = sheet === null ? '' : named(sheet.cashier);
  return t(`shift.count.leads.${purpose.kind}`, { person, till: sheet?.till ?? '' });
}

function CashStep({ purpose }: { readonly purpose: CountPurpose }) {
  const { t } = useSpeech();
  const { draft, sheet, type, go, leave } = useCounting();
  const lead = useLead(purpose);
  const [isLeaving, setIsLeaving] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const reading = readCount(draft);
  const papers = sheet?.papers.length ?? 0;

  function next(): void {
    setIsAsked(true);
    if (reading.wrong.size > 0) {
      document.querySelector<HTMLElement>('input[data-pile][aria-invalid="true"]')?.focus();
      return;
    }
    go(papers > 0 ? 'papers' : 'check');
  }

  return (
    <StepPage
      title={t(`shift.count.titles.${purpose.kind}`)}
      lead={lead}
      hint={t('shift.count.keysWorn')}
      asideLabel={t('shift.count.typed')}
      testId="count-cash"
      aside={
        <>
          <CountTotals
            label={t('shift.count.typed')}
            totals={currencies.map((currency) => reading.totals[currency])}
          />
          {isAsked && reading.wrong.size > 0 && (
            <Notice kind="problem">{t('shift.custody.lacks.pieces')}</Notice>
          )}
          <StepActs
            go={{
              label: papers > 0 ? t('shift.count.toPapers') : t('shift.count.toCheck'),
              act: next,
              testId: 'count-next',
            }}
            back={{
              label: t('shift.count.leave'),
              act: () => (draft.size === 0 ? leave() : setIsLeaving(true)),
              testId: 'count-leave',
            }}
          />
        </>
      }
    >
      <CountColumns draft={draft} hasWorn onType={type} onEnd={next} />
      <Dialog
        isOpen={isLeaving}
        title={t('shift.count.leave')}
        closeLabel={t('common.close')}
        onClose={() => setIsLeaving(false)}
        testId="count-leave-dialog"
      >
        <Stack>
          <p>{t('shift.count.leaveText')}</p>
          <Group justify="space-between">
            <Button variant="default" onClick={() => setIsLeaving(false)} data-autofocus>
              {t('shift.count.stay')}
            </Button>
            <Button color="clay" variant="outline" onClick={leave} data-testid="count-leave-confirm">
              {t('shift.count.leaveConfirm')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </StepPage>
  );
}

function PapersStep() {
  const { t } = useSpeech();
  const { sheet, ticked, tick, go } = useCounting();
  const papers = sheet?.papers ?? [];
  return (
    <StepPage
      title={t('shift.count.papersTitle')}
      lead={t('shift.count.papersLead')}
      asideLabel={t('shift.count.papers')}
      testId="count-papers"
      aside={
        <>
          <div className={classes.seen} data-on-slab="">
            <span>{t('shift.count.papers')}</span>
            <b data-testid="papers-ticked">
              {t('shift.count.papersTicked', { ticked: ticked.size, all: papers.length })}
            </b>
            <span>
              {ticked.size === papers.length
                ? t('shift.count.allPapers', { count: papers.length })
                : t('shift.count.missing', { count: papers.length - ticked.size })}
            </span>
          </div>
          <StepActs
            go={{ label: t('shift.count.toCheck'), act: () => go('check'), testId: 'count-next' }}
            back={{ label: t('shift.count.backToCash'), act: () => go('cash'), testId: 'count-back' }}
          />
        </>
      }
    >
      <PaperTicks
        label={t('shift.count.papers')}
        papers={papers}
        ticked={ticked}
        onTick={tick}
        onEnd={() => go('check')}
      />
    </StepPage>
  );
}
