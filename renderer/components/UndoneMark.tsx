import { IconArrowBackUp, IconBan } from '@tabler/icons-react';
import type { Undone } from '../../shared/domain/receipt.ts';
import { useSpeech } from '../i18n/useSpeech.ts';
import classes from './UndoneMark.module.css';

const shapes = { void: IconBan, reversal: IconArrowBackUp };

type UndoneMarkProps = {
  readonly kind: Undone['kind'];
  /** `chip`: in a row. `stamp`: across the picture of the receipt. */
  readonly as?: 'chip' | 'stamp';
};

/** A receipt that was taken back: told by a word, a shape and a colour. */
export function UndoneMark({ kind, as = 'chip' }: UndoneMarkProps) {
  const { t } = useSpeech();
  const Shape = shapes[kind];
  return (
    <span className={classes.mark} data-as={as} data-testid="undone-mark" data-kind={kind}>
      <Shape size="1em" stroke={2.4} aria-hidden="true" />
      {t(`undo.marks.${kind}`)}
    </span>
  );
}
