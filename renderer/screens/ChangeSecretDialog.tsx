import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../client.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useSession } from '../stores/session.ts';

type ChangeSecretDialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** One's own PIN: the present one proves who asks. */
export function ChangeSecretDialog({ isOpen, onClose }: ChangeSecretDialogProps) {
  const { t, failure } = useSpeech();
  const changeSecret = useSession((state) => state.changeSecret);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [outcome, setOutcome] = useState<'none' | 'working' | 'changed' | 'differ' | Failure>('none');

  function close(): void {
    setCurrent('');
    setNext('');
    setAgain('');
    setOutcome('none');
    onClose();
  }

  async function submit(): Promise<void> {
    if (next !== again) {
      setOutcome('differ');
      return;
    }
    setOutcome('working');
    setOutcome((await changeSecret(current, next)) ?? 'changed');
  }

  const toggle = { 'aria-label': t('signIn.showSecret'), tabIndex: 0 };
  return (
    <Dialog isOpen={isOpen} title={t('shell.changeSecret')} closeLabel={t('common.close')} onClose={close}>
      {outcome === 'changed' ? (
        <Stack>
          <Notice kind="good">{t('shell.secretChanged')}</Notice>
          <Button onClick={close} data-autofocus>
            {t('common.close')}
          </Button>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack gap="sm">
            <PasswordInput
              label={t('shell.currentSecret')}
              value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              dir="ltr"
              visibilityToggleButtonProps={toggle}
              data-autofocus
            />
            <PasswordInput
              label={t('shell.newSecret')}
              description={t('setup.secretHint')}
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
              dir="ltr"
              visibilityToggleButtonProps={toggle}
            />
            <PasswordInput
              label={t('setup.secretAgain')}
              value={again}
              onChange={(event) => setAgain(event.currentTarget.value)}
              error={outcome === 'differ' ? t('setup.secretsDiffer') : null}
              dir="ltr"
              visibilityToggleButtonProps={toggle}
            />
            {typeof outcome === 'object' && <Notice kind="problem">{failure(outcome)}</Notice>}
            <Button type="submit" loading={outcome === 'working'} disabled={current === '' || next === ''}>
              {t('common.save')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
