import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OpenShiftView } from '../../shared/ipc/shifts.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useCounting } from '../stores/counting.ts';
import { useDrawers } from '../stores/drawers.ts';
import classes from './DrawersPanel.module.css';
import { XReportDialog } from './XReportDialog.tsx';

/** Whose drawers are open: looked at by who reviews them, counted by surprise, closed where they were forgotten. */
export function DrawersPanel({ person }: { readonly person: Person }) {
  const { t, failure, named, date, time } = useSpeech();
  const { shifts, failure: failed, load, ask } = useDrawers();
  const begin = useCounting((state) => state.begin);
  const finish = useCounting((state) => state.finishWitnessed);
  const [isReporting, setIsReporting] = useState(false);

  useEffect(() => void load(), [load]);

  return (
    <section className={classes.panel} aria-labelledby="drawers-title" data-testid="drawers">
      <h1 id="drawers-title" className={classes.title}>
        {t('shift.drawers.title')}
      </h1>
      <p className={classes.text}>{t('shift.drawers.text')}</p>
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      {shifts !== null && shifts.length === 0 && <Notice kind="hint">{t('shift.drawers.none')}</Notice>}
      <ul className={classes.list}>
        {shifts?.map((shift) => {
          const standing = shift.isOver ? 'over' : shift.state;
          return (
            <li key={shift.shiftId} className={classes.drawer} data-testid={`drawer-${shift.till}`}>
              <b className={classes.till}>
                <bdi dir="ltr">{shift.till}</bdi>
              </b>
              <span>
                <b>{named({ ar: shift.cashierAr, en: shift.cashierEn })}</b>
                <br />
                <span className={classes.text}>
                  {t('shift.drawers.since', { date: date(shift.openedAtMs), time: time(shift.openedAtMs) })} ·{' '}
                  {t('shift.receipts', { count: shift.receiptCount })}
                </span>
              </span>
              <span className={classes.state} data-state={standing}>
                {t(`shift.states.${standing}`)}
              </span>
              <span className={classes.acts}>{actsOf(shift)}</span>
            </li>
          );
        })}
      </ul>
      <XReportDialog isOpen={isReporting} onClose={() => setIsReporting(false)} />
    </section>
  );

  function actsOf(shift: OpenShiftView) {
    if (shift.personId === person.id) return <span className={classes.text}>{t('shift.drawers.mine')}</span>;
    return (
      <>
        <Button
          variant="default"
          onClick={() => {
            void ask(shift.shiftId);
            setIsReporting(true);
          }}
          data-testid={`drawer-report-${shift.till}`}
        >
          {t('shift.drawers.report')}
        </Button>
        {person.role === 'auditor' && (
          <Button
            onClick={() => void begin({ kind: 'surprise', shiftId: shift.shiftId, isAuditorHere: false })}
            data-testid={`drawer-count-${shift.till}`}
          >
            {t('shift.drawers.count')}
          </Button>
        )}
        {person.role === 'supervisor' && (
          <Button
            onClick={() =>
              void (shift.state === 'counted'
                ? finish(shift.shiftId)
                : begin({ kind: 'witnessed', shiftId: shift.shiftId }))
            }
            data-testid={`drawer-close-${shift.till}`}
          >
            {t(shift.state === 'counted' ? 'shift.drawers.finish' : 'shift.drawers.close')}
          </Button>
        )}
      </>
    );
  }
}
