import type { KeyboardEvent } from 'react';

type Form = HTMLElement | null;

/** What a person types or chooses in; a field that can't be changed is passed over. */
const fields = 'input:not([type=hidden], [readonly]), select';

/** The hands go on: from a field to the next one, and from the last to the act of the form. */
export function toNextField(form: Form, from: Element, act: () => void): void {
  const all = [...(form?.querySelectorAll<HTMLElement>(fields) ?? [])];
  const following = all[all.indexOf(from as HTMLElement) + 1];
  if (following === undefined) act();
  else following.focus();
}

/** Enter in a field is «next», as on a ten-key pad; a list that is open has used it already. */
export function enterMovesOn(event: KeyboardEvent, form: Form, act: () => void): void {
  if (event.key !== 'Enter' || event.defaultPrevented) return;
  if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  toNextField(form, event.target, act);
}

/** Once its message has been drawn: to the first field that is wrong. */
export function toFirstWrong(form: Form): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
