import { Button, PasswordInput, Stack, TextInput, Title, useComputedColorScheme } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { foldLogin } from '../../shared/domain/login.ts';
import { Notice } from '../components/Notice.tsx';
import { Page } from '../components/Page.tsx';
import { keepFace, takeTyped } from '../face/face.ts';
import { useLanguage, useSpeech } from '../i18n/useSpeech.ts';
import { useSession } from '../stores/session.ts';
import { useStatus } from '../stores/status.ts';
import { useUi } from '../stores/ui.ts';
import { PeopleList } from '../components/PeopleList.tsx';
import { Preferences } from './Preferences.tsx';
import { useAnticipation } from './useAnticipation.ts';

/** Who is at the counter. In the demonstration its people are listed, with their PINs. */
export function SignInScreen() {
  const { t, failure, named } = useSpeech();
  const { status, signIns } = useStatus();
  const { isWorking, failure: failed, signIn, clearFailure } = useSession();
  const [login, setLogin] = useState('');
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState<'login' | 'secret' | null>(null);
  const loginRef = useRef<HTMLInputElement>(null);
  const secretRef = useRef<HTMLInputElement>(null);
  const waitLeft = useWaitLeft(failed?.code === 'signIn.wait' ? failed.params.seconds : 0);

  useAnticipation(login, secret);
  useKeptFace(login === '' && secret === '' && failed === null && !isWorking);
  useLayoutEffect(() => {
    const typed = takeTyped();
    const field = typed?.isAtSecret === true ? secretRef : loginRef;
    field.current?.focus();
    if (typed === null) return;
    setLogin(typed.login);
    setSecret(typed.secret);
    const { pressed } = typed;
    // When what was typed is in the fields.
    if (pressed !== null) queueMicrotask(() => press(pressed));
  }, []);

  async function submit(): Promise<void> {
    if (login.trim() === '') {
      setMissing('login');
      loginRef.current?.focus();
      return;
    }
    if (secret === '') {
      setMissing('secret');
      secretRef.current?.focus();
      return;
    }
    if (!(await signIn(foldLogin(login), secret))) secretRef.current?.select();
  }

  return (
    <Page
      brand={status?.municipality ? named(status.municipality) : t('app.name')}
      subtitle={status?.centre ? named(status.centre) : undefined}
      footer={<Preferences />}
      mark={status?.isDemonstration ? t('shell.demonstration') : undefined}
      aside={
        signIns.length === 0 ? undefined : (
          <PeopleList
            people={signIns}
            title={t('signIn.people')}
            hint={t('signIn.peopleHint')}
            roleOf={(role) => t(`roles.${role}`)}
            pinOf={(pin) => t('signIn.pin', { pin })}
            nameOf={(person) => named({ ar: person.nameAr, en: person.nameEn })}
            onChoose={(person) => {
              setLogin(person.login);
              setSecret(person.pin);
              setMissing(null);
              clearFailure();
              secretRef.current?.focus();
            }}
          />
        )
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Title order={1} size="h2">
            {t('signIn.title')}
          </Title>
          <TextInput
            ref={loginRef}
            label={t('signIn.login')}
            value={login}
            onChange={(event) => {
              setLogin(event.currentTarget.value);
              setMissing(null);
            }}
            error={missing === 'login' ? t('signIn.needLogin') : null}
            size="lg"
            dir="ltr"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            data-testid="sign-in-login"
          />
          <PasswordInput
            ref={secretRef}
            label={t('signIn.secret')}
            value={secret}
            onChange={(event) => {
              setSecret(event.currentTarget.value);
              setMissing(null);
            }}
            error={missing === 'secret' ? t('signIn.needSecret') : null}
            size="lg"
            dir="ltr"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showSecret'), tabIndex: 0 }}
            data-testid="sign-in-secret"
          />
          {failed !== null && (
            <Notice kind="problem" testId="sign-in-problem">
              {waitLeft > 0
                ? t('signIn.waitLeft', { time: t('common.seconds', { count: waitLeft }) })
                : failure(failed)}
            </Notice>
          )}
          <Button
            type="submit"
            size="lg"
            loading={isWorking}
            disabled={waitLeft > 0}
            data-testid="sign-in-submit"
          >
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

/** Keeps the screen for the next start's first picture, when nothing is typed or said on it. */
function useKeptFace(isAtRest: boolean): void {
  const language = useLanguage();
  const scheme = useComputedColorScheme('light');
  const textSize = useUi((state) => state.textSize);
  useEffect(() => {
    if (!isAtRest) return;
    const idle = requestIdleCallback(() => {
      const root = document.getElementById('root');
      if (root !== null) keepFace(root);
    });
    return () => cancelIdleCallback(idle);
  }, [isAtRest, language, scheme, textSize]);
}

function press(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click();
}

/** Counts down the seconds that main asked to wait. */
function useWaitLeft(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds <= 0) return;
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
