import { IconAlertTriangleFilled, IconCircle, IconGavel } from '@tabler/icons-react';
import type { Standing as BillStanding } from '../../shared/domain/bill.ts';
import classes from './Standing.module.css';

const shapes = { arrears: IconAlertTriangleFilled, fine: IconGavel, current: IconCircle };

/** How a bill stands: told by a word, a shape and a colour. */
export function Standing({ standing, word }: { readonly standing: BillStanding; readonly word: string }) {
  const Shape = shapes[standing];
  return (
    <span className={classes.standing} data-standing={standing}>
      <Shape size="0.95rem" stroke={2.2} aria-hidden="true" />
      {word}
    </span>
  );
}
