import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** Arrows go from row to row of a list of buttons, and into it from the field above. Enter is the button's own. */
export function moveAmongRows(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = steps[event.key];
  if (list === null || step === undefined || event.altKey || event.ctrlKey) return;
  const rows = [...list.querySelectorAll<HTMLElement>('li > button')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
