import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DayView } from '../../shared/ipc/contract.ts';
import { Dialog } from '../components/Dialog.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { Notice } from '../components/Notice.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useDay } from '../stores/day.ts';
import classes from './DayScreen.module.css';

/** A closed shift is to be counted again: why. */
export function ReturnShiftDialog({ day }: { readonly day: DayView }) {
  const { t, named } = useSpeech();
  const { returning, leave } = useDay();
  const shift = day.shifts.find(({ shiftId }) => shiftId === returning);
  return (
    <Dialog
      isOpen={shift !== undefined}
      title={t('day.returnTitle', { person: shift === undefined ? '' : named(shift.cashier) })}
      closeLabel={t('common.close')}
      onClose={leave}
      size="34rem"
      testId="return-dialog"
    >
      {shift !== undefined && <ReturnForm />}
    </Dialog>
  );
}

function ReturnForm() {
  const { t, failure } = useSpeech();
  const { returnShift, isWorking, failure: failed } = useDay();
  const [reason, setReason] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const isShort = reason.trim().length < 3;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
        if (!isShort) void returnShift(reason);
      }}
    >
      <p className={classes.text}>{t('day.returnText')}</p>
      <TextInput
        label={t('day.returnReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={isAsked && isShort ? t('day.needWords') : null}
        maxLength={300}
        autoComplete="off"
        readOnly={isWorking}
        data-autofocus
        data-testid="return-reason"
      />
      {failed !== null && <Notice kind="problem">{failure(failed)}</Notice>}
      <Button
        type="submit"
        color="clay"
        loading={isWorking}
        rightSection={<KeyCap keys="Enter" />}
        data-testid="return-go"
      >
        {t('day.returnGo')}
      </Button>
    </form>
  );
}
