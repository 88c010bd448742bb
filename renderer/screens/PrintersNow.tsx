import { Button } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import type { Person } from '../../shared/ipc/contract.ts';
import type { OnePrinterStatus } from '../../shared/ipc/printing.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { usePapers } from '../stores/papers.ts';
import { useStatus } from '../stores/status.ts';
import classes from './PapersScreen.module.css';

/** Each printer in words, before anybody prints: what keeps it, what waits, and where that may go instead. */
export function PrintersNow({ person }: { readonly person: Person }) {
  const { t, failure } = useSpeech();
  const printer = useStatus((state) => state.status?.printer ?? null);
  const crestProblem = printer?.crestProblem ?? null;
  const failed = useStatus((state) => state.printerFailure);
  const retry = useStatus((state) => state.retryPrinting);
  const { move, askForDrawer, drawerSeen } = usePapers();
  const printers = printer?.printers ?? [];
  const mayAct = person.role !== 'auditor';
  const mayOpen = person.role === 'cashier' || person.role === 'supervisor';

  function words(one: OnePrinterStatus): string {
    const standing =
      one.problem === null
        ? t(one.state === 'printing' ? 'papers.printing' : 'papers.idle')
        : t('papers.failing', { problem: t(`status.problems.${one.problem}`) });
    return [
      standing,
      ...(one.isPaperNearEnd && one.problem === null ? [t('papers.nearEnd')] : []),
      ...(one.waiting > 0 ? [t('status.waiting', { count: one.waiting })] : []),
    ].join(' · ');
  }

  const crest = crestProblem !== null && (
    <Notice kind="hint" testId="crest-problem">
      {t(`papers.crestProblems.${crestProblem}`)}
    </Notice>
  );
  if (printer === null || printers.length === 0)
    return (
      <>
        <Notice kind="hint">{t('papers.noPrinter')}</Notice>
        {crest}
      </>
    );
  return (
    <>
      {crest}
      <ul className={classes.printers} aria-label={t('papers.printers')}>
        {printers.map((one) => (
          <li
            key={one.id}
            className={classes.printer}
            data-trouble={one.problem !== null || undefined}
            data-warn={one.isPaperNearEnd || undefined}
            data-testid={`printer-now-${one.id}`}
          >
            <strong>
              <bdi>{one.name}</bdi>
            </strong>
            {mayAct && one.problem !== null && one.waiting > 0 && (
              <span className={classes.acts}>
                <Button size="compact-sm" variant="default" onClick={() => void retry()}>
                  {t('papers.retry')}
                </Button>
                {others(one).map((other) => (
                  <Button
                    key={other.id}
                    size="compact-sm"
                    onClick={() => void move(one.id, other.id)}
                    data-testid={`move-to-${other.id}`}
                  >
                    {t('papers.moveTo', { printer: other.name })}
                  </Button>
                ))}
              </span>
            )}
            <span className={classes.words}>{words(one)}</span>
          </li>
        ))}
      </ul>
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      {printer.drawerProblem !== null && (
        <Notice kind="problem" testId="drawer-shut">
          {t('papers.drawerShut', { problem: t(`status.problems.${printer.drawerProblem.problem}`) })}{' '}
          {mayOpen && (
            <Button size="compact-sm" variant="default" onClick={() => void drawerSeen()}>
              {t('papers.drawerSeen')}
            </Button>
          )}
        </Notice>
      )}
      {mayOpen && printers.some(({ hasDrawer }) => hasDrawer) && (
        <Button
          variant="default"
          leftSection={<IconCashRegister size="1.1rem" aria-hidden="true" />}
          rightSection={<KeyCap keys="Ctrl D" />}
          aria-keyshortcuts="Control+D"
          onClick={() => askForDrawer(true)}
          data-testid="open-drawer"
        >
          {t('papers.openDrawer')}
        </Button>
      )}
    </>
  );

  /** Where it may go instead: what is offered first comes first, and what can't print either is not offered. */
  function others(from: OnePrinterStatus): readonly OnePrinterStatus[] {
    const first = printer?.fallbackId ?? null;
    return printers
      .filter(({ id, problem }) => id !== from.id && problem === null)
      .toSorted((a, b) => Number(b.id === first) - Number(a.id === first));
  }
}
