import { Button, NativeSelect } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { toFirstWrong } from '../components/entryForm.ts';
import { Dialog } from '../components/Dialog.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { MappingProblem } from '../stores/statements.ts';
import { mappingProblems, statementProviders, useStatements } from '../stores/statements.ts';
import classes from './StatementDialog.module.css';
import { StatementMatches } from './StatementMatches.tsx';
import { StatementProblem } from './StatementProblem.tsx';

/** A provider's statement is laid beside the transfers that wait, and a supervisor confirms what fits. */
export function StatementDialog() {
  const { t } = useSpeech();
  const { isOpen, step, back } = useStatements();
  return (
    <Dialog
      isOpen={isOpen}
      title={t('statements.title')}
      closeLabel={t('common.close')}
      onClose={back}
      size={step === 'proposal' ? '76rem' : '46rem'}
      testId="statement-dialog"
    >
      {step === 'provider' && <ProviderStep />}
      {step === 'columns' && <ColumnsStep />}
      {step === 'proposal' && <StatementMatches />}
      {step === 'done' && <DoneStep />}
    </Dialog>
  );
}

function ProviderStep() {
  const { t, language } = useSpeech();
  const { provider, waiting, isWorking, chooseProvider, open, back } = useStatements();
  const count = waiting?.find((one) => one.provider === provider)?.count ?? 0;
  return (
    <form
      className={classes.step}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <NativeSelect
        label={t('statements.provider')}
        value={provider}
        onChange={(event) => chooseProvider(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void open();
        }}
        data={statementProviders.map(({ ar, en }) => ({ value: ar, label: language === 'en' ? en : ar }))}
        data-autofocus
        data-testid="statement-provider"
      />
      <p className={classes.sentence} role="status" data-testid="statement-waiting">
        {waiting !== null && <b>{t('statements.waiting', { count })}</b>}
      </p>
      <p className={classes.soft}>{t('statements.intro')}</p>
      <StatementProblem />
      <div className={classes.buttons}>
        <Button variant="default" onClick={back} rightSection={<KeyCap keys="Esc" />}>
          {t('common.cancel')}
        </Button>
        <Button
          type="submit"
          loading={isWorking}
          leftSection={<IconFileSearch size="1.2rem" aria-hidden="true" />}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="statement-open"
        >
          {t('statements.choose')}
        </Button>
      </div>
    </form>
  );
}

const places = ['reference', 'amount'] as const;

function ColumnsStep() {
  const { t } = useSpeech();
  const { file, mapping, isWorking, map, propose, back } = useStatements();
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector('select')?.focus(), []);
  if (file === null) return null;
  const problems = mappingProblems(mapping);
  const columns = [...new Set(file.columns)].filter((name) => name !== '');
  const role = (column: string) => places.find((place) => mapping[place] === column);
  const shown = (found: MappingProblem | null): string | null =>
    found !== null && (isAsked || found === 'same') ? t(`statements.problems.${found}`) : null;

  function submit(): void {
    setIsAsked(true);
    if (problems.reference === null && problems.amount === null) void propose();
    else toFirstWrong(form.current);
  }

  return (
    <form
      ref={form}
      className={classes.step}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={classes.sentence}>
        <b>
          <bdi dir="ltr">{file.fileName}</bdi>
        </b>{' '}
        · {t('common.lines', { count: file.lines })}
      </p>
      <p className={classes.soft}>{t('statements.columnsHint')}</p>
      <div className={classes.two}>
        {places.map((place) => (
          <NativeSelect
            key={place}
            label={t(`statements.${place}`)}
            value={mapping[place]}
            onChange={(event) => map({ [place]: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (place === 'reference' && mapping.amount === '')
                form.current?.querySelectorAll('select')[1]?.focus();
              else submit();
            }}
            data={[
              { value: '', label: t('statements.chooseColumn') },
              ...columns.map((column) => ({ value: column, label: column })),
            ]}
            error={shown(problems[place])}
            data-testid={`statement-${place}`}
          />
        ))}
      </div>
      <div className={classes.sample} tabIndex={0} role="region" aria-label={t('statements.sample')}>
        <table>
          <caption>{t('statements.sample')}</caption>
          <thead>
            <tr>
              {file.columns.map((column, index) => (
                <th key={index} scope="col" data-place={role(column)}>
                  <bdi>{column}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.sample.map((cells, row) => (
              <tr key={row}>
                {file.columns.map((column, index) => (
                  <td key={index} data-place={role(column)}>
                    <bdi dir={/\p{L}/u.test(cells[index] ?? '') ? 'auto' : 'ltr'}>{cells[index] ?? ''}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <StatementProblem />
      <div className={classes.buttons}>
        <Button variant="default" onClick={back} disabled={isWorking} rightSection={<KeyCap keys="Esc" />}>
          {t('common.back')}
        </Button>
        <Button
          type="submit"
          loading={isWorking}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="statement-compare"
        >
          {t('statements.compare')}
        </Button>
      </div>
    </form>
  );
}

function DoneStep() {
  const { t } = useSpeech();
  const { matched, begin, leave } = useStatements();
  const close = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => close.current?.focus(), []);
  return (
    <div className={classes.step}>
      <Notice kind="good" testId="statement-done">
        {t('statements.done', { count: matched })}
      </Notice>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => void begin()} data-testid="statement-another">
          {t('statements.another')}
        </Button>
        <Button
          ref={close}
          onClick={leave}
          rightSection={<KeyCap keys="Enter" />}
          data-testid="statement-close"
        >
          {t('common.close')}
        </Button>
      </div>
    </div>
  );
}
