import { Button, NativeSelect, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { foldLogin, loginForm } from '../../shared/domain/login.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { roles } from '../../shared/domain/roles.ts';
import type { UserView } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useAdmin } from '../stores/admin.ts';
import classes from './AdministrationScreen.module.css';

type Task =
  | { readonly kind: 'none' }
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' | 'reset'; readonly user: UserView };

/** Who may sign in, and as what. */
export function UsersPanel() {
  const { t, named, failure, date, time } = useSpeech();
  const { users, usersFailure, loadUsers, clearUsersFailure } = useAdmin();
  const [task, setTask] = useState<Task>({ kind: 'none' });
  const [isSaved, setIsSaved] = useState(false);

  useEffect(() => void loadUsers(), [loadUsers]);

  function begin(next: Task): void {
    clearUsersFailure();
    setIsSaved(false);
    setTask(next);
  }

  function finish(): void {
    setTask({ kind: 'none' });
    setIsSaved(true);
  }

  const nameOf = (user: UserView): string => named({ ar: user.nameAr, en: user.nameEn });
  return (
    <>
      <div className={classes.head}>
        <div role="status">{isSaved && <Notice kind="good">{t('users.done')}</Notice>}</div>
        <Button
          leftSection={<IconUserPlus size="1.2rem" aria-hidden="true" />}
          onClick={() => begin({ kind: 'create' })}
          data-testid="user-add"
        >
          {t('users.add')}
        </Button>
      </div>
      {usersFailure !== null && task.kind === 'none' && (
        <Notice kind="problem">{failure(usersFailure)}</Notice>
      )}
      <table className={classes.table} data-testid="users">
        <thead>
          <tr>
            <th scope="col">{t('users.name')}</th>
            <th scope="col">{t('users.login')}</th>
            <th scope="col">{t('users.role')}</th>
            <th scope="col">{t('users.state')}</th>
            <th scope="col">{t('users.lastSignIn')}</th>
            <th scope="col">
              <span className="visuallyHidden">{t('users.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {users?.map((user) => (
            <tr key={user.id} data-testid="user-row" data-login={user.login}>
              <td className={classes.name}>{nameOf(user)}</td>
              <td>
                <bdi dir="ltr">{user.login}</bdi>
              </td>
              <td>{t(`roles.${user.role}`)}</td>
              <td>
                <span className={classes.state} data-off={!user.isActive || user.isLocked || undefined}>
                  {user.isLocked
                    ? t('users.locked')
                    : user.isActive
                      ? t('users.active')
                      : t('users.inactive')}
                </span>
              </td>
              <td>
                {user.lastSignInAtMs === null
                  ? t('users.never')
                  : `${date(user.lastSignInAtMs)} ${time(user.lastSignInAtMs)}`}
              </td>
              <td>
                <div className={classes.actions}>
                  <Button size="xs" variant="default" onClick={() => begin({ kind: 'edit', user })}>
                    {t('users.edit')}
                    <span className="visuallyHidden"> {nameOf(user)}</span>
                  </Button>
                  <Button size="xs" variant="default" onClick={() => begin({ kind: 'reset', user })}>
                    {t('users.resetSecret')}
                    <span className="visuallyHidden"> {nameOf(user)}</span>
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Dialog
        isOpen={task.kind !== 'none'}
        title={
          task.kind === 'edit'
            ? t('users.editTitle', { name: nameOf(task.user) })
            : task.kind === 'reset'
              ? t('users.resetTitle', { name: nameOf(task.user) })
              : t('users.add')
        }
        closeLabel={t('common.close')}
        onClose={() => begin({ kind: 'none' })}
      >
        {task.kind === 'create' && <CreateUser onDone={finish} />}
        {task.kind === 'edit' && <EditUser user={task.user} onDone={finish} />}
        {task.kind === 'reset' && <ResetSecret user={task.user} onDone={finish} />}
      </Dialog>
    </>
  );
}

function useRoleChoice(): { readonly value: Role; readonly label: string }[] {
  const { t } = useSpeech();
  return roles.map((role) => ({ value: role, label: t(`roles.${role}`) }));
}

function roleFrom(text: string): Role {
  return roles.find((role) => role === text) ?? 'cashier';
}

function CreateUser({ onDone }: { readonly onDone: () => void }) {
  const { t, failure } = useSpeech();
  const { createUser, isSavingUser, usersFailure } = useAdmin();
  const choice = useRoleChoice();
  const [nameAr, setNameAr] = useState('');
  const [nameEn, setNameEn] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('cashier');
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const isLoginWrong = !loginForm.test(foldLogin(login));
  const isComplete = nameAr.trim() !== '' && !isLoginWrong && secret !== '' && secret === again;
  const isAboutSecret = usersFailure?.code === 'secret.tooShort' || usersFailure?.code === 'secret.tooSimple';
  const isAboutLogin = usersFailure?.code === 'user.loginTaken';

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (isComplete && (await createUser({ nameAr, nameEn, login, role, secret }))) onDone();
  }

  const loginError =
    isAsked && isLoginWrong ? t('setup.loginInvalid') : isAboutLogin ? failure(usersFailure) : null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('setup.nameAr')}
          value={nameAr}
          onChange={(event) => setNameAr(event.currentTarget.value)}
          error={isAsked && nameAr.trim() === '' ? t('common.required') : null}
          data-autofocus
          data-testid="user-name-ar"
        />
        <TextInput
          label={t('setup.nameEn')}
          value={nameEn}
          onChange={(event) => setNameEn(event.currentTarget.value)}
          dir="ltr"
          data-testid="user-name-en"
        />
        <TextInput
          label={t('setup.login')}
          description={t('setup.loginHint')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          error={loginError}
          dir="ltr"
          autoComplete="off"
          data-testid="user-login"
        />
        <NativeSelect
          label={t('users.role')}
          value={role}
          onChange={(event) => setRole(roleFrom(event.currentTarget.value))}
          data={choice}
          data-testid="user-role"
        />
        <SecretPair
          secret={secret}
          again={again}
          onSecret={setSecret}
          onAgain={setAgain}
          isAsked={isAsked}
          problem={isAboutSecret ? failure(usersFailure) : null}
        />
        {usersFailure !== null && !isAboutSecret && !isAboutLogin && (
          <Notice kind="problem">{failure(usersFailure)}</Notice>
        )}
        <Button type="submit" loading={isSavingUser} data-testid="user-create">
          {t('users.create')}
        </Button>
      </Stack>
    </form>
  );
}

