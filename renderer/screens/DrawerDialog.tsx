import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DrawerReason } from '../../shared/domain/printed.ts';
import { drawerReasons } from '../../shared/domain/printed.ts';
import { Dialog } from '../components/Dialog.tsx';
import { enterMovesOn } from '../components/entryForm.ts';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { usePapers } from '../stores/papers.ts';
import { useStatus } from '../stores/status.ts';

/** The drawer without a sale: for a reason, in somebody's name. */
export function DrawerDialog() {
  const { t } = useSpeech();
  const { drawer, askForDrawer } = usePapers();
  return (
    <Dialog
      isOpen={drawer.isOpen}
      title={t('papers.drawerTitle')}
      closeLabel={t('common.close')}
      onClose={() => askForDrawer(false)}
      testId="drawer-dialog"
    >
      {/* Blank each time: yesterday's reason is not today's. */}
      {drawer.isOpen && <DrawerForm />}
    </Dialog>
  );
}

function DrawerForm() {
  const { t, failure } = useSpeech();
  const { drawer, openDrawer } = usePapers();
  const shut = useStatus((state) => state.status?.printer?.drawerProblem ?? null);
  const [reason, setReason] = useState<DrawerReason>('giveChange');
  const [note, setNote] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const lacksNote = reason === 'other' && note.trim().length < 3;

  function open(): void {
    setIsAsked(true);
    if (lacksNote) form.current?.querySelector<HTMLElement>('input')?.focus();
    else void openDrawer(reason, note.trim());
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => enterMovesOn(event, form.current, open)}
    >
      <Stack gap="sm">
        <p>{t('papers.drawerText')}</p>
        <NativeSelect
          label={t('papers.drawerReason')}
          value={reason}
          onChange={(event) => {
            const chosen = drawerReasons.find((one) => one === event.currentTarget.value);
            if (chosen !== undefined) setReason(chosen);
          }}
          data={drawerReasons.map((one) => ({ value: one, label: t(`papers.drawerReasons.${one}`) }))}
          data-autofocus
          data-testid="drawer-reason"
        />
        <TextInput
          label={t('papers.drawerNote')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isAsked && lacksNote ? t('papers.drawerNoteNeeded') : null}
          maxLength={200}
          autoComplete="off"
          data-testid="drawer-note"
        />
        {drawer.failure !== null && <Notice kind="problem">{failure(drawer.failure)}</Notice>}
        {drawer.isSent && (
          <Notice kind={shut === null ? 'good' : 'problem'} testId="drawer-told">
            {shut === null
              ? t('papers.drawerOpened')
              : t('papers.drawerShut', { problem: t(`status.problems.${shut.problem}`) })}
          </Notice>
        )}
        <Button onClick={open} data-testid="drawer-go">
          {t('papers.drawerGo')}
        </Button>
      </Stack>
    </form>
  );
}
