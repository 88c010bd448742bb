import { Button, Loader, NativeSelect, Progress, TextInput } from '@mantine/core';
import { IconFileSpreadsheet, IconFileText, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { drawingOf } from '../../shared/domain/reports/chart.ts';
import { definitions } from '../../shared/domain/reports/definitions.ts';
import { reportIds } from '../../shared/domain/reports/report.ts';
import { periodChoices, reportSentence } from '../../shared/domain/reports/sentence.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { later } from '../components/later.tsx';
import { moveAmongRows } from '../components/moveAmongRows.ts';
import { Notice } from '../components/Notice.tsx';
import { readDate } from '../draft/typedDate.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useReports } from '../stores/reports.ts';
import { useStatus } from '../stores/status.ts';
import classes from './ReportsScreen.module.css';
import { ReportTableView } from './ReportTableView.tsx';

/** The library that draws is loaded when somebody looks at a report, never with the counter. */
const chart = later(async () => (await import('../components/ReportChart.tsx')).ReportChart);

/** What came in, by whichever way it is looked at: a sentence, a drawing, a table, a file. */
export function ReportsScreen() {
  const { t, language } = useSpeech();
  const { report, chooseReport, begin, save, print, run } = useReports();
  const today = useStatus((state) => state.status?.businessDate ?? '');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (today !== '') void begin(today);
  }, [begin, today]);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, []);

  useEveryKey((event) => {
    if (isDialogOpen()) return;
    if (event.key === 'F9') void save('xlsx', language);
    else if (event.key === 'F8') void save('csv', language);
    else if (event.key === 'F7') void save('pdf', language);
    else if (event.key === 'F6') void print();
    else if (event.key === 'F5') void run();
    else return;
    event.preventDefault();
  });

  return (
    <div className={classes.screen} data-testid="reports-screen">
      <h1 className="visuallyHidden">{t('reports.title')}</h1>
      <nav className={classes.list} aria-label={t('reports.list')}>
        <h2 className={classes.heading}>{t('reports.list')}</h2>
        <ul ref={list} className={classes.rows} onKeyDown={(event) => moveAmongRows(event, list.current)}>
          {reportIds.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={id === report}
                onClick={() => void chooseReport(id)}
                data-testid={`report-${id}`}
              >
                {definitions[id].title[language]}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.main}>
        <Period today={today} />
        <Shown />
      </div>
    </div>
  );
}

function Period({ today }: { readonly today: string }) {
  const { t, named } = useSpeech();
  const store = useReports();
  const [isAsked, setIsAsked] = useState(false);
  const { choice, filters, till, cashierId } = store;
  return (
    <form
      className={classes.period}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
        void store.run();
      }}
    >
      <div className={classes.choices} role="group" aria-label={t('reports.period')}>
        {periodChoices.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.choice}
            aria-pressed={choice === name}
            onClick={() => void store.choosePeriod(name, today)}
            data-testid={`period-${name}`}
          >
            {t(`reports.choices.${name}`)}
          </button>
        ))}
      </div>
      <div className={classes.dates}>
        {(['from', 'to'] as const).map((end) => {
          const text = store[`${end}Text`];
          const isWrong = isAsked && readDate(text) === null;
          return (
            <label key={end} className={classes.dated}>
              {t(`reports.${end}`)}
              <TextInput
                dir="ltr"
                classNames={{ root: classes.anchor ?? '', error: classes.bubble ?? '' }}
                value={text}
                onChange={(event) => store.type({ [`${end}Text`]: event.currentTarget.value })}
                onFocus={(event) => event.currentTarget.select()}
                error={isWrong ? t('reports.dateWrong') : null}
                autoComplete="off"
                inputMode="numeric"
                data-testid={`report-${end}`}
              />
            </label>
          );
        })}
        <Button
          type="submit"
          variant="default"
          rightSection={<KeyCap keys="Enter" />}
          data-testid="report-run"
        >
          {t('reports.show')}
        </Button>
      </div>
      <div className={classes.dates}>
        {filters !== null && filters.tills.length > 1 && (
          <NativeSelect
            aria-label={t('reports.till')}
            value={till ?? ''}
            onChange={(event) => void store.narrow({ till: event.currentTarget.value || null })}
            data={[
              { value: '', label: t('reports.everyTill') },
              ...filters.tills.map(({ code, name }) => ({
                value: code,
                label: name === '' ? code : `${code} · ${name}`,
              })),
            ]}
            data-testid="report-till"
          />
        )}
        {filters !== null && filters.cashiers.length > 1 && (
          <NativeSelect
            aria-label={t('reports.cashier')}
            value={String(cashierId ?? '')}
            onChange={(event) => void store.narrow({ cashierId: Number(event.currentTarget.value) || null })}
            data={[
              { value: '', label: t('reports.everyCashier') },
              ...filters.cashiers.map((one) => ({ value: String(one.id), label: named(one) })),
            ]}
            data-testid="report-cashier"
          />
        )}
      </div>
    </form>
  );
}

