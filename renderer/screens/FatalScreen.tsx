import { Stack, Title } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import type { CounterStatus } from '../../shared/ipc/contract.ts';
import { Page } from '../components/Page.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { Preferences } from './Preferences.tsx';
import classes from './FatalScreen.module.css';

/** Storage or key trouble: what happened, what to do, where things are, and that nothing was deleted. */
export function FatalScreen({ status }: { readonly status: CounterStatus }) {
  const { t, named } = useSpeech();
  const { fatal } = status;
  if (fatal === null) return null;
  const subtitle = status.municipality === null ? undefined : named(status.municipality);
  return (
    <Page brand={t('app.name')} subtitle={subtitle} wide footer={<Preferences />}>
      <Stack gap="md" data-testid="fatal" data-reason={fatal.reason}>
        <Title order={1} size="h2" className={classes.title}>
          <IconShieldLock size="2rem" aria-hidden="true" />
          {t('fatal.title')}
        </Title>
        <p className={classes.calm}>{t('fatal.nothingLost')}</p>
        <section>
          <h2 className={classes.heading}>{t('fatal.whatHappened')}</h2>
          <p className={classes.text}>{t(`fatal.reasons.${fatal.reason}.what`)}</p>
        </section>
        <section>
          <h2 className={classes.heading}>{t('fatal.whatToDo')}</h2>
          <p className={classes.text}>{t(`fatal.reasons.${fatal.reason}.todo`)}</p>
          <p className={classes.text}>{t('fatal.call')}</p>
          <p className={classes.text}>{t('fatal.restart')}</p>
        </section>
        <dl className={classes.places}>
          <dt>{t('fatal.file')}</dt>
          <dd dir="ltr">{fatal.file}</dd>
          <dt>{t('fatal.backups')}</dt>
          <dd dir="ltr">{fatal.backupFolder}</dd>
          <dt>{t('fatal.code')}</dt>
          <dd dir="ltr">{`${fatal.reason} · ${status.version}`}</dd>
        </dl>
      </Stack>
    </Page>
  );
}
