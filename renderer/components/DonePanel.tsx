import { Button } from '@mantine/core';
import { IconCircleCheckFilled, IconPrinter } from '@tabler/icons-react';
import type { PaymentTaken } from '../../shared/ipc/contract.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './DonePanel.module.css';

type DonePanelProps = {
  readonly taken: PaymentTaken;
  readonly printText: string;
  readonly onShowReceipt: () => void;
  readonly onBack: () => void;
};

/** It is recorded: what to give back, which receipt, what is left; the next citizen by typing. */
export function DonePanel({ taken, printText, onShowReceipt, onBack }: DonePanelProps) {
  const { t, named, shortDate } = useSpeech();
  const { receipt } = taken;
  const { book } = receipt;
  const waivedMinor = receipt.tenders.reduce(
    (sum, { kind, valueMinor }) => sum + (kind === 'waiver' ? valueMinor : 0),
    0,
  );
  return (
    <section className={classes.panel} data-on-slab="" aria-label={t('counter.paid')} data-testid="paid">
      <div role="status">
        <h1 className={classes.title}>
          <IconCircleCheckFilled size="2rem" aria-hidden="true" />
          {book === null ? t('counter.paid') : t('leaf.done')}
        </h1>
      </div>
      {taken.wasAlreadyTaken && <p className={classes.note}>{t('counter.paidAlready')}</p>}
      <div className={classes.changeBox} data-parts={receipt.change.length}>
        <span>{receipt.change.length === 0 ? t('counter.nothingBack') : t('counter.giveBack')}</span>
        {receipt.change.length === 0 && <Figure text={figures(0)} size="huge" testId="change-due" />}
        {receipt.change.map(({ currency, minor }) => (
          <Figure
            key={currency}
            text={figures(minor, currency)}
            currency={currency}
            size="huge"
            testId={currency === 'ILS' ? 'change-due' : `change-due-${currency}`}
          />
        ))}
      </div>
      <dl className={classes.facts}>
        <dt>{book === null ? t('counter.receiptNumber') : t('leaf.number')}</dt>
        <dd>
          <bdi dir="ltr" data-testid="receipt-number">
            {receipt.number}
          </bdi>
        </dd>
        <dt>{t('counter.paidTotal')}</dt>
        <dd>
          <Figure text={figures(receipt.totalMinor)} testId="paid-total" />
        </dd>
        {waivedMinor > 0 && (
          <>
            <dt>{t('counter.waivedPart')}</dt>
            <dd>
              <Figure text={figures(waivedMinor)} testId="waived-part" />
            </dd>
          </>
        )}
        {receipt.changeCredit !== null && (
          <>
            <dt>{t('pay.toCredit')}</dt>
            <dd>
              <Figure text={figures(receipt.changeCredit.minor)} testId="credited" />
            </dd>
          </>
        )}
        {receipt.roundingMinor !== 0 && (
          <>
            <dt>{t('pay.rounding')}</dt>
            <dd>
              <Figure text={figures(receipt.roundingMinor)} testId="rounding" />
            </dd>
          </>
        )}
        {receipt.remainingMinor !== null && (
          <>
            <dt>{t('counter.remaining')}</dt>
            <dd>
              <Figure text={figures(receipt.remainingMinor)} testId="remaining" />
            </dd>
          </>
        )}
      </dl>
      {book !== null && (
        <p className={classes.note} data-testid="from-leaf">
          {t('leaf.written', { name: named(book.writtenBy), date: shortDate(book.writtenOn) })}.{' '}
          {t('leaf.paperHint')}
        </p>
      )}
      <p className={classes.print} role="status" data-testid="print-state">
        <IconPrinter size="1.25rem" aria-hidden="true" />
        {printText}
      </p>
      <p className={classes.next}>{t('counter.nextHint')}</p>
      <div className={classes.buttons}>
        <Button
          variant="white"
          color="dark"
          onClick={onShowReceipt}
          rightSection={<KeyCap keys="F3" />}
          aria-keyshortcuts="F3"
          data-testid="show-receipt"
        >
          {t('counter.showReceipt')}
        </Button>
        <Button
          variant="outline"
          color="gray.0"
          onClick={onBack}
          rightSection={<KeyCap keys="Esc" />}
          data-testid="back-to-account"
        >
          {taken.account === null ? t('common.back') : t('counter.backToAccount')}
        </Button>
      </div>
    </section>
  );
}
