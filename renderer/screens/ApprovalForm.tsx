import { Button } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { foldLogin, loginForm } from '../../shared/domain/login.ts';
import type { ApprovableAct } from '../../shared/ipc/contract.ts';
import type { Failure } from '../client.ts';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { PersonFields } from '../components/PersonFields.tsx';
import { useSecondsLeft } from '../components/useSecondsLeft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { Approval } from '../stores/approval.ts';
import { useApproval } from '../stores/approval.ts';
import { useStatus } from '../stores/status.ts';
import { useAnticipation } from './useAnticipation.ts';
import classes from './ApprovalForm.module.css';

type ApprovalFormProps = {
  readonly act: ApprovableAct;
  /** What became of the last approval, where another one is needed. */
  readonly refused: Failure | null;
  /** While the act itself is carried out. */
  readonly isBusy: boolean;
  readonly onApproved: (approval: Approval) => void;
};

type Field = 'login' | 'secret';
const atLogin = new Set([
  'approval.own',
  'approval.notSupervisor',
  'approval.notAdministrator',
  'signIn.locked',
]);
const atSecret = new Set(['signIn.wrong', 'signIn.wait']);

/** The supervisor's own name and PIN, for one act. What is refused is said at its field; a PIN is never kept. */
export function ApprovalForm({ act, refused, isBusy, onApproved }: ApprovalFormProps) {
  const { t, failure, named } = useSpeech();
  const approverRole = act.kind === 'day.exception' ? 'administrator' : 'supervisor';
  const { lastLogin, isWorking, failure: failed, waitUntilMs, ask, begin } = useApproval();
  const signIns = useStatus((state) => state.signIns);
  const [login, setLogin] = useState(lastLogin);
  const [secret, setSecret] = useState('');
  const [missing, setMissing] = useState<Field | 'loginForm' | null>(null);
  const [seen, setSeen] = useState<Failure | null>(null);
  const loginRef = useRef<HTMLInputElement>(null);
  const secretRef = useRef<HTMLInputElement>(null);
  const waitLeft = useSecondsLeft(waitUntilMs);
  // As the form came: later the focus is where the person is.
  const [first] = useState<Field>(lastLogin === '' ? 'login' : 'secret');
  // Said until something else is typed.
  const said = failed === seen ? null : failed;

  useEffect(() => {
    begin();
    return begin;
  }, [begin]);
  useEffect(() => {
    const field = first === 'login' ? loginRef : secretRef;
    field.current?.focus();
  }, [first]);

  useAnticipation(login, secret);

  async function submit(): Promise<void> {
    if (isWorking || isBusy || waitLeft > 0) return;
    const name = foldLogin(login);
    const lacks: Field | 'loginForm' | null =
      name === '' ? 'login' : !loginForm.test(name) ? 'loginForm' : secret === '' ? 'secret' : null;
    setMissing(lacks);
    if (lacks !== null) {
      (lacks === 'secret' ? secretRef : loginRef).current?.focus();
      return;
    }
    const approval = await ask(act, name, secret);
    if (approval !== null) {
      setSecret('');
      onApproved(approval);
      return;
    }
    const code = useApproval.getState().failure?.code ?? '';
    if (!atLogin.has(code)) {
      secretRef.current?.select();
      return;
    }
    setSecret('');
    loginRef.current?.select();
  }

  function typed(change: () => void): void {
    change();
    setMissing(null);
    setSeen(failed);
  }

  function problemAt(field: Field): string | null {
    if (field === 'login') {
      if (missing === 'login') return t('approval.needLogin');
      if (missing === 'loginForm') return t('setup.loginInvalid');
      return said !== null && atLogin.has(said.code) ? failure(said) : null;
    }
    if (missing === 'secret') return t('approval.needSecret');
    if (waitLeft > 0) return t('signIn.waitLeft', { time: t('common.seconds', { count: waitLeft }) });
    // The wait is over: nothing is wrong any more.
    return said !== null && said.code !== 'signIn.wait' && atSecret.has(said.code) ? failure(said) : null;
  }

  const elsewhere = said !== null && !atLogin.has(said.code) && !atSecret.has(said.code) ? said : null;
  const approvers = signIns.filter(({ role }) => role === approverRole);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      data-testid="approval-form"
    >
      <p className={classes.lead}>
        <IconUserShield size="1.5rem" aria-hidden="true" />
        <span>{t(approverRole === 'administrator' ? 'approval.leadAdministrator' : 'approval.lead')}</span>
      </p>
      {refused !== null && (
        <Notice kind="problem" testId="approval-refused">
          {failure(refused)}
        </Notice>
      )}
      <PersonFields
        loginLabel={t(approverRole === 'administrator' ? 'approval.loginAdministrator' : 'approval.login')}
        secretLabel={t(approverRole === 'administrator' ? 'approval.secretAdministrator' : 'approval.secret')}
        person={{
          login,
          secret,
          loginProblem: problemAt('login'),
          secretProblem: problemAt('secret'),
          loginRef,
          secretRef,
          typeLogin: (text) => typed(() => setLogin(text)),
          typeSecret: (text) => typed(() => setSecret(text)),
        }}
        first={first}
        testId="approval"
      />
      {elsewhere !== null && <Notice kind="problem">{failure(elsewhere)}</Notice>}
      <Button
        type="submit"
        size="md"
        loading={isWorking || isBusy}
        disabled={waitLeft > 0}
        rightSection={<KeyCap keys="Enter" />}
        data-testid="approval-submit"
      >
        {t('approval.submit')}
      </Button>
      {approvers.length > 0 && (
        <p className={classes.soft}>
          {t('approval.demonstration')}{' '}
          {approvers.map((person) => (
            <span key={person.login}>
              {named({ ar: person.nameAr, en: person.nameEn })}: <bdi dir="ltr">{person.login}</bdi> ·{' '}
              {t('signIn.pin', { pin: person.pin })}
            </span>
          ))}
        </p>
      )}
    </form>
  );
}
