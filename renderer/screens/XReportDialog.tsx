import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { ShiftFigures } from '../../shared/domain/shiftFigures.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Figure } from '../components/Figure.tsx';
import { Notice } from '../components/Notice.tsx';
import { figures as written, useSpeech } from '../i18n/useSpeech.ts';
import { useDrawers } from '../stores/drawers.ts';
import classes from './XReportDialog.module.css';

const counts = [
  'receipts',
  'fromBooks',
  'voids',
  'reversals',
  'copies',
  'abandoned',
  'drawerOpenings',
  'refusedApprovals',
  'suspensions',
  'counts',
  'moves',
] as const;

/** How a running shift stands. Its own cashier sees acts, whoever reviews it sums of receipts as well. */
export function XReportDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t, failure, named, date, time } = useSpeech();
  const { report, reportFailure, isPrinted, print } = useDrawers();
  const acts = report?.acts ?? null;
  return (
    <Dialog
      isOpen={isOpen}
      title={t('shift.x.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      size={report?.figures === null || report === null ? '36rem' : '60rem'}
      testId="x-report"
    >
      {reportFailure !== null && <Notice kind="problem">{failure(reportFailure)}</Notice>}
      {acts !== null && (
        <div className={classes.report} data-wide={report?.figures !== null || undefined}>
          <div>
            <p className={classes.lead}>
              <b>{named(acts.cashier)}</b> · <bdi dir="ltr">{acts.till}</bdi> · {date(acts.businessDate)} ·{' '}
              {t('shift.x.at', { time: time(acts.atMs) })}
            </p>
            <dl className={classes.counts}>
              {counts.map((name) => (
                <div key={name} data-none={acts[name] === 0 || undefined}>
                  <dt>{t(`shift.x.${name}`)}</dt>
                  <dd data-testid={`x-${name}`}>{acts[name]}</dd>
                </div>
              ))}
            </dl>
            {acts.firstReceipt !== null && acts.lastReceipt !== null && (
              <p className={classes.lead}>
                {t('shift.x.first')} <bdi dir="ltr">{acts.firstReceipt}</bdi> · {t('shift.x.last')}{' '}
                <bdi dir="ltr">{acts.lastReceipt}</bdi>
              </p>
            )}
            {report?.figures === null && <Notice kind="hint">{t('shift.x.blind')}</Notice>}
          </div>
          {report !== null && report.figures !== null && <Sums figures={report.figures} />}
        </div>
      )}
      {acts !== null && (
        <div className={classes.foot}>
          {isPrinted && (
            <Notice kind="good" testId="x-printed">
              {t('shift.x.printed')}
            </Notice>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size="1.2rem" aria-hidden="true" />}
            onClick={() => void print()}
            data-testid="x-print"
          >
            {t('shift.x.print')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Sums({ figures }: { readonly figures: ShiftFigures }) {
  const { t, named } = useSpeech();
  return (
    <div data-testid="x-sums">
      <p className={classes.total}>
        <span>{t('shift.x.total')}</span>
        <Figure text={written(figures.receiptsMinor)} size="large" />
      </p>
      <h3 className={classes.heading}>{t('shift.x.byTender')}</h3>
      <ul className={classes.rows}>
        {figures.tenders.map(({ kind, currency, count, receivedMinor }) => (
          <li key={`${kind} ${currency}`}>
            <span>{t(`pay.short.${kind === 'cash' ? (`cash${currency}` as const) : kind}`)}</span>
            <span className={classes.number}>{count}</span>
            <Figure text={written(receivedMinor, currency)} currency={currency} size="row" />
          </li>
        ))}
      </ul>
      <h3 className={classes.heading}>{t('shift.x.byService')}</h3>
      <ul className={classes.rows}>
        {figures.services.map(({ code, ar, en, count, minor }) => (
          <li key={code ?? ''}>
            <span>{code === null ? t('shift.x.onAccount') : named({ ar, en })}</span>
            <span className={classes.number}>{count}</span>
            <Figure text={written(minor)} size="row" />
          </li>
        ))}
      </ul>
    </div>
  );
}
