import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { Figure } from '../components/Figure.tsx';
import { Notice } from '../components/Notice.tsx';
import { ReceiptFacts } from '../components/ReceiptFacts.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useReceipts } from '../stores/receipts.ts';
import classes from './ReceiptsScreen.module.css';

/** Any receipt by its number or its payer: picture, facts, and a marked copy with a reason. */
export function ReceiptsScreen({ person }: { readonly person: Person }) {
  const { t, failure, date, time } = useSpeech();
  const store = useReceipts();
  const { text, found, findFailure, viewed, find, leave } = store;

  useEffect(() => {
    void find(useReceipts.getState().text);
    return leave;
  }, [find, leave]);

  return (
    <div className={classes.screen} data-testid="receipts-screen">
      <section className={classes.list} aria-label={t('receipts.list')}>
        <div className={classes.head}>
          <h1 className={classes.title}>{t('receipts.title')}</h1>
          <TextInput
            value={text}
            onChange={(event) => void find(event.currentTarget.value)}
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
        <ul className={classes.rows}>
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
                <span className={classes.amount}>
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
                  {t(`printing.states.${receipt.printState}`)}
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
            <ReceiptPicture picture={viewed.picture} number={viewed.summary.number} size="fit" />
            <ReceiptFacts
              summary={viewed.summary}
              canReprint={person.role !== 'auditor'}
              isReprinting={store.isReprinting}
              reprinted={store.reprinted}
              problem={store.reprintFailure === null ? null : failure(store.reprintFailure)}
              onReprint={(reason) => void store.reprint(reason)}
            />
          </div>
        )}
      </section>
    </div>
  );
}
