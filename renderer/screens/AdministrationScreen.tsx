import { Tabs } from '@mantine/core';
import {
  IconArrowsExchange,
  IconFileImport,
  IconNotebook,
  IconPrinter,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { Person } from '../../shared/ipc/contract.ts';
import { later } from '../components/later.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { BooksPanel } from './BooksPanel.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { RatesPanel } from './RatesPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { UsersPanel } from './UsersPanel.tsx';
import classes from './AdministrationScreen.module.css';

/** With the schemas that a printer's settings are checked with, which nothing else in the window needs. */
const printers = later(async () => (await import('./PrintersPanel.tsx')).PrintersPanel);

/** What only an administrator does: people, real data, settings. */
export function AdministrationScreen({ person }: { readonly person: Person }) {
  const { t } = useSpeech();
  return (
    <Tabs
      defaultValue="users"
      keepMounted={false}
      className={classes.screen}
      data-testid="administration-screen"
    >
      <h1 className="visuallyHidden">{t('nav.administration')}</h1>
      <Tabs.List className={classes.tabs}>
        <Tabs.Tab
          value="users"
          leftSection={<IconUsers size="1.15rem" aria-hidden="true" />}
          data-testid="tab-users"
        >
          {t('users.title')}
        </Tabs.Tab>
        <Tabs.Tab
          value="import"
          leftSection={<IconFileImport size="1.15rem" aria-hidden="true" />}
          data-testid="tab-import"
        >
          {t('importing.title')}
        </Tabs.Tab>
        <Tabs.Tab
          value="rates"
          leftSection={<IconArrowsExchange size="1.15rem" aria-hidden="true" />}
          data-testid="tab-rates"
        >
          {t('rates.title')}
        </Tabs.Tab>
        <Tabs.Tab
          value="books"
          leftSection={<IconNotebook size="1.15rem" aria-hidden="true" />}
          data-testid="tab-books"
        >
          {t('books.title')}
        </Tabs.Tab>
        <Tabs.Tab
          value="printers"
          leftSection={<IconPrinter size="1.15rem" aria-hidden="true" />}
          data-testid="tab-printers"
        >
          {t('printers.title')}
        </Tabs.Tab>
        <Tabs.Tab
          value="settings"
          leftSection={<IconSettings size="1.15rem" aria-hidden="true" />}
          data-testid="tab-settings"
        >
          {t('settings.title')}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="users" className={classes.panel}>
        <UsersPanel />
      </Tabs.Panel>
      <Tabs.Panel value="import" className={classes.panel}>
        <ImportPanel />
      </Tabs.Panel>
      <Tabs.Panel value="rates" className={classes.panel}>
        <RatesPanel />
      </Tabs.Panel>
      <Tabs.Panel value="books" className={classes.panel}>
        <BooksPanel person={person} />
      </Tabs.Panel>
      <Tabs.Panel value="printers" className={classes.panel}>
        <printers.Part />
      </Tabs.Panel>
      <Tabs.Panel value="settings" className={classes.panel}>
        <SettingsPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
