import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CountOutcome } from '../../shared/ipc/shifts.ts';
import { Variances } from '../components/Variances.tsx';
import { KeyCap } from '../components/KeyCap.tsx';
import { useSpeech } from '../i18n/useSpeech.ts';
import { useShift } from '../stores/shift.ts';
import { useUi } from '../stores/ui.ts';
import classes from './CountDone.module.css';

/** Right after the opening: the float was not what the last close or the safe had left in the drawer. */
export function FloatDiffers({ count }: { readonly count: CountOutcome }) {
  const { t } = useSpeech();
  const readOpened = useShift((state) => state.readOpened);
  const show = useUi((state) => state.show);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className={classes.screen} data-testid="float-differs">
      <section className={classes.card}>
        <h1 className={classes.title}>{t('shift.openedDiffers')}</h1>
        <Variances
          results={count.results}
          countedLabel={t('shift.found')}
          expectedLabel={t('shift.left')}
          isNarrow
        />
        <p className={classes.text}>{t('shift.openedText')}</p>
        <Button
          ref={button}
          size="lg"
          rightSection={<KeyCap keys="Enter" />}
          onClick={() => {
            readOpened();
            show('counter');
          }}
          data-testid="float-differs-go"
        >
          {t('shift.goOn')}
        </Button>
      </section>
    </div>
  );
}
