import { useLayoutEffect, useRef } from 'react';

// A dialog that fades away is still in the page for a moment: what is typed in that moment is for the screen.
const openDialog = '[role="dialog"]:not([data-closing])';
const closingDialog = '[role="dialog"][data-closing]';

/** True where typed letters belong to the target itself. */
export function isField(target: EventTarget | null): target is HTMLInputElement {
  return (
    target instanceof HTMLElement &&
    target.closest(closingDialog) === null &&
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.isContentEditable)
  );
}

export function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(openDialog) !== null;
}

/** True while a dialog is up: the screen behind it does not hear keys. */
export function isDialogOpen(): boolean {
  return document.querySelector(openDialog) !== null;
}

/** Puts a text into a field as if it had been typed, so that whoever listens to the field hears of it. */
export function writeInto(field: HTMLInputElement, text: string): void {
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  setValue?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Hears every key before any field does, with the newest handler, for as long as the component is there. */
export function useEveryKey(handle: (event: KeyboardEvent) => void): void {
  const newest = useRef(handle);
  // With the screen itself, not after it is painted: between the two a scanner may already have typed.
  useLayoutEffect(() => {
    newest.current = handle;
  });
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent): void => newest.current(event);
    window.addEventListener('keydown', heard, { capture: true });
    return () => window.removeEventListener('keydown', heard, { capture: true });
  }, []);
}
