import { IconNotebook } from '@tabler/icons-react';
import type { LeafDraft } from '../draft/leafDraft.ts';
import { isolate, useSpeech } from '../i18n/useSpeech.ts';
import classes from './LeafStrip.module.css';

type LeafStripProps = {
  readonly leaf: LeafDraft;
  readonly isStill: boolean;
  readonly onChange: () => void;
  readonly onDrop: () => void;
};

/** Nobody must take this payment for one of the till's own: it is entered from a paper book. */
export function LeafStrip({ leaf, isStill, onChange, onDrop }: LeafStripProps) {
  const { t, named, shortDate } = useSpeech();
  return (
    <div className={classes.strip} role="status" data-testid="leaf-strip">
      <IconNotebook size="1.5rem" aria-hidden="true" />
      <b>{t('leaf.strip', { number: isolate(leaf.number) })}</b>
      <span className={classes.soft}>
        {t('leaf.written', { name: named(leaf.writtenBy), date: shortDate(leaf.writtenOn) })}
      </span>
      <button type="button" onClick={onChange} disabled={isStill} data-testid="leaf-change">
        {t('leaf.change')}
      </button>
      <button type="button" onClick={onDrop} disabled={isStill} data-testid="leaf-drop">
        {t('leaf.drop')}
      </button>
    </div>
  );
}
