import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { foldLogin, loginForm } from '../../shared/domain/login.ts';
import type { Failure } from '../client.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useSecondsLeft } from './useSecondsLeft.ts';

const atLogin = new Set([
  'signIn.locked',
  'approval.own',
  'approval.notSupervisor',
  'shift.own',
  'shift.alreadyOpen',
  'custody.receiverIsGiver',
  'custody.notKeeper',
  'custody.otherHasNoShift',
  'day.samePerson',
  'day.notCounter',
  'deposit.samePerson',
  'deposit.notKeeper',
]);
const atSecret = new Set(['signIn.wrong', 'signIn.wait']);

/** True where the refusal is said at the other person's own fields. */
export function isOfPerson(failed: Failure | null): boolean {
  return failed !== null && (atLogin.has(failed.code) || atSecret.has(failed.code));
}

export type PersonDraft = {
  readonly login: string;
  readonly secret: string;
  readonly loginProblem: string | null;
  readonly secretProblem: string | null;
  readonly isWaiting: boolean;
  readonly loginRef: RefObject<HTMLInputElement | null>;
  readonly secretRef: RefObject<HTMLInputElement | null>;
  typeLogin(text: string): void;
  typeSecret(text: string): void;
  /** What was typed, if it can be a name and a PIN; else the first field that lacks something has the focus. */
  read(): { readonly login: string; readonly secret: string } | null;
};

/** A second person's name and PIN while they are typed. @param failed what main said of the last try */
export function usePerson(failed: Failure | null): PersonDraft {
  const { t, failure } = useSpeech();
  const [login, setLogin] = useState('');
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState<'login' | 'loginForm' | 'secret' | null>(null);
  const [waitUntilMs, setWaitUntilMs] = useState(0);
  const loginRef = useRef<HTMLInputElement>(null);
  const secretRef = useRef<HTMLInputElement>(null);
  const waitLeft = useSecondsLeft(waitUntilMs);

  // A PIN that was looked at is typed again, whatever became of it.
  useEffect(() => {
    if (failed === null) return;
    if (failed.code === 'signIn.wait') setWaitUntilMs(Date.now() + failed.params.seconds * 1000);
    setSecret('');
    if (atLogin.has(failed.code)) loginRef.current?.select();
    else if (atSecret.has(failed.code)) secretRef.current?.focus();
  }, [failed]);

  function loginProblem(): string | null {
    if (missing === 'login') return t('approval.needLogin');
    if (missing === 'loginForm') return t('setup.loginInvalid');
    return failed !== null && atLogin.has(failed.code) ? failure(failed) : null;
  }

  function secretProblem(): string | null {
    if (missing === 'secret') return t('approval.needSecret');
    if (waitLeft > 0) return t('signIn.waitLeft', { time: t('common.seconds', { count: waitLeft }) });
    return failed?.code === 'signIn.wrong' ? failure(failed) : null;
  }

  return {
    login,
    secret,
    loginProblem: loginProblem(),
    secretProblem: secretProblem(),
    isWaiting: waitLeft > 0,
    loginRef,
    secretRef,
    typeLogin: (text) => {
      setLogin(text);
      setMissing(null);
    },
    typeSecret: (text) => {
      setSecret(text);
      setMissing(null);
    },
    read: () => {
      if (waitLeft > 0) return null;
      const name = foldLogin(login);
      const lacks =
        name === '' ? 'login' : !loginForm.test(name) ? 'loginForm' : secret === '' ? 'secret' : null;
      setMissing(lacks);
      if (lacks === null) return { login: name, secret };
      (lacks === 'secret' ? secretRef : loginRef).current?.focus();
      return null;
    },
  };
}
