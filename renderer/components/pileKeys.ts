import type { KeyboardEvent } from 'react';

type Move = 'next' | 'before' | 'aside' | 'back' | 'nextCurrency' | 'currencyBefore';

/** The heaps of one sheet as they lie on the desk: columns of currencies, rows of denominations. */
function heapsIn(sheet: HTMLElement): readonly HTMLInputElement[] {
  return [...sheet.querySelectorAll<HTMLInputElement>('input[data-pile]')];
}

const of = (heap: HTMLElement, name: 'currency' | 'row' | 'condition'): string => heap.dataset[name] ?? '';

/**
 * The heap the hands go to, or null past the last one. Down goes through the heaps that are fit for use, currency after
 * currency; the worn ones lie beside them.
 */
function target(all: readonly HTMLInputElement[], from: HTMLInputElement, move: Move): HTMLElement | null {
  const currency = of(from, 'currency');
  const condition = of(from, 'condition');
  const inColumn = all.filter((heap) => of(heap, 'condition') === condition);
  const at = inColumn.indexOf(from);
  const isStart = (heap: HTMLElement): boolean => of(heap, 'condition') === 'good' && of(heap, 'row') === '0';
  const currencies = [...new Set(all.map((heap) => of(heap, 'currency')))];
  const place = currencies.indexOf(currency);
  const startOf = (name: string | undefined): HTMLElement | null =>
    all.find((heap) => of(heap, 'currency') === name && isStart(heap)) ?? null;
  switch (move) {
    case 'next':
      return inColumn[at + 1] ?? null;
    case 'before':
      return inColumn[at - 1] ?? from;
    case 'aside':
      return (
        all.find(
          (heap) =>
            of(heap, 'currency') === currency &&
            of(heap, 'row') === of(from, 'row') &&
            of(heap, 'condition') === 'worn',
        ) ?? from
      );
    case 'back':
      return (
        all.find(
          (heap) =>
            of(heap, 'currency') === currency &&
            of(heap, 'row') === of(from, 'row') &&
            of(heap, 'condition') === 'good',
        ) ?? from
      );
    case 'nextCurrency':
      return startOf(currencies[place + 1]);
    case 'currencyBefore':
      return startOf(currencies[place - 1]) ?? startOf(currencies[0]);
  }
}

function moveOf({ key }: KeyboardEvent, isRightToLeft: boolean): Move | null {
  switch (key) {
    case 'Enter':
    case 'ArrowDown':
      return 'next';
    case 'ArrowUp':
      return 'before';
    case 'ArrowLeft':
      return isRightToLeft ? 'aside' : 'back';
    case 'ArrowRight':
      return isRightToLeft ? 'back' : 'aside';
    case 'PageDown':
      return 'nextCurrency';
    case 'PageUp':
      return 'currencyBefore';
    default:
      return null;
  }
}

/**
 * Enter and the arrows go from heap to heap as in a book of accounts; a heap is overwritten by the next number typed.
 * @param onEnd after the last heap: Enter only, so that an arrow held down ends nothing
 */
export function movePiles(event: KeyboardEvent, sheet: HTMLElement | null, onEnd: () => void): void {
  const { target: from } = event;
  if (sheet === null || !(from instanceof HTMLInputElement) || from.dataset['pile'] === undefined) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
  const move = moveOf(event, document.documentElement.dir === 'rtl');
  if (move === null) return;
  event.preventDefault();
  const to = target(heapsIn(sheet), from, move);
  if (to !== null) to.focus();
  else if (event.key === 'Enter' || move === 'nextCurrency') onEnd();
}
