import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { ReceiptFacts } from '../components/ReceiptFacts.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { UndoneMark } from '../components/UndoneMark.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useReceipts } from '../stores/receipts.ts';
import { useUndo } from '../stores/undo.ts';
import { UndoDialog } from './UndoDialog.tsx';
import classes from './ReceiptsScreen.module.css';

/** Any receipt by its number or its payer: picture, facts, and a marked copy with a reason. */
export function ReceiptsScreen({ person }: { readonly person: Person }) {
  const { t, failure, date, time } = useSpeech();
  const store = useReceipts();
  const beginUndo = useUndo((state) => state.begin);
  const list = useRef<HTMLUListElement>(null);
  const { text, found, findFailure, viewed, find, leave } = store;

  useEffect(() => {
    void find(useReceipts.getState().text);
    return leave;
  }, [find, leave]);

  const mayUndo = person.role === 'cashier' || person.role === 'supervisor';
  useEveryKey((event) => {
    if (event.key !== 'F12' || isDialogOpen()) return;
    event.preventDefault();
    const shown = useReceipts.getState().viewed?.summary;
    if (mayUndo && shown !== undefined && shown.undone === null) void beginUndo(shown.paymentId);
  });

  return (
    <div className={classes.screen} data-testid="receipts-screen">
      <section className={classes.list} aria-label={t('receipts.list')}>
        <div className={classes.head}>
          <h1 className={classes.title}>{t('receipts.title')}</h1>
          <TextInput
            value={text}
            onChange={(event) => void find(event.currentTarget.value)}
            onKeyDown={(event) => moveAmongRows(event, list.current)}
            aria-label={t('receipts.findLabel')}
            placeholder={t('receipts.findPlaceholder')}
            leftSection={<IconSearch size="1.2rem" aria-hidden="true" />}
            size="md"
            maxLength={600}
            autoFocus
            autoComplete="off"
            data-testid="receipts-find"
          />
          {findFailure !== null && <Notice kind="problem">{failure(findFailure)}</Notice>}
        </div>
        {found?.length === 0 && (
          <div className={classes.none}>
            {text.trim() === '' ? t('receipts.noneYet') : t('receipts.none')}
          </div>
        )}
        <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
          {found?.map((receipt) => (
            <li key={receipt.paymentId}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={viewed?.summary.paymentId === receipt.paymentId}
                onClick={() => void store.view(receipt.paymentId)}
                data-testid="receipt-row"
                data-receipt={receipt.number}
              >
                <span className={classes.which}>
                  <bdi dir="ltr" className={classes.number}>
                    {receipt.number}
                  </bdi>
                  <span className={classes.payer}>{receipt.payerName}</span>
                </span>
                <span className={classes.amount} data-undone={receipt.undone ?? undefined}>
                  <Figure text={figures(receipt.totalMinor)} size="row" />
                </span>
                <span className={classes.soft}>
                  {date(receipt.atMs)} {time(receipt.atMs)} · <bdi dir="ltr">{receipt.accountNumber}</bdi>
                </span>
                <span
                  className={classes.state}
                  data-trouble={
                    receipt.printState === 'failedNotSent' || receipt.printState === 'unknown' || undefined
                  }
                >
                  {receipt.undone === null ? (
                    t(`printing.states.${receipt.printState}`)
                  ) : (
                    <UndoneMark kind={receipt.undone} />
                  )}
                  {receipt.copies > 0 && ` · ${t('receipts.copies', { count: receipt.copies })}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className={classes.view}>
        {store.viewFailure !== null && <Notice kind="problem">{failure(store.viewFailure)}</Notice>}
        {viewed === null ? (
          <div className={classes.center}>{t('receipts.choose')}</div>
        ) : (
          <div className={classes.sideBySide}>
            <div className={classes.paper}>
              <ReceiptPicture
                picture={viewed.picture}
                alt={t('counter.receiptPicture', { number: viewed.summary.number })}
                size="fit"
              />
              {viewed.summary.undone !== null && <UndoneMark kind={viewed.summary.undone} as="stamp" />}
            </div>
            <ReceiptFacts
              summary={viewed.summary}
              canReprint={person.role !== 'auditor'}
              isReprinting={store.isReprinting}
              reprinted={store.reprinted}
              problem={store.reprintFailure === null ? null : failure(store.reprintFailure)}
              onReprint={(reason) => void store.reprint(reason)}
              isSavingPdf={store.isSavingPdf}
              savedPdf={store.savedPdf}
              onSavePdf={(reason) => void store.savePdf(reason)}
              onUndo={mayUndo ? () => void beginUndo(viewed.summary.paymentId) : null}
            />
          </div>
        )}
      </section>
      <UndoDialog />
    </div>
  );
}
