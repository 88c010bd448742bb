import { NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { currencies } from '../../shared/domain/money.ts';
import { CountColumns } from '../components/CountColumns.tsx';
import { CountTotals } from '../components/CountTotals.tsx';
import { Notice } from '../components/Notice.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import type { CountDraft } from '../draft/countDraft.ts';
import { countedCurrencies, nothingCounted, readCount, typeInto } from '../draft/countDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useShift } from '../stores/shift.ts';
import { useStatus } from '../stores/status.ts';
import { useUi } from '../stores/ui.ts';
import classes from './ShiftScreen.module.css';

/** Opens a shift: the float is counted as it lies in the drawer; what had been left there is told only afterwards. */
export function OpenShift() {
  const { t, failure, money, listed, named } = useSpeech();
  const { tills, isWorking, failure: failed, open, loadTills, clearFailure } = useShift();
  const ownTill = useStatus((state) => state.status?.till) ?? '';
  const show = useUi((state) => state.show);
  const [draft, setDraft] = useState<CountDraft>(nothingCounted);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const reading = readCount(draft);
  const active = tills?.filter((till) => till.isActive) ?? [];
  const free = active.find((till) => till.keeper === null)?.code;
  const till =
    chosen ?? active.find(({ code, keeper }) => code === ownTill && keeper === null)?.code ?? free ?? ownTill;
  const isUnlikely = failed?.code === 'count.unlikely';

  useEffect(() => {
    clearFailure();
    void loadTills();
  }, [clearFailure, loadTills]);

  async function openNow(): Promise<void> {
    setIsAsked(true);
    if (reading.wrong.size > 0) {
      document.querySelector<HTMLElement>('input[data-pile][aria-invalid="true"]')?.focus();
      return;
    }
    const isOpen = await open(till === '' ? null : till, reading.lines, isUnlikely);
    if (isOpen && useShift.getState().opened === null) show('counter');
  }

  const counted = countedCurrencies(reading);
  return (
    <StepPage
      title={t('shift.openTitle')}
      lead={t('shift.openText')}
      hint={t('shift.count.keysWorn')}
      asideLabel={t('shift.float')}
      testId="open-shift"
      aside={
        <>
          <CountTotals
            label={t('shift.float')}
            totals={currencies.map((currency) => reading.totals[currency])}
            testId="float"
          />
          {active.length > 1 && (
            <NativeSelect
              label={t('shift.chooseTill')}
              value={till}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
                clearFailure();
              }}
              data={active.map(({ code, keeper }) => ({
                value: code,
                label: keeper === null ? code : t('shift.tillOf', { till: code, person: named(keeper) }),
                disabled: keeper !== null,
              }))}
              data-testid="open-till"
            />
          )}
          <p className={classes.text}>
            {counted.length === 0
              ? t('shift.willOpenEmpty', { till })
              : t('shift.willOpen', {
                  total: listed(counted.map(({ currency, minor }) => money(minor, currency))),
                  till,
                })}
          </p>
          {isAsked && reading.wrong.size > 0 && (
            <Notice kind="problem">{t('shift.custody.lacks.pieces')}</Notice>
          )}
          {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
          <StepActs
            go={{
              label: t(isUnlikely ? 'shift.count.sure' : 'shift.open'),
              act: () => void openNow(),
              isWorking,
              ...(isUnlikely ? { color: 'clay' as const } : {}),
              testId: 'open-shift-submit',
            }}
            back={null}
          />
        </>
      }
    >
      <CountColumns
        draft={draft}
        hasWorn
        onType={(id, text) => {
          setDraft(typeInto(draft, id, text));
          if (failed !== null) clearFailure();
        }}
        onEnd={() => document.querySelector<HTMLElement>('[data-testid="open-shift-submit"]')?.focus()}
      />
    </StepPage>
  );
}
