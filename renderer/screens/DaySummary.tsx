import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { sumAmounts } from '../../shared/domain/day.ts';
import type { CashAmount } from '../../shared/domain/counting.ts';
import type { DayView } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Figure } from '../components/Figure.tsx';
import { PaperSheet } from '../components/PaperSheet.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import classes from './DayScreen.module.css';

/** The day as the sum of its shifts, the safe beside it, and what is not settled. */
export function DaySummary({ day }: { readonly day: DayView }) {
  const { t, named, currencyName } = useSpeech();
  const { figures: sums, closed } = day;
  const undone = sums.voids.minor + sums.reversals.minor;
  return (
    <div className={classes.summary} data-testid="day-summary">
      <div className={classes.top}>
        <h2 className={classes.heading}>{t('day.summary')}</h2>
      </div>
      <dl className={classes.lines}>
        <Line label={t('day.gross')} isStrong>
          <Figure text={figures(sums.receipts.minor)} size="row" />
        </Line>
        {sums.voids.count > 0 && (
          <Line label={t('day.voids', { count: sums.voids.count })}>
            <Figure text={figures(-sums.voids.minor)} />
          </Line>
        )}
        {sums.reversals.count > 0 && (
          <Line label={t('day.reversals', { count: sums.reversals.count })}>
            <Figure text={figures(-sums.reversals.minor)} />
          </Line>
        )}
        {undone > 0 && (
          <Line label={t('day.net')} isStrong>
            <Figure text={figures(sums.receipts.minor - undone)} size="row" />
          </Line>
        )}
      </dl>
      <div className={classes.pair}>
        <Part title={t('day.byTender')}>
          {sums.tenders.map(({ kind, currency, receivedMinor }) => (
            <Line
              key={`${kind} ${currency}`}
              label={
                currency === 'ILS'
                  ? t(`day.tenders.${kind}`)
                  : `${t(`day.tenders.${kind}`)} · ${currencyName(currency)}`
              }
            >
              <Figure text={figures(receivedMinor, currency)} currency={currency} />
            </Line>
          ))}
        </Part>
        <Part title={t('day.byCashier')}>
          {sums.cashiers.map(({ userId, cashier, receiptsMinor }) => (
            <Line key={userId} label={named(cashier)}>
              <Figure text={figures(receiptsMinor)} />
            </Line>
          ))}
        </Part>
        <Part title={t('day.safe')}>
          <Amounts label={t('day.safeBefore')} amounts={sums.safe.before} />
          {sums.safe.moves.map(({ kind, direction, currency, minor }) => (
            <Line key={`${kind} ${direction} ${currency}`} label={t(`day.moves.${kind}`)}>
              <Figure text={figures(direction === 'in' ? minor : -minor, currency)} currency={currency} />
            </Line>
          ))}
          <Amounts
            label={t(closed === null ? 'day.safeAfter' : 'day.safeAfterClosed')}
            amounts={sums.safe.after}
            isStrong
          />
        </Part>
        <Part title={t('day.byService')}>
          {sums.services.slice(0, 8).map(({ code, ar, en, minor }) => (
            <Line key={code ?? ''} label={named({ ar, en })}>
              <Figure text={figures(minor)} />
            </Line>
          ))}
        </Part>
      </div>
      <Pending day={day} />
      {closed !== null && <ReportButton />}
    </div>
  );
}

/** Listed, never in the way. */
export function Pending({ day }: { readonly day: DayView }) {
  const { t } = useSpeech();
  const { transfers, unknownPapers, unsent, chequesDue } = day.figures.pending;
  const undeposited = sumAmounts(day.figures.safe.after);
  const isNothing =
    transfers.length + unknownPapers.length + unsent + chequesDue.length + undeposited.length === 0;
  return (
    <Part title={t('day.pending')}>
      {isNothing && <p className={classes.soft}>{t('day.pendingNone')}</p>}
      {transfers.length > 0 && (
        <Line label={t('day.pendingTransfers', { count: transfers.length })}>
          <Figure text={figures(transfers.reduce((sum, { minor }) => sum + minor, 0))} />
        </Line>
      )}
      {unknownPapers.length > 0 && <Line label={t('day.pendingPapers', { count: unknownPapers.length })} />}
      {unsent > 0 && <Line label={t('day.pendingUnsent', { count: unsent })} />}
      {chequesDue.map(({ currency, minor, count }) => (
        <Line key={currency} label={t('day.pendingCheques', { count })}>
          <Figure text={figures(minor, currency)} currency={currency} />
        </Line>
      ))}
      <Amounts label={t('day.pendingCash')} amounts={undeposited} isLeftOut />
    </Part>
  );
}

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.small}>{title}</h3>
      <dl className={classes.lines}>{children}</dl>
    </section>
  );
}

type LineProps = { readonly label: string; readonly children?: ReactNode; readonly isStrong?: boolean };

export function Line({ label, children, isStrong = false }: LineProps) {
  return (
    <div data-strong={isStrong || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Amounts({
  label,
  amounts,
  isStrong = false,
  isLeftOut = false,
}: {
  readonly label: string;
  readonly amounts: readonly CashAmount[];
  readonly isStrong?: boolean;
  /** Where there is nothing. */
  readonly isLeftOut?: boolean;
}) {
  if (amounts.length === 0 && isLeftOut) return null;
  const shown = amounts.length === 0 ? [{ currency: 'ILS' as const, minor: 0 }] : amounts;
  return (
    <Line label={label} isStrong={isStrong}>
      {shown.map(({ currency, minor }) => (
        <span key={currency} className={classes.block}>
          <Figure text={figures(minor, currency)} currency={currency} />
        </span>
      ))}
    </Line>
  );
}

function ReportButton() {
  const { t } = useSpeech();
  const { report, openReport, leave } = useDay();
  return (
    <>
      <Button variant="default" onClick={() => void openReport()} data-testid="day-report">
        {t('day.report')}
      </Button>
      <Dialog
        isOpen={report !== null}
        title={t('day.report')}
        closeLabel={t('common.close')}
        onClose={leave}
        size="30rem"
        testId="day-report-dialog"
      >
        {report !== null && (
          <div className={classes.paper}>
            <PaperSheet paper={report} />
          </div>
        )}
      </Dialog>
    </>
  );
}
