import { Button, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CashLine } from '../../shared/domain/counting.ts';
import { countedMinor, denominations } from '../../shared/domain/denominations.ts';
import { foldDigits } from '../../shared/domain/digits.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { Notice } from './Notice.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import { useEveryKey } from './keys.ts';
import classes from './FloatCount.module.css';

type FloatCountProps = {
  /** The till that is opened; null: the drawer is counted before the close. */
  readonly till: string | null;
  readonly isWorking: boolean;
  readonly problem: string | null;
  readonly onOpen: (lines: readonly CashLine[]) => void;
};

/** The smallest note in circulation; below it are coins. */
const smallestNoteMinor = 2000;

/** Opens a shift: the float is counted by denomination, with a running total. Enter goes to the next. */
export function FloatCount({ till, isWorking, problem, onOpen }: FloatCountProps) {
  const { t, money } = useSpeech();
  const [texts, setTexts] = useState<ReadonlyMap<number, string>>(new Map());
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const values = denominations.ILS;
  const counts = values.flatMap((denominationMinor) => {
    const quantity = quantityOf(texts.get(denominationMinor) ?? '');
    return quantity === null || quantity === 0
      ? []
      : [{ currency: 'ILS' as const, denominationMinor, isWorn: false, quantity }];
  });
  const wrong = values.filter((value) => quantityOf(texts.get(value) ?? '') === null);
  const totalMinor = countedMinor(counts);

  function open(): void {
    setAsked(true);
    if (wrong.length === 0 && !isWorking) onOpen(counts);
  }

  useEveryKey((event) => {
    if (event.key !== 'F7') return;
    event.preventDefault();
    open();
  });

  function column(chosen: readonly number[], name: string) {
    return (
      <fieldset className={classes.column}>
        <legend>{name}</legend>
        {chosen.map((value) => (
          <div className={classes.line} key={value}>
            <Figure text={value % 100 === 0 ? String(value / 100) : figures(value)} size="row" />
            <span aria-hidden="true">×</span>
            <TextInput
              value={texts.get(value) ?? ''}
              onChange={(event) => setTexts(new Map(texts).set(value, event.currentTarget.value))}
              onFocus={(event) => event.currentTarget.select()}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                const fields = [
                  ...(form.current?.querySelectorAll<HTMLElement>('input, button[type=submit]') ?? []),
                ];
                fields[fields.indexOf(event.currentTarget) + 1]?.focus();
              }}
              aria-label={t('shift.quantityOf', { value: money(value) })}
              error={quantityOf(texts.get(value) ?? '') === null ? t('shift.quantityInvalid') : null}
              placeholder="0"
              dir="ltr"
              inputMode="numeric"
              autoComplete="off"
              size="sm"
              classNames={{ input: classes.quantity }}
              data-testid={`float-${value}`}
            />
          </div>
        ))}
      </fieldset>
    );
  }

  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
      data-testid={till === null ? 'count-drawer' : 'open-shift'}
    >
      <Stack gap="xs">
        <h2 className={classes.title}>{t(till === null ? 'shift.countTitle' : 'shift.openTitle')}</h2>
        <p className={classes.text}>{t(till === null ? 'shift.countText' : 'shift.openText')}</p>
        <div className={classes.columns}>
          {column(
            values.filter((value) => value >= smallestNoteMinor),
            t('shift.notes'),
          )}
          {column(
            values.filter((value) => value < smallestNoteMinor),
            t('shift.coins'),
          )}
        </div>
        <div className={classes.total}>
          <span>{t(till === null ? 'shift.typedSoFar' : 'shift.float')}</span>
          <Figure text={figures(totalMinor)} size="large" testId="float-total" />
        </div>
        {till !== null && (
          <p className={classes.text}>
            {totalMinor === 0
              ? t('shift.willOpenEmpty', { till })
              : t('shift.willOpen', { total: money(totalMinor), till })}
          </p>
        )}
        {problem !== null && <Notice kind="problem">{problem}</Notice>}
        {asked && wrong.length > 0 && <Notice kind="problem">{t('shift.quantityInvalid')}</Notice>}
        <Button
          type="submit"
          size="lg"
          loading={isWorking}
          rightSection={<KeyCap keys="F7" />}
          aria-keyshortcuts="F7"
          data-testid={till === null ? 'count-submit' : 'open-shift-submit'}
        >
          {t(till === null ? 'shift.commitCount' : 'shift.open')}
        </Button>
      </Stack>
    </form>
  );
}

/** A whole number of notes or coins; empty is none, null is not a number. */
function quantityOf(text: string): number | null {
  const typed = foldDigits(text).trim();
  if (typed === '') return 0;
  return /^\d{1,5}$/.test(typed) ? Number(typed) : null;
}