/** How far a long report is, and a way to stop it. */
function Working() {
  const { t } = useSpeech();
  const { percent, stop } = useReports();
  return (
    <div className={classes.working} data-testid="report-working">
      {percent === null ? (
        <Loader size="md" aria-hidden="true" />
      ) : (
        <Progress value={percent} size="lg" w="18rem" aria-label={t('reports.working')} />
      )}
      <p role="status">{t('reports.working')}</p>
      <Button variant="default" onClick={() => void stop()} data-testid="report-stop">
        {t('reports.stop')}
      </Button>
    </div>
  );
}

function Shown() {
  const { t, failure, language } = useSpeech();
  const {
    table,
    isWorking,
    percent,
    isSaved,
    isPrinted,
    saving,
    failure: failed,
    save,
    print,
  } = useReports();
  // A long one takes the place of what was shown before; a short one is there before that would be seen.
  if (table === null || (isWorking && percent !== null))
    return (
      <div className={classes.empty} aria-busy={isWorking}>
        {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
        {isWorking && <Working />}
      </div>
    );
  const title = definitions[table.query.report].title[language];
  const sentence = reportSentence(table, language);
  const isEmpty = table.rows.length === 0;
  return (
    <section className={classes.shown} aria-label={title} aria-busy={isWorking}>
      <div className={classes.head}>
        <p className={classes.sentence} role="status" data-testid="report-sentence">
          {sentence}
        </p>
        <div className={classes.files}>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileSpreadsheet size="1.1rem" aria-hidden="true" />}
            rightSection={<KeyCap keys="F9" />}
            loading={saving === 'xlsx'}
            disabled={isEmpty}
            onClick={() => void save('xlsx', language)}
            data-testid="report-xlsx"
          >
            {t('reports.saveAs.xlsx')}
          </Button>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileText size="1.1rem" aria-hidden="true" />}
            rightSection={<KeyCap keys="F8" />}
            loading={saving === 'csv'}
            disabled={isEmpty}
            onClick={() => void save('csv', language)}
            data-testid="report-csv"
          >
            {t('reports.saveAs.csv')}
          </Button>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileTypePdf size="1.1rem" aria-hidden="true" />}
            rightSection={<KeyCap keys="F7" />}
            loading={saving === 'pdf'}
            disabled={isEmpty}
            onClick={() => void save('pdf', language)}
            data-testid="report-pdf"
          >
            {t('reports.saveAs.pdf')}
          </Button>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPrinter size="1.1rem" aria-hidden="true" />}
            rightSection={<KeyCap keys="F6" />}
            disabled={isEmpty}
            onClick={() => void print()}
            data-testid="report-print"
          >
            {t('reports.print')}
          </Button>
        </div>
      </div>
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      {isSaved && (
        <Notice kind="good" testId="report-saved">
          {t('reports.saved')}
        </Notice>
      )}
      {isPrinted && (
        <Notice kind="good" testId="report-printed">
          {t('reports.printed')}
        </Notice>
      )}
      {table.leavesOutOwnShift && <Notice kind="hint">{t('reports.ownShift')}</Notice>}
      {isEmpty ? (
        <p className={classes.none}>{t('reports.narrowed')}</p>
      ) : (
        <>
          <div className={classes.chart} role="img" aria-label={t('reports.chart', { title })}>
            <chart.Part drawing={drawingOf(table, language)} isRightToLeft={language === 'ar'} />
          </div>
          <ReportTableView table={table} label={t('reports.table', { title })} />
        </>
      )}
    </section>
  );
}
