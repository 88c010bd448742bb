import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconCalendarCheck,
  IconCashRegister,
  IconChartBar,
  IconClockHour4,
  IconHelpCircle,
  IconKey,
  IconLock,
  IconLogout,
  IconNotebook,
  IconReceipt,
  IconSettings,
  IconShieldCheck,
  IconUserCircle,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Role } from '../../shared/domain/roles.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { crest } from '../components/crest.ts';
import { DialogsAllowed } from '../components/Dialog.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { isDialogOpen, useEveryKey } from '../components/keys.ts';
import { StatusBar } from '../components/StatusBar.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { usePapers } from '../stores/papers.ts';
import { useRegisters } from '../stores/registers.ts';
import { useSession } from '../stores/session.ts';
import { useShift } from '../stores/shift.ts';
import { useStatus } from '../stores/status.ts';
import type { ScreenName } from '../stores/ui.ts';
import { useUi } from '../stores/ui.ts';
import { AdministrationScreen } from './AdministrationScreen.tsx';
import { AuditScreen } from './AuditScreen.tsx';
import { ChangeSecretDialog } from './ChangeSecretDialog.tsx';
import { CounterScreen } from './CounterScreen.tsx';
import { DayScreen } from './DayScreen.tsx';
import { DrawerDialog } from './DrawerDialog.tsx';
import { GuideDialog } from './GuideDialog.tsx';
import { PapersScreen } from './PapersScreen.tsx';
import { Preferences } from './Preferences.tsx';
import { PrintQuestion } from './PrintQuestion.tsx';
import { ReceiptsScreen } from './ReceiptsScreen.tsx';
import { RegistersScreen } from './RegistersScreen.tsx';
import { ReportsScreen } from './ReportsScreen.tsx';
import { ShiftScreen } from './ShiftScreen.tsx';
import classes from './Shell.module.css';

/** In the row at the top; the papers are behind the printer at the foot, for everybody. */
type NavName = Exclude<ScreenName, 'papers'>;

const screensOf: Record<Role, readonly NavName[]> = {
  cashier: ['counter', 'shift', 'receipts'],
  supervisor: ['counter', 'shift', 'receipts', 'registers', 'day', 'reports', 'audit'],
  administrator: ['administration', 'counter', 'receipts', 'registers', 'day', 'reports', 'audit'],
  auditor: ['audit', 'shift', 'registers', 'day', 'reports', 'counter', 'receipts'],
};

const icons = {
  counter: IconCashRegister,
  shift: IconClockHour4,
  receipts: IconReceipt,
  registers: IconNotebook,
  day: IconCalendarCheck,
  reports: IconChartBar,
  audit: IconShieldCheck,
  administration: IconSettings,
};

