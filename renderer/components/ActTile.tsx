import type { ReactNode } from 'react';
import { KeyCap } from './KeyCap.tsx';
import classes from './ActTile.module.css';

type ActTileProps = {
  readonly icon: ReactNode;
  readonly label: string;
  readonly text: string;
  readonly keys: string;
  /** The one that most people want now. */
  readonly isMain?: boolean;
  readonly isBusy?: boolean;
  readonly onAct: () => void;
  readonly testId: string;
};

/** An act with its key and a few words about it. */
export function ActTile({
  icon,
  label,
  text,
  keys,
  isMain = false,
  isBusy = false,
  onAct,
  testId,
}: ActTileProps) {
  return (
    <button
      type="button"
      className={classes.tile}
      data-main={isMain || undefined}
      {...(isMain ? { 'data-on-slab': '' } : {})}
      aria-keyshortcuts={keys}
      disabled={isBusy}
      onClick={onAct}
      data-testid={testId}
    >
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={classes.words}>
        <b>{label}</b>
        <span className={classes.text}>{text}</span>
      </span>
      <KeyCap keys={keys} />
    </button>
  );
}
