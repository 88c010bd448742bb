import { IconCheck } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { CountPaper } from '../../shared/ipc/shifts.ts';
import type { PaperKey } from '../draft/papersDraft.ts';
import { detailsText, paperKey } from '../draft/papersDraft.ts';
import { figures, receiptNumberText, useSpeech } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './PaperTicks.module.css';

type PaperTicksProps = {
  readonly label: string;
  readonly papers: readonly CountPaper[];
  readonly ticked: ReadonlySet<PaperKey>;
  readonly onTick: (id: PaperKey, isThere: boolean) => void;
  /** Enter on the last one. */
  readonly onEnd: () => void;
};

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Enter: 1,
};

/**
 * Cheques, slips and letters, taken in the hand one by one. Space says «I have it» and goes to the next; Enter goes on
 * and says nothing. There is no key for all of them: whoever ticks has looked.
 */
export function PaperTicks({ label, papers, ticked, onTick, onEnd }: PaperTicksProps) {
  const { t } = useSpeech();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);

  useLayoutEffect(() => list.current?.querySelector<HTMLElement>('[role="checkbox"]')?.focus(), []);

  function go(to: number): void {
    const index = Math.max(0, Math.min(papers.length - 1, to));
    setAt(index);
    const row = list.current?.querySelectorAll<HTMLElement>('[role="checkbox"]')[index];
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  function heard(event: KeyboardEvent, index: number, paper: CountPaper): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === ' ') {
      event.preventDefault();
      if (event.repeat) return;
      const isThere = !ticked.has(paperKey(paper));
      onTick(paperKey(paper), isThere);
      if (isThere) go(index + 1);
      return;
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (event.key === 'Enter' && index === papers.length - 1) onEnd();
    else go(index + step);
  }

  return (
    <ul ref={list} className={classes.list} aria-label={label}>
      {papers.map((paper, index) => {
        const key = paperKey(paper);
        const isThere = ticked.has(key);
        return (
          <li key={key}>
            <div
              className={classes.paper}
              role="checkbox"
              aria-checked={isThere}
              tabIndex={index === at ? 0 : -1}
              onFocus={() => setAt(index)}
              onKeyDown={(event) => heard(event, index, paper)}
              onClick={() => onTick(key, !isThere)}
              data-testid="paper"
            >
              <span className={classes.tick} aria-hidden="true">
                {isThere && <IconCheck size="1.1rem" stroke={3} />}
              </span>
              <span className={classes.kind}>{t(`shift.count.kinds.${paper.kind}`)}</span>
              <span className={classes.details}>
                <bdi>{detailsText(paper)}</bdi>
              </span>
              <span className={classes.receipt}>{receiptNumberText(paper.receiptNumber)}</span>
              <span className={classes.amount}>
                <Figure text={figures(paper.minor, paper.currency)} currency={paper.currency} size="row" />
              </span>
              <span className={classes.state}>{t(isThere ? 'shift.count.here' : 'shift.count.notYet')}</span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
