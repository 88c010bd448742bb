import { Button } from '@mantine/core';
import { IconClockHour4 } from '@tabler/icons-react';
import type { ShiftState } from '../../shared/ipc/shifts.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import { KeyCap } from './KeyCap.tsx';
import classes from './ShiftNeeded.module.css';

type ShiftNeededProps = {
  /** One that takes no money now; null: none is open. */
  readonly shift: ShiftState | null;
  readonly onGo: () => void;
};

/** In the place of the money: why none is taken now, and the one key that leads to where it is put right. */
export function ShiftNeeded({ shift, onGo }: ShiftNeededProps) {
  const { t } = useSpeech();
  const why =
    shift === null ? null : shift.isOver ? 'over' : shift.state === 'suspended' ? 'suspended' : 'counted';
  return (
    <section className={classes.card} data-why={why ?? 'none'} data-testid="shift-needed">
      <IconClockHour4 size="3rem" stroke={1.5} aria-hidden="true" />
      <h2 className={classes.title}>{why === null ? t('shift.openFirst') : t(`shift.states.${why}`)}</h2>
      <p className={classes.text}>{why === null ? t('shift.openFirstText') : t(`shift.refused.${why}`)}</p>
      <Button
        size="lg"
        rightSection={<KeyCap keys="F7" />}
        aria-keyshortcuts="F7"
        onClick={onGo}
        data-testid="shift-needed-go"
      >
        {why === null ? t('shift.openTitle') : t('shift.refused.go')}
      </Button>
    </section>
  );
}
