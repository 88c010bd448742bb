import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { shortestReason } from '../draft/closeDraft.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useShift } from '../stores/shift.ts';

type ResumeSellingDialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** «أتابع العمل»: somebody still waits to pay after the count. The count stays, and says why. */
export function ResumeSellingDialog({ isOpen, onClose }: ResumeSellingDialogProps) {
  const { t, failure } = useSpeech();
  const { isWorking, failure: failed, resumeSelling } = useShift();
  const [reason, setReason] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const lacks = reason.trim().length < shortestReason;

  async function submit(): Promise<void> {
    setIsAsked(true);
    if (lacks || !(await resumeSelling(reason.trim()))) return;
    setReason('');
    setIsAsked(false);
    onClose();
  }

  return (
    <Dialog
      isOpen={isOpen}
      title={t('shift.ask.resumeSellingTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      testId="resume-selling-dialog"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <p>{t('shift.ask.resumeSellingText')}</p>
          <TextInput
            label={t('shift.ask.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={isAsked && lacks ? t('shift.count.needReason') : null}
            maxLength={300}
            autoComplete="off"
            data-autofocus
            data-testid="resume-selling-reason"
          />
          {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
          <Group justify="space-between">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isWorking} data-testid="resume-selling-submit">
              {t('shift.ask.resumeSelling')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
