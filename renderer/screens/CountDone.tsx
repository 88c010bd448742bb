import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { PaperSheet } from '../components/PaperSheet.tsx';
import { Variances } from '../components/Variances.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { CountPurpose } from '../stores/counting.ts';
import { useCounting } from '../stores/counting.ts';
import { useSession } from '../stores/session.ts';
import classes from './CountDone.module.css';

/** What became of the count, in a sentence; after a close the number of its report, and the report itself. */
export function CountDone({ purpose }: { readonly purpose: CountPurpose }) {
  const { t, named } = useSpeech();
  const { closed, leave } = useCounting();
  const signOut = useSession((state) => state.signOut);
  const first = useRef<HTMLButtonElement>(null);
  const report = closed?.report ?? null;
  const isMine = purpose.kind === 'close' || purpose.kind === 'handover';

  useEffect(() => first.current?.focus(), []);
  useEveryKey((event) => {
    if (event.key !== 'Escape' || isDialogOpen()) return;
    event.preventDefault();
    leave();
  });

  if (report === null)
    return (
      <div className={classes.screen} data-testid="count-done">
        <section className={classes.card}>
          <h1 className={classes.title}>
            {t(purpose.kind === 'handover' ? 'shift.handover.refused' : 'shift.result.surpriseDone')}
          </h1>
          <p className={classes.text}>
            {t(purpose.kind === 'handover' ? 'shift.handover.refusedText' : 'shift.result.surpriseHere')}
          </p>
          <Button ref={first} size="lg" onClick={leave} data-testid="done-leave">
            {t('shift.result.backToShift')}
          </Button>
        </section>
      </div>
    );

  const cashier = named({ ar: report.cashierAr, en: report.cashierEn });
  return (
    <div className={classes.screen} data-testid="shift-closed">
      <section className={classes.card}>
        <h1 className={classes.title}>
          <IconCircleCheck size="2rem" aria-hidden="true" />
          {t(purpose.kind === 'handover' ? 'shift.closed.handedOver' : 'shift.closed.title')}
        </h1>
        <p className={classes.number}>
          <span>{t('shift.closed.zNumber')}</span>
          <b data-testid="z-number">
            <bdi dir="ltr">{report.number}</bdi>
          </b>
        </p>
        <Variances
          results={report.figures.count?.results ?? []}
          countedLabel={t('shift.result.counted')}
          expectedLabel={t('shift.result.expected')}
          isNarrow
        />
        <p className={classes.text}>
          {purpose.kind === 'handover'
            ? t('shift.closed.handedOverText', { person: '' })
            : isMine
              ? t('shift.closed.text')
              : t('shift.closed.textWitnessed', { person: cashier })}
        </p>
        {closed?.wasAlreadyClosed === true && <Notice kind="hint">{t('shift.closed.wasClosed')}</Notice>}
        <div className={classes.acts}>
          {isMine && (
            <Button
              ref={first}
              size="lg"
              rightSection={<KeyCap keys="Enter" />}
              onClick={() => void signOut()}
              data-testid="closed-sign-out"
            >
              {t('shift.closed.signOut')}
            </Button>
          )}
          <Button
            {...(isMine ? {} : { ref: first })}
            size={isMine ? 'md' : 'lg'}
            variant="default"
            rightSection={<KeyCap keys="Esc" />}
            onClick={leave}
            data-testid="closed-stay"
          >
            {t(isMine ? 'shift.closed.stayHere' : 'shift.result.backToDrawers')}
          </Button>
        </div>
      </section>
      <PaperSheet paper={report.paper} />
    </div>
  );
}
