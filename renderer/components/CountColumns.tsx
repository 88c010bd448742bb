import { useLayoutEffect, useRef } from 'react';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { CountDraft, PileId } from '../draft/countDraft.ts';
import { readCount } from '../draft/countDraft.ts';
import classes from './CountColumns.module.css';
import { PileColumn } from './PileColumn.tsx';
import { movePiles } from './pileKeys.ts';

type CountColumnsProps = {
  readonly draft: CountDraft;
  readonly hasWorn: boolean;
  readonly onType: (id: PileId, text: string) => void;
  /** After the last heap. */
  readonly onEnd: () => void;
  /** How many pieces there are of each heap, where no more can be taken; heaps of which there are none are not shown. */
  readonly most?: ReadonlyMap<string, number>;
  readonly shown?: readonly Currency[];
};

/** A drawer lies on the desk: a column for each currency, Enter from heap to heap. Nothing is filled in before. */
export function CountColumns({ draft, hasWorn, onType, onEnd, most, shown = currencies }: CountColumnsProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const reading = readCount(draft);
  useLayoutEffect(() => sheet.current?.querySelector<HTMLElement>('input[data-pile]')?.focus(), []);
  return (
    <div
      ref={sheet}
      className={classes.columns}
      onKeyDown={(event) => movePiles(event, sheet.current, onEnd)}
      data-testid="piles"
    >
      {shown.map((currency) => (
        <PileColumn
          key={currency}
          currency={currency}
          draft={draft}
          reading={reading}
          hasWorn={hasWorn}
          onType={onType}
          {...(most === undefined ? {} : { most })}
        />
      ))}
    </div>
  );
}