/** The frame around every screen of a person who is signed in. */
export function Shell({ person }: { readonly person: Person }) {
  const { t, named } = useSpeech();
  const status = useStatus((state) => state.status);
  const retryPrinting = useStatus((state) => state.retryPrinting);
  const shift = useShift((state) => state.shift);
  const { dueCount, loadDue } = useRegisters();
  const { session, lock, signOut } = useSession();
  const { screen: wanted, show, toggleGuide } = useUi();
  const [isChangingSecret, setIsChangingSecret] = useState(false);
  const screens = screensOf[person.role];
  const isThere = wanted === 'papers' || screens.includes(wanted);
  const screen = isThere ? wanted : (screens[0] ?? 'counter');
  const isActive = session.kind === 'active';
  const askForDrawer = usePapers((state) => state.askForDrawer);
  const takesMoney = person.role === 'cashier' || person.role === 'supervisor';
  const mayOpenDrawer = takesMoney && status?.printer?.printers.some(({ hasDrawer }) => hasDrawer) === true;

  // Cheques whose day has come are remembered from any screen; a new day, and each change of screen, looks again.
  const readsRegisters = screens.includes('registers');
  const today = status?.businessDate;
  useEffect(() => {
    if (readsRegisters && isActive) void loadDue();
  }, [readsRegisters, isActive, today, screen, loadDue]);

  useEffect(() => {
    if (status?.municipality) document.title = t('app.title', { municipality: named(status.municipality) });
  }, [status, t, named]);

  useEveryKey((event) => {
    if (!isActive) return;
    if (event.key === 'F1') {
      event.preventDefault();
      toggleGuide();
    } else if (event.ctrlKey && event.code === 'KeyL') {
      event.preventDefault();
      void lock();
    } else if (event.ctrlKey && /^Digit[1-9]$/.test(event.code) && !isDialogOpen()) {
      const chosen = screens[Number(event.code.slice(5)) - 1];
      if (chosen === undefined) return;
      event.preventDefault();
      show(chosen);
    } else if (event.ctrlKey && event.code === 'KeyP' && !isDialogOpen()) {
      event.preventDefault();
      show('papers');
    } else if (event.ctrlKey && event.code === 'KeyD' && !isDialogOpen()) {
      event.preventDefault();
      if (mayOpenDrawer) askForDrawer(true);
    } else if (event.key === 'F2' && screen !== 'counter' && !isDialogOpen()) {
      event.preventDefault();
      show('counter');
    }
  });

  if (status === null) return null;
  return (
    <DialogsAllowed.Provider value={isActive}>
      <div className={classes.shell} data-demonstration={status.isDemonstration || undefined}>
        <header>
          <div className={classes.header} data-on-slab="">
            <img src={crest} alt="" width={40} height={40} />
            <div className={classes.place}>
              <div className={classes.municipality}>
                {status.municipality ? named(status.municipality) : ''}
              </div>
              <div className={classes.centre}>{status.centre ? named(status.centre) : ''}</div>
            </div>
            <nav className={classes.nav} aria-label={t('nav.label')}>
              {screens.map((name, index) => {
                const Icon = icons[name];
                return (
                  <button
                    key={name}
                    type="button"
                    className={classes.tab}
                    aria-current={name === screen ? 'page' : undefined}
                    aria-keyshortcuts={`Control+${index + 1}`}
                    onClick={() => show(name)}
                    data-testid={`nav-${name}`}
                  >
                    <Icon size="1.2rem" aria-hidden="true" />
                    {t(`nav.${name}`)}
                    {name === 'registers' && dueCount > 0 && (
                      <span className={classes.badge} title={t('registers.dueCount', { count: dueCount })}>
                        <span aria-hidden="true">{dueCount}</span>
                        <span className="visuallyHidden">{t('registers.dueCount', { count: dueCount })}</span>
                      </span>
                    )}
                  </button>
                );
              })}
            </nav>
            <div className={classes.tools}>
              <Preferences color="gray.0" />
              <Tooltip label={t('shell.guide')}>
                <ActionIcon
                  variant="subtle"
                  c="inherit"
                  color="gray.0"
                  size="lg"
                  w="auto"
                  px="xs"
                  aria-keyshortcuts="F1"
                  onClick={() => toggleGuide(true)}
                  data-testid="guide-button"
                >
                  <span className={classes.withKey}>
                    <span className="visuallyHidden">{t('shell.guide')}</span>
                    <IconHelpCircle size="1.25rem" aria-hidden="true" />
                    <KeyCap keys="F1" />
                  </span>
                </ActionIcon>
              </Tooltip>
              <Menu position="bottom-end" width={260}>
                <Menu.Target>
                  <button type="button" className={classes.person} data-testid="person-menu">
                    <IconUserCircle size="1.5rem" aria-hidden="true" />
                    <span>
                      <span className={classes.personName}>
                        {named({ ar: person.nameAr, en: person.nameEn })}
                      </span>
                      <span className={classes.centre}>{t(`roles.${person.role}`)}</span>
                    </span>
                  </button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconLock size="1.1rem" aria-hidden="true" />}
                    rightSection={<KeyCap keys="Ctrl L" />}
                    onClick={() => void lock()}
                    data-testid="lock"
                  >
                    {t('shell.lock')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconKey size="1.1rem" aria-hidden="true" />}
                    onClick={() => setIsChangingSecret(true)}
                    data-testid="change-secret"
                  >
                    {t('shell.changeSecret')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconLogout size="1.1rem" aria-hidden="true" />}
                    onClick={() => void signOut()}
                    data-testid="sign-out"
                  >
                    {t('shell.signOut')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </div>
          </div>
          {status.isDemonstration ? (
            <div className={classes.demonstration} data-testid="demonstration-mark">
              <strong>{t('shell.demonstration')}</strong>
            </div>
          ) : (
            <div className={classes.stitch} aria-hidden="true" />
          )}
        </header>
        <PrintQuestion canAnswer={person.role !== 'auditor'} />
        <main className={classes.main}>
          {screen === 'counter' && <CounterScreen person={person} />}
          {screen === 'shift' && <ShiftScreen person={person} />}
          {screen === 'receipts' && <ReceiptsScreen person={person} />}
          {screen === 'registers' && <RegistersScreen person={person} />}
          {screen === 'day' && <DayScreen person={person} />}
          {screen === 'reports' && <ReportsScreen />}
          {screen === 'audit' && <AuditScreen />}
          {screen === 'papers' && <PapersScreen person={person} />}
          {screen === 'administration' && <AdministrationScreen person={person} />}
        </main>
        <StatusBar
          status={status}
          shift={shift}
          person={person}
          onRetryPrinting={() => void retryPrinting()}
          onShowPapers={() => show('papers')}
        />
        <DrawerDialog />
        <GuideDialog role={person.role} />
        <ChangeSecretDialog isOpen={isChangingSecret} onClose={() => setIsChangingSecret(false)} />
      </div>
    </DialogsAllowed.Provider>
  );
}
