import { Button, NativeSelect, Progress } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { acts } from '../../shared/domain/journal.ts';
import type { JournalRow } from '../../shared/ipc/contract.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { EntryFields } from '../components/EntryFields.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useAudit } from '../stores/audit.ts';
import classes from './AuditScreen.module.css';

/** The journal, newest first; one entry in readable fields beside the text that was signed; and its proof. */
export function AuditScreen() {
  const { t, failure, date, time } = useSpeech();
  const store = useAudit();
  const { rows, total, act, chosen, key, load, loadKey } = store;

  useEffect(() => {
    void load(useAudit.getState().act);
    void loadKey();
  }, [load, loadKey]);

  function actName(name: string): string {
    const known = acts.find((one) => one === name);
    return known === undefined ? name : t(`acts.${known}`);
  }

  return (
    <div className={classes.screen} data-testid="audit-screen">
      <section className={classes.journal} aria-label={t('audit.journal')}>
        <div className={classes.head}>
          <h1 className={classes.title}>{t('audit.journal')}</h1>
          <span className={classes.soft}>{t('audit.entries', { count: total })}</span>
          <NativeSelect
            className={classes.filter}
            aria-label={t('audit.filter')}
            value={act ?? ''}
            onChange={(event) =>
              void load(event.currentTarget.value === '' ? null : event.currentTarget.value)
            }
            data={[
              { value: '', label: t('audit.allActs') },
              ...acts.map((name) => ({ value: name, label: actName(name) })),
            ]}
            data-testid="audit-filter"
          />
        </div>
        {store.failure !== null && <Notice kind="problem">{failure(store.failure)}</Notice>}
        <div className={classes.columns} aria-hidden="true">
          <span>{t('audit.sequence')}</span>
          <span>{t('audit.act')}</span>
          <span>{t('audit.actor')}</span>
          <span>{t('audit.when')}</span>
        </div>
        <ol className={classes.rows}>
          {rows.map((row) => (
            <li key={row.sequence}>
              <button
                type="button"
                className={classes.row}
                aria-pressed={chosen?.sequence === row.sequence}
                onClick={() => store.choose(row)}
                data-testid="audit-row"
                data-sequence={row.sequence}
                data-act={row.act}
              >
                <span className={classes.sequence}>{row.sequence}</span>
                <span className={classes.act}>{actName(row.act)}</span>
                <span className={classes.actor}>
                  <bdi>{row.actor ?? t('audit.program')}</bdi>
                </span>
                <span className={classes.soft}>
                  {date(row.atMs)} {time(row.atMs)}
                </span>
              </button>
            </li>
          ))}
          {rows.length < total && (
            <li className={classes.more}>
              <Button
                variant="default"
                fullWidth
                loading={store.isLoading}
                onClick={() => void store.loadOlder()}
                data-testid="audit-more"
              >
                {t('common.more')}
              </Button>
            </li>
          )}
        </ol>
      </section>

      <div className={classes.side}>
        <VerifyCard />
        <section className={classes.entry}>
          {chosen === null ? (
            <p className={classes.soft}>{t('audit.chooseEntry')}</p>
          ) : (
            <>
              <h2 className={classes.entryTitle} data-testid="audit-entry">
                {t('audit.entry', { sequence: chosen.sequence })} · {actName(chosen.act)}
              </h2>
              <p className={classes.soft}>
                <bdi>{chosen.actor ?? t('audit.program')}</bdi> · {date(chosen.atMs)} {time(chosen.atMs)}
              </p>
              <h3 className={classes.heading}>{t('audit.fields')}</h3>
              <EntryFields fields={bodyOf(chosen)} />
              <h3 className={classes.heading}>{t('audit.signedText')}</h3>
              <pre className={classes.code} dir="ltr" tabIndex={0} aria-label={t('audit.signedText')}>
                {chosen.text}
              </pre>
              <h3 className={classes.heading}>{t('audit.hash')}</h3>
              <code className={classes.code} dir="ltr">
                {chosen.hash}
              </code>
            </>
          )}
        </section>
        {key !== null && (
          <details className={classes.key} data-testid="public-key">
            <summary>
              {t('audit.publicKey')} · <bdi dir="ltr">{key.keyId}</bdi>
            </summary>
            <p className={classes.soft}>{t('audit.publicKeyHint')}</p>
            <pre className={classes.code} dir="ltr" tabIndex={0} aria-label={t('audit.publicKey')}>
              {key.pem}
            </pre>
            <CopyButton
              text={key.pem}
              label={t('common.copy')}
              copiedLabel={t('common.copied')}
              testId="copy-public-key"
            />
          </details>
        )}
      </div>
    </div>
  );
}

/** The entry's own body; an entry that cannot be read is shown by its text alone. */
function bodyOf(row: JournalRow): Readonly<Record<string, unknown>> {
  try {
    const entry: unknown = JSON.parse(row.text);
    if (typeof entry !== 'object' || entry === null) return {};
    const body: unknown = 'body' in entry ? entry.body : entry;
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch (cause) {
    if (cause instanceof SyntaxError) return {};
    throw cause;
  }
}

function VerifyCard() {
  const { t, failure } = useSpeech();
  const { verify, verifyJournal, chooseSequence } = useAudit();
  const { isWorking, progress, report } = verify;
  const percent = progress === null || progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
  const fault = report?.firstProblem ?? null;
  return (
    <section className={classes.verify}>
      <Button
        leftSection={<IconShieldCheck size="1.2rem" aria-hidden="true" />}
        loading={isWorking}
        onClick={() => void verifyJournal()}
        data-testid="verify"
      >
        {t('audit.verify')}
      </Button>
      {isWorking && (
        <div role="status" className={classes.progress}>
          <span>{t('audit.verifying')}</span>
          <Progress value={percent} size="lg" aria-label={t('audit.verifying')} />
        </div>
      )}
      {verify.failure !== null && <Notice kind="problem">{failure(verify.failure)}</Notice>}
      {report !== null && report.ok && (
        <Notice kind="good" testId="verify-result">
          <b>{t('audit.verified')}</b> · {t('audit.entries', { count: report.entries })} ·{' '}
          {t('audit.receipts', { count: report.receipts })}
          <br />
          {t('audit.verifiedText')}
          <br />
          {t('audit.head')}: <bdi dir="ltr">{report.head.slice(0, 16)}…</bdi>
        </Notice>
      )}
      {report !== null && fault !== null && (
        <Notice kind="problem" testId="verify-result">
          <b>{t('audit.notVerified')}</b>
          <br />
          {fault.sequence === null
            ? t('audit.firstProblemNowhere')
            : t('audit.firstProblem', { sequence: fault.sequence })}
          : {t(`audit.problems.${fault.kind}`)} <bdi dir="ltr">{fault.detail}</bdi>
          {fault.sequence !== null && (
            <Button
              size="xs"
              variant="default"
              ms="sm"
              onClick={() => fault.sequence !== null && void chooseSequence(fault.sequence)}
              data-testid="verify-show"
            >
              {t('audit.entry', { sequence: fault.sequence })}
            </Button>
          )}
        </Notice>
      )}
    </section>
  );
}
