import { Button, Stack } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import type { ReceiptSummary } from '../../shared/ipc/contract.ts';
import type { ReprintReason } from '../stores/receipts.ts';
import { CopyForm } from './CopyForm.tsx';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { Notice } from './Notice.tsx';
import { UndoneMark } from './UndoneMark.tsx';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import classes from './ReceiptFacts.module.css';

type ReceiptFactsProps = {
  readonly summary: ReceiptSummary;
  readonly canReprint: boolean;
  readonly isReprinting: boolean;
  readonly reprinted: { readonly number: string; readonly copy: number } | null;
  readonly problem: string | null;
  readonly onReprint: (reason: ReprintReason) => void;
  readonly isSavingPdf: boolean;
  readonly savedPdf: { readonly number: string; readonly copy: number } | null;
  readonly onSavePdf: (reason: ReprintReason) => void;
  /** Takes it back; null where the person may not. */
  readonly onUndo: (() => void) | null;
};

/** One receipt in words, and a copy of it with its consequence and its reason. */
export function ReceiptFacts(props: ReceiptFactsProps) {
  const { summary, reprinted, savedPdf } = props;
  const { t, named, date, time } = useSpeech();
  return (
    <Stack gap="sm" className={classes.facts}>
      {summary.undone !== null && (
        <div className={classes.undone} role="status" data-testid="receipt-undone">
          <UndoneMark kind={summary.undone} />
          <span>{t(`undo.standing.${summary.undone}`)}</span>
        </div>
      )}
      <dl className={classes.list}>
        <dt>{t('receipts.number')}</dt>
        <dd>
          <bdi dir="ltr">{summary.number}</bdi>
        </dd>
        <dt>{t('receipts.total')}</dt>
        <dd>
          <Figure text={figures(summary.totalMinor)} />
        </dd>
        <dt>{t('receipts.payer')}</dt>
        <dd>{summary.payerName}</dd>
        <dt>{t('receipts.at')}</dt>
        <dd>
          {date(summary.atMs)} {time(summary.atMs)}
        </dd>
        <dt>{t('receipts.cashier')}</dt>
        <dd>{named({ ar: summary.cashierAr, en: summary.cashierEn })}</dd>
        <dt>{t('receipts.print')}</dt>
        <dd>
          {t(`printing.states.${summary.printState}`)} · {t('receipts.copies', { count: summary.copies })}
        </dd>
      </dl>
      {props.canReprint && (
        <CopyForm
          title={t('receipts.reprintTitle', { number: receiptNumberText(summary.number) })}
          isReprinting={props.isReprinting}
          isSavingPdf={props.isSavingPdf}
          onReprint={props.onReprint}
          onSavePdf={props.onSavePdf}
        >
          {props.problem !== null && <Notice kind="problem">{props.problem}</Notice>}
          {reprinted !== null && reprinted.number === summary.number && (
            <Notice kind="good" testId="reprinted">
              {t('receipts.reprinted', { copy: reprinted.copy, number: receiptNumberText(reprinted.number) })}
            </Notice>
          )}
          {savedPdf !== null && savedPdf.number === summary.number && (
            <Notice kind="good" testId="saved-pdf">
              {t('receipts.savedPdf', { copy: savedPdf.copy, number: receiptNumberText(savedPdf.number) })}
            </Notice>
          )}
        </CopyForm>
      )}
      {props.onUndo !== null && summary.undone === null && (
        <section className={classes.reprint}>
          <p className={classes.text}>{t('undo.consequence')}</p>
          <Button
            variant="outline"
            color="clay"
            onClick={props.onUndo}
            leftSection={<IconBan size="1.2rem" aria-hidden="true" />}
            rightSection={<KeyCap keys="F12" />}
            aria-keyshortcuts="F12"
            data-testid="undo"
          >
            {t('undo.button')}
          </Button>
        </section>
      )}
    </Stack>
  );
}
