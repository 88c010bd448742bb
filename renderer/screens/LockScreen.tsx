import { Button, PasswordInput, Stack, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Person } from '../../shared/ipc/contract.ts';
import { Notice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useSession } from '../stores/session.ts';
import { useStatus } from '../stores/status.ts';
import { Preferences } from './Preferences.tsx';
import { useAnticipation } from './useAnticipation.ts';
import classes from './LockScreen.module.css';

/** The counter was left alone: the same person goes on, or another signs in anew. */
export function LockScreen({ person }: { readonly person: Person }) {
  const { t, failure, named } = useSpeech();
  const { isWorking, failure: failed, unlock, signOut } = useSession();
  const isDemonstration = useStatus((state) => state.status?.isDemonstration ?? false);
  const [secret, setSecret] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useAnticipation(null, secret);
  const name = named({ ar: person.nameAr, en: person.nameEn });
  return (
    <div className={classes.cover} data-testid="lock-screen">
      <Page
        brand={t('app.name')}
        subtitle={name}
        footer={<Preferences />}
        mark={isDemonstration ? t('shell.demonstration') : undefined}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void unlock(secret).then((opened) => {
              if (!opened) field.current?.select();
            });
          }}
        >
          <Stack gap="md">
            <Title order={1} size="h2" className={classes.title}>
              <IconLock aria-hidden="true" />
              {t('lock.title')}
            </Title>
            <p className={classes.hint}>{t('lock.hint')}</p>
            <PasswordInput
              ref={field}
              label={t('signIn.secret')}
              description={name}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              size="lg"
              dir="ltr"
              autoFocus
              autoComplete="off"
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.showSecret'), tabIndex: 0 }}
              data-testid="unlock-secret"
            />
            {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
            <Button
              type="submit"
              size="lg"
              loading={isWorking}
              disabled={secret === ''}
              data-testid="unlock-submit"
            >
              {t('lock.unlock')}
            </Button>
            <Button variant="subtle" onClick={() => void signOut()} data-testid="unlock-sign-out">
              {`${t('lock.otherPerson', { name })} ${t('lock.signOut')}`}
            </Button>
          </Stack>
        </form>
      </Page>
    </div>
  );
}
