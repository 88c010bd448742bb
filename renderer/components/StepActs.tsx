import { Button } from '@mantine/core';
import type { Ref } from 'react';
import { isDialogOpen, useEveryKey } from './keys.ts';
import { KeyCap } from './KeyCap.tsx';
import classes from './StepPage.module.css';

type StepActsProps = {
  readonly go: {
    readonly label: string;
    readonly act: () => void;
    readonly isWorking?: boolean;
    readonly isDisabled?: boolean;
    readonly color?: 'clay';
    readonly ref?: Ref<HTMLButtonElement>;
    readonly testId: string;
  };
  readonly back: { readonly label: string; readonly act: () => void; readonly testId: string } | null;
};

/** The way on and the way back of a step: F9 and Escape, whatever has the focus. */
export function StepActs({ go, back }: StepActsProps) {
  const isStill = go.isWorking === true || go.isDisabled === true;
  useEveryKey((event) => {
    if (isDialogOpen() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'F9') {
      event.preventDefault();
      if (!isStill && !event.repeat) go.act();
    } else if (event.key === 'Escape' && back !== null) {
      event.preventDefault();
      if (go.isWorking !== true) back.act();
    }
  });
  return (
    <div className={classes.acts}>
      <Button
        ref={go.ref}
        size="lg"
        loading={go.isWorking === true}
        disabled={go.isDisabled === true}
        {...(go.color === undefined ? {} : { color: go.color })}
        rightSection={<KeyCap keys="F9" />}
        aria-keyshortcuts="F9"
        onClick={go.act}
        data-testid={go.testId}
      >
        {go.label}
      </Button>
      {back !== null && (
        <Button
          variant="default"
          rightSection={<KeyCap keys="Esc" />}
          aria-keyshortcuts="Escape"
          onClick={back.act}
          data-testid={back.testId}
        >
          {back.label}
        </Button>
      )}
    </div>
  );
}
