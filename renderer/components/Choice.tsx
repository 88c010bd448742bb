import { useRef } from 'react';
import classes from './Choice.module.css';

type ChoiceProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChoose: (value: V) => void;
  readonly testId: string;
};

/** One of a few ways: one stop of the Tab key, arrows choose. */
export function Choice<V extends string>({ label, value, choices, onChoose, testId }: ChoiceProps<V>) {
  const group = useRef<HTMLDivElement>(null);

  function step(by: 1 | -1): void {
    const at = choices.findIndex((choice) => choice.value === value);
    const next = (at + by + choices.length) % choices.length;
    const chosen = choices[next];
    if (chosen === undefined) return;
    onChoose(chosen.value);
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus();
  }

  return (
    <div
      ref={group}
      className={classes.group}
      role="radiogroup"
      aria-label={label}
      onKeyDown={(event) => {
        const isBack = event.key === 'ArrowUp' || event.key === 'ArrowRight';
        const isOn = event.key === 'ArrowDown' || event.key === 'ArrowLeft';
        if (!isBack && !isOn) return;
        event.preventDefault();
        const isRightToLeft = document.documentElement.dir === 'rtl';
        const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
        step(isSideways && !isRightToLeft ? (isOn ? -1 : 1) : isOn ? 1 : -1);
      }}
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          className={classes.choice}
          onClick={() => onChoose(choice.value)}
          data-testid={`${testId}-${choice.value}`}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
