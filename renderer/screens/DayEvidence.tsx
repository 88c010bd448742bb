import { Button } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CashMoveView, CountOutcome, DayView, Person, ShiftReceipt } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Figure } from '../components/Figure.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { useEveryKey } from '../components/keys.ts';
import { Notice } from '../components/Notice.tsx';
import { PaperSheet } from '../components/PaperSheet.tsx';
import { UndoneMark } from '../components/UndoneMark.tsx';
import { pieceText } from '../draft/pieces.ts';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { evidenceTabs, useDay } from '../stores/day.ts';
import { Differences } from './DayMarks.tsx';
import classes from './DayScreen.module.css';
import { ReceiptDialog } from './ReceiptDialog.tsx';

/** Behind the figures of a shift: its report, its counts, its receipts, its cash. */
export function DayEvidence({ day, person }: { readonly day: DayView; readonly person: Person }) {
  const { t, failure, named } = useSpeech();
  const { evidence, failure: failed, look, leave, moreReceipts } = useDay();
  const [receipt, setReceipt] = useState<number | null>(null);
  const shift = day.shifts.find(({ shiftId }) => shiftId === evidence?.shiftId);

  useEveryKey((event) => {
    if (evidence === null || receipt !== null || event.ctrlKey || event.altKey) return;
    const tab = evidenceTabs[Number(event.key) - 1];
    if (tab === undefined) return;
    event.preventDefault();
    void look(evidence.shiftId, tab);
  });

  // The hands stay at the tab that is shown, whichever key chose it.
  const tabs = useRef<HTMLDivElement>(null);
  const shown = evidence?.tab;
  useLayoutEffect(() => {
    if (shown !== undefined) tabs.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [shown]);

  return (
    <>
      {/* Steps aside while one of its receipts is looked at: two dialogs would both hear Escape. */}
      <Dialog
        isOpen={evidence !== null && receipt === null}
        title={t('day.evidenceOf', {
          person: shift === undefined ? '' : named(shift.cashier),
          till: shift?.till ?? '',
        })}
        closeLabel={t('common.close')}
        onClose={leave}
        size="62rem"
        testId="evidence-dialog"
      >
        {evidence !== null && (
          <div className={classes.evidence}>
            <div ref={tabs} className={classes.tabs} role="group" aria-label={t('day.evidence')}>
              {evidenceTabs.map((tab, index) => (
                <button
                  key={tab}
                  type="button"
                  className={classes.tab}
                  aria-pressed={evidence.tab === tab}
                  aria-keyshortcuts={String(index + 1)}
                  onClick={() => void look(evidence.shiftId, tab)}
                  {...(evidence.tab === tab ? { 'data-autofocus': true } : {})}
                  data-testid={`evidence-${tab}`}
                >
                  <KeyCap keys={String(index + 1)} /> {t(`day.evidenceTabs.${tab}`)}
                </button>
              ))}
            </div>
            {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
            <div
              className={classes.scroll}
              tabIndex={0}
              role="region"
              aria-label={t(`day.evidenceTabs.${evidence.tab}`)}
            >
              {evidence.tab === 'report' && evidence.report !== null && (
                <div className={classes.paper}>
                  <PaperSheet paper={evidence.report.paper} />
                </div>
              )}
              {evidence.tab === 'counts' &&
                evidence.counts?.map((count) => <Count key={count.id} count={count} />)}
              {evidence.tab === 'receipts' && evidence.receipts !== null && (
                <Receipts receipts={evidence.receipts} onLook={setReceipt} />
              )}
              {evidence.tab === 'receipts' && evidence.hasMore && (
                <Button variant="default" onClick={() => void moreReceipts()} data-testid="more-receipts">
                  {t('day.more')}
                </Button>
              )}
              {evidence.tab === 'moves' && evidence.moves !== null && <Moves moves={evidence.moves} />}
            </div>
          </div>
        )}
      </Dialog>
      <ReceiptDialog paymentId={receipt} person={person} onClose={() => setReceipt(null)} />
    </>
  );
}

function Count({ count }: { readonly count: CountOutcome }) {
  const { t, named, date, time } = useSpeech();
  return (
    <section className={classes.count} data-testid="evidence-count">
      <header className={classes.top}>
        <h3 className={classes.small}>
          {t(`day.countKinds.${count.kind}`)} · {date(count.atMs)} {time(count.atMs)}
        </h3>
        <Differences results={count.results} />
      </header>
      <p className={classes.soft}>
        {t('day.countBy', { person: named(count.countedBy) })}
        {count.witness !== null && ` · ${t('day.countWitness', { person: named(count.witness) })}`}
        {count.reason !== '' && (
          <>
            {' '}
            · <bdi>{count.reason}</bdi>
          </>
        )}
      </p>
      <p className={classes.notes}>
        {count.lines.map(({ currency, denominationMinor, isWorn, quantity }) => (
          <span key={`${currency} ${denominationMinor} ${String(isWorn)}`}>
            <bdi dir="ltr">
              {quantity} × {pieceText(currency, denominationMinor)}
            </bdi>{' '}
            {t(`symbols.${currency}`)}
            {isWorn && ` ${t('day.worn')}`}
          </span>
        ))}
      </p>
    </section>
  );
}

function Receipts({
  receipts,
  onLook,
}: {
  readonly receipts: readonly ShiftReceipt[];
  readonly onLook: (paymentId: number) => void;
}) {
  const { t, time } = useSpeech();
  return (
    <table className={classes.counts}>
      <thead>
        <tr>
          <th scope="col">{t('receipts.number')}</th>
          <th scope="col">{t('day.time')}</th>
          <th scope="col">{t('receipts.payer')}</th>
          <th scope="col">{t('day.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <tr key={receipt.paymentId} data-testid="evidence-receipt">
            <td>
              <button type="button" className={classes.link} onClick={() => onLook(receipt.paymentId)}>
                {receiptNumberText(receipt.receiptNumber)}
              </button>
            </td>
            <td>{time(receipt.atMs)}</td>
            <td>{receipt.payerName}</td>
            <td>
              <Figure text={figures(receipt.totalMinor)} />{' '}
              {receipt.undone !== null && <UndoneMark kind={receipt.undone} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moves({ moves }: { readonly moves: readonly CashMoveView[] }) {
  const { t, named, time } = useSpeech();
  const place = ({ kind, ...rest }: CashMoveView['from']): string =>
    kind === 'till'
      ? t('day.places.till', { till: 'till' in rest ? rest.till : '' })
      : t(`day.places.${kind}`);
  if (moves.length === 0) return <p className={classes.soft}>{t('day.noMoves')}</p>;
  return (
    <table className={classes.counts}>
      <thead>
        <tr>
          <th scope="col">{t('day.time')}</th>
          <th scope="col">{t('day.what')}</th>
          <th scope="col">{t('day.fromTo')}</th>
          <th scope="col">{t('day.people')}</th>
          <th scope="col">{t('day.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {moves.map((move) => (
          <tr key={move.id} data-testid="evidence-move">
            <td>{time(move.atMs)}</td>
            <td>
              {t(`day.moves.${move.kind}`)}
              {move.note !== '' && <bdi className={classes.under}>{move.note}</bdi>}
            </td>
            <td>{t('day.movedFromTo', { from: place(move.from), to: place(move.to) })}</td>
            <td>
              {named({ ar: move.byAr, en: move.byEn })}
              {move.counterpartAr !== null && (
                <span className={classes.under}>
                  {named({ ar: move.counterpartAr, en: move.counterpartEn ?? '' })}
                </span>
              )}
            </td>
            <td>
              {move.amounts.map(({ currency, minor }) => (
                <span key={currency} className={classes.block}>
                  <Figure text={figures(minor, currency)} currency={currency} />
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
