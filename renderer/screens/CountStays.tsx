import { Button } from '@mantine/core';
import { currencies } from '../../shared/domain/money.ts';
import { CountColumns } from '../components/CountColumns.tsx';
import { CountTotals } from '../components/CountTotals.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { StepActs } from '../components/StepActs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { coinsOf, piecesOf, readStay } from '../draft/closeDraft.ts';
import { countedCurrencies, draftOf, readCount } from '../draft/countDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';

/** Of what was counted: what stays as the next float. The rest goes to the safe, and the shift is closed. */
export function CountStays() {
  const { t, failure } = useSpeech();
  const { outcome, stays, isWorking, failure: failed, keep, keepAs, go, close } = useCounting();
  const counted = outcome?.lines ?? [];
  const { goes } = readStay(counted, stays);

  useEveryKey((event) => {
    if (event.key !== 'F8' || isDialogOpen()) return;
    event.preventDefault();
    keepAs(draftOf(coinsOf(counted)));
  });

  if (outcome === null) return null;
  const most = piecesOf(counted);
  const shown = currencies.filter((currency) =>
    counted.some((line) => line.currency === currency && !line.isWorn),
  );
  const goesTotals = goes === null ? [] : countedCurrencies(readCount(draftOf(goes)));

  return (
    <StepPage
      title={t('shift.stays.title')}
      lead={t('shift.stays.lead')}
      hint={t('shift.count.keys')}
      asideLabel={t('shift.stays.stay')}
      testId="count-stays"
      aside={
        <>
          <CountTotals
            label={t('shift.stays.stay')}
            totals={shown.map((currency) => readCount(stays).totals[currency])}
          />
          <CountTotals label={t('shift.stays.go')} totals={goesTotals} isQuiet testId="goes-totals" />
          <Button
            variant="default"
            rightSection={<KeyCap keys="F8" />}
            aria-keyshortcuts="F8"
            onClick={() => keepAs(draftOf(coinsOf(counted)))}
            data-testid="stays-coins"
          >
            {t('shift.stays.coins')}
          </Button>
          {goes === null && <Notice kind="problem">{t('shift.stays.tooMuch')}</Notice>}
          {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
          <StepActs
            go={{
              label: t('shift.stays.close'),
              act: () => void close(),
              isWorking,
              isDisabled: goes === null,
              testId: 'close-shift',
            }}
            back={{ label: t('common.back'), act: () => go('outcome'), testId: 'stays-back' }}
          />
        </>
      }
    >
      <CountColumns
        draft={stays}
        hasWorn={false}
        onType={keep}
        onEnd={() => document.querySelector<HTMLElement>('[data-testid="close-shift"]')?.focus()}
        most={most}
        shown={shown}
      />
    </StepPage>
  );
}
