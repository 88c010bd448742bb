import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import type { PrintJobRow } from '../../shared/ipc/printing.ts';
import { printedDocuments, printStates } from '../../shared/domain/printed.ts';
import { CopyForm } from '../components/CopyForm.tsx';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { ReceiptPicture } from '../components/ReceiptPicture.tsx';
import { receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { usePapers } from '../stores/papers.ts';
import { useStatus } from '../stores/status.ts';
import classes from './PapersScreen.module.css';
import { PrintersNow } from './PrintersNow.tsx';

/** All that was printed, by whom and what became of it; each paper as it came out, and a marked copy of it. */
export function PapersScreen({ person }: { readonly person: Person }) {
  const { t, failure, date, time } = useSpeech();
  const store = usePapers();
  const { filter, rows, hasMore, viewed, find, leave } = store;
  const list = useRef<HTMLUListElement>(null);

  // What becomes of the papers is seen while one looks.
  const printer = useStatus((state) => state.status?.printer);
  useEffect(() => void find({}), [find, printer]);
  useEffect(() => leave, [leave]);

  const isFiltered = filter.text.trim() !== '' || filter.document !== null || filter.state !== null;
  return (
    <div className={classes.screen} data-testid="papers-screen">
      <section className={classes.list} aria-label={t('papers.list')}>
        <div className={classes.head}>
          <h1 className={classes.title}>{t('papers.title')}</h1>
          <PrintersNow person={person} />
          <div className={classes.filters}>
            <TextInput
              value={filter.text}
              onChange={(event) => void find({ text: event.currentTarget.value })}
              onKeyDown={(event) => moveAmongRows(event, list.current)}
              aria-label={t('papers.find')}
              placeholder={t('papers.find')}
              leftSection={<IconSearch size="1.2rem" aria-hidden="true" />}
              maxLength={100}
              autoFocus
              autoComplete="off"
              data-testid="papers-find"
            />
            <NativeSelect
              aria-label={t('papers.kind')}
              value={filter.document ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                void find({ document: printedDocuments.find((one) => one === value) ?? null });
              }}
              data={[
                { value: '', label: t('papers.anyKind') },
                ...printedDocuments.map((one) => ({ value: one, label: t(`printing.documents.${one}`) })),
              ]}
              data-testid="papers-document"
            />
            <NativeSelect
              aria-label={t('papers.state')}
              value={filter.state ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                void find({ state: printStates.find((one) => one === value) ?? null });
              }}
              data={[
                { value: '', label: t('papers.anyState') },
                ...printStates.map((one) => ({ value: one, label: t(`printing.states.${one}`) })),
              ]}
              data-testid="papers-state"
            />
          </div>
          {store.failure !== null && <Notice kind="problem">{failure(store.failure)}</Notice>}
        </div>
        {rows?.length === 0 && (
          <div className={classes.none}>{t(isFiltered ? 'papers.none' : 'papers.noneYet')}</div>
        )}
        <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
          {rows?.map((row) => (
            <li key={row.jobId}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={viewed?.row.jobId === row.jobId}
                onClick={() => void store.view(row)}
                data-testid="paper-row"
                data-document={row.document}
                data-state={row.state}
              >
                <span className={classes.which}>
                  <span>{t(`printing.documents.${row.document}`)}</span>
                  <bdi dir="auto" className={classes.number}>
                    {row.title}
                  </bdi>
                </span>
                <span className={classes.copy} data-copy={row.copyNumber > 0 || undefined}>
                  {copyText(row)}
                </span>
                <span className={classes.soft}>
                  {date(row.createdAtMs)} {time(row.createdAtMs)}
                </span>
                <span
                  className={classes.state}
                  data-trouble={row.state === 'failedNotSent' || row.state === 'unknown' || undefined}
                >
                  {t(`printing.states.${row.state}`)}
                </span>
              </button>
            </li>
          ))}
          {hasMore && (
            <li>
              <button
                type="button"
                className={classes.more}
                onClick={() => void store.older()}
                data-testid="papers-older"
              >
                {t('papers.more')}
              </button>
            </li>
          )}
        </ul>
      </section>
      <section className={classes.view}>
        {viewed === null ? (
          <div className={classes.center}>{t('papers.choose')}</div>
        ) : (
          <div className={classes.sideBySide}>
            <div className={classes.paper}>
              <ReceiptPicture
                picture={viewed.picture}
                alt={t('papers.picture', {
                  document: t(`printing.documents.${viewed.row.document}`),
                  number: receiptNumberText(viewed.row.title),
                })}
                size="fit"
              />
            </div>
            <div className={classes.facts}>
              <PaperFacts row={viewed.row} />
              {person.role !== 'auditor' && (
                <CopyForm
                  title={t('papers.copyTitle', {
                    document: t(`printing.documents.${viewed.row.document}`),
                    number: receiptNumberText(viewed.row.title),
                  })}
                  isReprinting={store.isWorking}
                  isSavingPdf={store.isWorking}
                  onReprint={(reason) => void store.reprint(reason)}
                  onSavePdf={(reason) => void store.savePdf(reason)}
                >
                  {store.actFailure !== null && <Notice kind="problem">{failure(store.actFailure)}</Notice>}
                  {store.made !== null && (
                    <Notice kind="good" testId="paper-copied">
                      {t(store.made.kind === 'printed' ? 'papers.sentToPrinter' : 'papers.savedPdf', {
                        copy: store.made.copy,
                      })}
                    </Notice>
                  )}
                </CopyForm>
              )}
            </div>
          </div>
        )}
      </section>
    </div>
  );

  function copyText({ copyNumber }: PrintJobRow): string {
    return copyNumber === 0 ? t('papers.original') : t('papers.copy', { copy: copyNumber });
  }
}

function PaperFacts({ row }: { readonly row: PrintJobRow }) {
  const { t, named, date, time } = useSpeech();
  const printers = useStatus((state) => state.status?.printer?.printers);
  // One that was taken away since is called by what the journal calls it.
  const printer = printers?.find(({ id }) => id === row.printer)?.name ?? row.printer;
  return (
    <dl className={classes.factsList}>
      <dt>{t('papers.state')}</dt>
      <dd>
        {t(`printing.states.${row.state}`)}
        {row.problem !== null && ` · ${t(`status.problems.${row.problem}`)}`}
      </dd>
      <dt>{t('papers.at')}</dt>
      <dd>
        {date(row.createdAtMs)} {time(row.createdAtMs)}
      </dd>
      <dt>{t('papers.person')}</dt>
      <dd>{named({ ar: row.personAr, en: row.personEn })}</dd>
      <dt>{t('papers.printer')}</dt>
      <dd>{printer === null ? t('papers.byRoutes') : <bdi>{printer}</bdi>}</dd>
      <dt>{t('papers.attempts')}</dt>
      <dd>{row.attempts}</dd>
      {row.reason !== null && (
        <>
          <dt>{t('papers.reason')}</dt>
          <dd>{t(`receipts.reasons.${row.reason}`)}</dd>
        </>
      )}
    </dl>
  );
}
