import { Button, Progress, SegmentedControl } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportBadLine, ImportDone, ImportKind, ImportPreview } from '../../shared/ipc/contract.ts';
import { Notice } from '../components/Notice.tsx';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import { useImport } from '../stores/importing.ts';
import classes from './AdministrationScreen.module.css';

const kinds: readonly ImportKind[] = ['accounts', 'bills'];
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
const count = (value: number): string => value.toLocaleString('en');

/** Real data from a file: everything is shown before anything is written. */
export function ImportPanel() {
  const { t, failure, money } = useSpeech();
  const store = useImport();
  const { phase, preview, done, progress } = store;
  const [kind, setKind] = useState<ImportKind>('accounts');
  const problem = store.failure === null ? null : <Notice kind="problem">{failure(store.failure)}</Notice>;

  if (phase === 'working') {
    const percent = progress === null || progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
    const label = t(`importing.phases.${progress?.phase ?? 'reading'}`);
    return (
      <div className={classes.import} role="status" data-testid="import-progress">
        <h2 className={classes.subtitle}>{label}</h2>
        <Progress value={percent} size="xl" aria-label={label} />
        <p className={classes.soft}>
          {progress !== null &&
            t('common.progress', { done: count(progress.done), total: count(progress.total) })}
        </p>
        {progress?.phase !== 'writing' && (
          <div>
            <Button variant="default" onClick={() => void store.cancel()} data-testid="import-cancel">
              {t('common.cancel')}
            </Button>
          </div>
        )}
      </div>
    );
  }

  if (phase === 'preview' && preview !== null) {
    return (
      <PreviewOfFile
        preview={preview}
        problem={problem}
        areBadLinesSaved={store.areBadLinesSaved}
        onSaveBadLines={() => void store.saveBadLines()}
        onCancel={() => void store.cancel()}
        onConfirm={() => void store.confirm()}
      />
    );
  }

  if (phase === 'done' && done !== null) {
    return (
      <div className={classes.import} data-testid="import-done">
        <Notice kind="good">{t('importing.done')}</Notice>
        <Counts added={done.added} changed={done.changed} unchanged={done.unchanged} last={done} />
        {done.surpluses > 0 && (
          <Notice kind="hint" testId="import-surplus">
            {t('importing.surplusDone', { count: done.surpluses, amount: money(done.surplusMinor) })}
          </Notice>
        )}
        <div>
          <Button onClick={store.startOver} data-testid="import-another">
            {t('importing.another')}
          </Button>
        </div>
      </div>
    );
  }

  return (
    <div className={classes.import}>
      <p className={classes.soft}>{t('importing.intro')}</p>
      {problem}
      {store.wasCancelled && <Notice kind="hint">{t('importing.cancelled')}</Notice>}
      <div>
        <div id="import-kind" className={classes.subtitle}>
          {t('importing.kind')}
        </div>
        <SegmentedControl
          size="md"
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'accounts')}
          data={kinds.map((one) => ({ value: one, label: t(`importing.kinds.${one}`) }))}
          aria-labelledby="import-kind"
          data-testid="import-kind"
        />
      </div>
      <div>
        <Button
          size="md"
          leftSection={<IconFileImport size="1.2rem" aria-hidden="true" />}
          onClick={() => void store.choose(kind)}
          data-testid="import-choose"
        >
          {t('importing.choose')}
        </Button>
      </div>
    </div>
  );
}

type PreviewOfFileProps = {
  readonly preview: ImportPreview;
  readonly problem: ReactNode;
  readonly areBadLinesSaved: boolean;
  readonly onSaveBadLines: () => void;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
};