type SecretPairProps = {
  readonly secret: string;
  readonly again: string;
  readonly onSecret: (text: string) => void;
  readonly onAgain: (text: string) => void;
  readonly isAsked: boolean;
  readonly problem: string | null;
};

/** A new secret, typed twice. */
function SecretPair({ secret, again, onSecret, onAgain, isAsked, problem }: SecretPairProps) {
  const { t } = useSpeech();
  const toggle = { 'aria-label': t('signIn.showSecret'), tabIndex: 0 };
  return (
    <>
      <PasswordInput
        label={t('setup.secret')}
        description={t('setup.secretHint')}
        value={secret}
        onChange={(event) => onSecret(event.currentTarget.value)}
        error={isAsked && secret === '' ? t('common.required') : problem}
        dir="ltr"
        autoComplete="off"
        visibilityToggleButtonProps={toggle}
        data-testid="user-secret"
      />
      <PasswordInput
        label={t('setup.secretAgain')}
        value={again}
        onChange={(event) => onAgain(event.currentTarget.value)}
        error={isAsked && secret !== again ? t('setup.secretsDiffer') : null}
        dir="ltr"
        autoComplete="off"
        visibilityToggleButtonProps={toggle}
        data-testid="user-secret-again"
      />
    </>
  );
}

type UserTaskProps = { readonly user: UserView; readonly onDone: () => void };

function EditUser({ user, onDone }: UserTaskProps) {
  const { t, failure } = useSpeech();
  const { updateUser, isSavingUser, usersFailure } = useAdmin();
  const choice = useRoleChoice();
  const [role, setRole] = useState(user.role);
  const [isActive, setIsActive] = useState(user.isActive);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void updateUser({ id: user.id, role, isActive }).then((saved) => saved && onDone());
      }}
    >
      <Stack gap="sm">
        <NativeSelect
          label={t('users.role')}
          value={role}
          onChange={(event) => setRole(roleFrom(event.currentTarget.value))}
          data={choice}
          data-autofocus
        />
        <Switch
          label={t('users.isActive')}
          checked={isActive}
          onChange={(event) => setIsActive(event.currentTarget.checked)}
        />
        {!isActive && <Notice kind="hint">{t('users.deactivateConsequence')}</Notice>}
        {usersFailure !== null && <Notice kind="problem">{failure(usersFailure)}</Notice>}
        <Button type="submit" loading={isSavingUser} data-testid="user-save">
          {t('users.saveChanges')}
        </Button>
      </Stack>
    </form>
  );
}

function ResetSecret({ user, onDone }: UserTaskProps) {
  const { t, failure } = useSpeech();
  const { resetSecret, isSavingUser, usersFailure } = useAdmin();
  const [secret, setSecret] = useState('');
  const [again, setAgain] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
        if (secret === '' || secret !== again) return;
        void resetSecret({ id: user.id, secret }).then((saved) => saved && onDone());
      }}
    >
      <Stack gap="sm">
        <p className={classes.soft}>{t('users.resetConsequence')}</p>
        <SecretPair
          secret={secret}
          again={again}
          onSecret={setSecret}
          onAgain={setAgain}
          isAsked={isAsked}
          problem={usersFailure === null ? null : failure(usersFailure)}
        />
        <Button type="submit" loading={isSavingUser} data-testid="user-set-secret">
          {t('users.setSecret')}
        </Button>
      </Stack>
    </form>
  );
}
