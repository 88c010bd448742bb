import {
  IconBuilding,
  IconCalendar,
  IconClockHour4,
  IconDatabase,
  IconPrinter,
  IconServer,
  IconUser,
} from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import type { CounterStatus, Person, PrinterStatus, ShiftState } from '../../shared/ipc/contract.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './StatusBar.module.css';

type StatusBarProps = {
  readonly status: CounterStatus;
  readonly shift: ShiftState | null;
  readonly person: Person;
  readonly onRetryPrinting: () => void;
  readonly onShowPapers: () => void;
};

/** How the till stands, at the foot of every screen: words, never only a coloured dot. */
export function StatusBar({ status, shift, person, onRetryPrinting, onShowPapers }: StatusBarProps) {
  const { t, named, time, date } = useSpeech();
  const { printer, storage } = status;

  function printerText(now: PrinterStatus | null): string {
    if (now === null || now.state === 'notConfigured') return t('status.printerNone');
    if (now.state === 'askPerson') return t('status.printerAsk');
    if (now.state === 'printing') return t('status.printerPrinting');
    if (now.state === 'idle') {
      const main = now.printers.find(({ id }) => id === now.mainId);
      return [t('status.printerIdle'), ...(main?.isPaperNearEnd === true ? [t('papers.nearEnd')] : [])].join(
        ' · ',
      );
    }
    return now.lastProblem === null
      ? t('status.printerFailingPlain')
      : t('status.printerFailing', { problem: t(`status.problems.${now.lastProblem}`) });
  }

  function storageText(): string {
    if (storage === null || storage.check === 'pending') return t('status.storagePending');
    if (storage.check === 'running') return t('status.storageRunning');
    return storage.checkedAtMs === null
      ? t('status.storageOk')
      : t('status.storageOkAt', { time: time(storage.checkedAtMs) });
  }

  const standing = shift === null ? 'none' : shift.isOver ? 'over' : shift.state;
  const waiting = printer?.waiting ?? 0;
  const isFailing =
    printer?.state === 'failing' ||
    printer?.state === 'askPerson' ||
    (printer?.drawerProblem ?? null) !== null;
  return (
    <footer className={classes.bar} aria-label={t('status.label')} data-testid="status-bar">
      <Item icon={<IconBuilding />} label={t('status.till')} id="till">
        <bdi dir="ltr">{status.till}</bdi>
      </Item>
      <Item icon={<IconCalendar />} label={t('status.businessDate')} id="date">
        {status.businessDate === '' ? '' : date(status.businessDate)}
      </Item>
      <Item
        icon={<IconClockHour4 />}
        label={t('status.shift')}
        id="shift"
        trouble={standing !== 'none' && standing !== 'open'}
        state={standing}
      >
        {shift === null
          ? t('status.noShift')
          : standing === 'none' || standing === 'open'
            ? t('status.shiftOpen', { time: time(shift.openedAtMs) })
            : t(`shift.barStates.${standing}`)}
      </Item>
      <Item icon={<IconUser />} label={t('status.person')} id="person">
        {named({ ar: person.nameAr, en: person.nameEn })}
      </Item>
      <span className={classes.gap} />
      <Item
        icon={<IconPrinter />}
        label={t('status.printer')}
        id="printer"
        trouble={isFailing}
        state={printer?.state}
      >
        <button
          type="button"
          className={classes.open}
          title={t('papers.open')}
          aria-keyshortcuts="Control+P"
          onClick={onShowPapers}
          data-testid="show-papers"
        >
          {printerText(printer)}
          {waiting > 0 && ` · ${t('status.waiting', { count: waiting })}`}
          {(printer?.drawerProblem ?? null) !== null && ` · ${t('status.drawerShut')}`}
        </button>
        {printer?.state === 'failing' && waiting > 0 && person.role !== 'auditor' && (
          <button
            type="button"
            className={classes.retry}
            onClick={onRetryPrinting}
            data-testid="retry-printing"
          >
            {t('status.retryPrinting')}
          </button>
        )}
      </Item>
      <Item icon={<IconServer />} label={t('status.server')} id="server">
        {t('status.serverNone')}
        {status.outboxWaiting > 0 && ` · ${t('status.outbox', { count: status.outboxWaiting })}`}
      </Item>
      <Item icon={<IconDatabase />} label={t('status.storage')} id="storage">
        {storageText()}
        {storage?.keyProtection === 'file' && ` · ${t('status.keyFile')}`}
      </Item>
    </footer>
  );
}

type ItemProps = {
  readonly icon: ReactElement;
  readonly label: string;
  readonly id: string;
  readonly trouble?: boolean;
  readonly state?: string | undefined;
  readonly children: ReactNode;
};

function Item({ icon, label, id, trouble = false, state, children }: ItemProps) {
  return (
    <span
      className={classes.item}
      data-trouble={trouble || undefined}
      data-testid={`status-${id}`}
      data-state={state}
    >
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{children}</span>
    </span>
  );
}
