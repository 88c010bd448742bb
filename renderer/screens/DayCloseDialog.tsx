import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { DayView } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import { ApprovalDialog } from './ApprovalDialog.tsx';
import { Differences } from './DayMarks.tsx';
import classes from './DayScreen.module.css';
import { Line, Part, Pending } from './DaySummary.tsx';

/** The last look: what is closed, what it leaves open, and what it means. */
export function DayCloseDialog({ day }: { readonly day: DayView }) {
  const { t, failure, date, money } = useSpeech();
  const { isClosing, isWorking, failure: failed, close, closeRequest, leave } = useDay();
  const [isAsking, setIsAsking] = useState(false);
  const request = closeRequest();
  const { figures: sums } = day;
  const undone = sums.voids.minor + sums.reversals.minor;
  return (
    <>
      <Dialog
        isOpen={isClosing && !isAsking}
        title={t('day.closeTitle', { date: date(day.businessDate) })}
        closeLabel={t('common.close')}
        onClose={leave}
        size="46rem"
        testId="day-close-dialog"
      >
        <div className={classes.form}>
          <div className={classes.pair}>
            <Part title={t('day.summary')}>
              <Line label={t('day.shifts')}>{t('day.shiftCount', { count: day.shifts.length })}</Line>
              <Line label={t('day.receipts', { count: sums.receipts.count })} isStrong>
                <Figure text={figures(sums.receipts.minor)} size="row" />
              </Line>
              {undone > 0 && (
                <Line label={t('day.net')}>
                  <Figure text={figures(sums.receipts.minor - undone)} />
                </Line>
              )}
              <Line label={t('day.differences')}>
                <Differences results={sums.results} />
              </Line>
              <Line label={t('day.safe')}>
                {sums.safe.after.map(({ minor, currency }) => (
                  <span key={currency} className={classes.block}>
                    {money(minor, currency)}
                  </span>
                ))}
              </Line>
            </Part>
            <Pending day={day} />
          </div>
          <p className={classes.consequence}>
            {t('day.closeText')} {day.businessDate === day.today && t('day.closeToday')}
          </p>
          {day.needsException && (
            <Notice kind="problem" testId="needs-exception">
              <b>{t('day.exceptionTitle')}</b>
              <br />
              {t('day.exceptionText')}
            </Notice>
          )}
          {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
          <div className={classes.acts}>
            <Button
              variant="default"
              onClick={leave}
              disabled={isWorking}
              rightSection={<KeyCap keys="Esc" />}
            >
              {t('common.cancel')}
            </Button>
            <Button
              size="md"
              loading={isWorking}
              data-autofocus
              leftSection={<IconLock size="1.15rem" aria-hidden="true" />}
              rightSection={<KeyCap keys="Enter" />}
              onClick={() => (day.needsException ? setIsAsking(true) : void close(null))}
              data-testid="day-close-go"
            >
              {t(day.needsException ? 'day.exceptionAsk' : 'day.closeGo')}
            </Button>
          </div>
        </div>
      </Dialog>
      <ApprovalDialog
        act={isClosing && isAsking && request !== null ? { kind: 'day.exception', contents: request } : null}
        what={<b>{t('day.exceptionWhat', { date: date(day.businessDate) })}</b>}
        onApproved={({ approvalId }) => {
          setIsAsking(false);
          void close(approvalId);
        }}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}