function PreviewOfFile({ preview, problem, areBadLinesSaved, ...acts }: PreviewOfFileProps) {
  const { t, money } = useSpeech();
  const toWrite = preview.added + preview.changed;
  const columns = Object.keys(preview.sample[0] ?? {});
  return (
    <div className={classes.import} data-testid="import-preview">
      <div>
        <h2 className={classes.subtitle}>
          {t(`importing.kinds.${preview.kind}`)}: <bdi dir="ltr">{preview.fileName}</bdi>
        </h2>
        <p className={classes.soft}>
          {t('common.lines', { count: preview.lines })} ·{' '}
          {t('importing.seenAs', {
            encoding: isolate(preview.encoding),
            delimiter: t(`importing.delimiters.${delimiterNames[preview.delimiter]}`),
          })}
        </p>
      </div>
      <Counts
        added={preview.added}
        changed={preview.changed}
        unchanged={preview.unchanged}
        bad={preview.badLines}
      />
      {problem}
      {preview.surpluses > 0 && (
        <Notice kind="hint" testId="import-surplus">
          {t('importing.surplus', { count: preview.surpluses, amount: money(preview.surplusMinor) })}
        </Notice>
      )}
      {preview.badLines > 0 && (
        <section className={classes.import}>
          <div className={classes.head}>
            <h3 className={classes.subtitle}>{t('importing.badTitle')}</h3>
            <Button size="xs" variant="default" onClick={acts.onSaveBadLines} data-testid="import-save-bad">
              {t('importing.saveBad')}
            </Button>
          </div>
          {areBadLinesSaved && <Notice kind="good">{t('importing.badSaved')}</Notice>}
          {preview.badLines > preview.bad.length && (
            <p className={classes.soft}>{t('importing.badShown', { shown: count(preview.bad.length) })}</p>
          )}
          <BadLines lines={preview.bad} />
        </section>
      )}
      {columns.length > 0 && (
        <section className={classes.import}>
          <h3 className={classes.subtitle}>{t('importing.sample')}</h3>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('importing.sample')}>
            <table className={classes.table}>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      <bdi dir="ltr">{column}</bdi>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {preview.sample.map((row, index) => (
                  <tr key={index}>
                    {columns.map((column) => (
                      <td key={column}>
                        <bdi>{row[column]}</bdi>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <div className={classes.bottom}>
        <p role="status">{t('importing.willWrite', { count: toWrite })}</p>
        <Button variant="default" onClick={acts.onCancel} data-testid="import-cancel">
          {t('common.cancel')}
        </Button>
        <Button onClick={acts.onConfirm} disabled={toWrite === 0} data-testid="import-confirm">
          {t('importing.confirm')}
        </Button>
      </div>
    </div>
  );
}

function BadLines({ lines }: { readonly lines: readonly ImportBadLine[] }) {
  const { t } = useSpeech();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('importing.badTitle')}>
      <table className={classes.table} data-testid="import-bad">
        <thead>
          <tr>
            <th scope="col">{t('importing.line')}</th>
            <th scope="col">{t('importing.column')}</th>
            <th scope="col">{t('importing.reason')}</th>
            <th scope="col">{t('importing.value')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.line}-${index}`}>
              <td className="tabular">{line.line}</td>
              <td>
                <bdi dir="ltr">{line.column ?? '—'}</bdi>
              </td>
              <td>{t(`importing.problems.${line.reason}`)}</td>
              <td>
                <bdi dir={/\p{L}/u.test(line.value) ? 'auto' : 'ltr'}>
                  {line.value === '' ? '—' : line.value}
                </bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CountsProps = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad?: number;
  readonly last?: ImportDone;
};

function Counts({ added, changed, unchanged, bad, last }: CountsProps) {
  const { t } = useSpeech();
  return (
    <dl className={classes.counts}>
      <div>
        <dt>{t('importing.added')}</dt>
        <dd data-testid="import-added">{count(added)}</dd>
      </div>
      <div>
        <dt>{t('importing.changed')}</dt>
        <dd data-testid="import-changed">{count(changed)}</dd>
      </div>
      <div>
        <dt>{t('importing.unchanged')}</dt>
        <dd data-testid="import-unchanged">{count(unchanged)}</dd>
      </div>
      <div data-bad={(bad ?? 0) > 0 || undefined}>
        <dt>{last === undefined ? t('importing.bad') : t('importing.skipped')}</dt>
        <dd data-testid="import-bad-count">{count(last === undefined ? (bad ?? 0) : last.skipped)}</dd>
      </div>
    </dl>
  );
}
