import { PasswordInput, TextInput } from '@mantine/core';
import { useSpeech } from '../i18n/useSpeech.ts';
import type { PersonDraft } from './usePerson.ts';

type PersonFieldsProps = {
  readonly loginLabel: string;
  readonly secretLabel: string;
  readonly person: Pick<
    PersonDraft,
    | 'login'
    | 'secret'
    | 'loginProblem'
    | 'secretProblem'
    | 'loginRef'
    | 'secretRef'
    | 'typeLogin'
    | 'typeSecret'
  >;
  /** Where the hands begin, if here at all. */
  readonly first?: 'login' | 'secret' | null;
  /** Before the names of the two fields. */
  readonly testId: string;
};

/** Somebody else at this very PC puts their name to it: login and PIN, what is wrong said at its field. */
export function PersonFields({ loginLabel, secretLabel, person, first = null, testId }: PersonFieldsProps) {
  const { t } = useSpeech();
  return (
    <>
      <TextInput
        ref={person.loginRef}
        label={loginLabel}
        value={person.login}
        onChange={(event) => person.typeLogin(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        error={person.loginProblem}
        size="md"
        dir="ltr"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={32}
        {...(first === 'login' ? { 'data-autofocus': true } : {})}
        data-testid={`${testId}-login`}
      />
      <PasswordInput
        ref={person.secretRef}
        label={secretLabel}
        value={person.secret}
        onChange={(event) => person.typeSecret(event.currentTarget.value)}
        error={person.secretProblem}
        aria-invalid={person.secretProblem !== null}
        size="md"
        dir="ltr"
        autoComplete="off"
        maxLength={200}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showSecret'), tabIndex: -1 }}
        {...(first === 'secret' ? { 'data-autofocus': true } : {})}
        data-testid={`${testId}-secret`}
      />
    </>
  );
}
