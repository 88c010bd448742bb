const slices = 10;

/** A stretch of waiting that has been begun. */
export type Wait = {
  readonly isOver: () => boolean;
  /** Gives it up: it is never over then. */
  readonly stop: () => void;
};

/**
 * Waits so long, in ms, with an ear to the line. A process that stands still (a long piece of work, a PC that slept, a
 * machine with more to do than it can) hears nothing, and what it did not hear is no silence of the printer: the time is
 * counted in ten slices, and after each of them what has come meanwhile is heard first. However long one stands still
 * costs no more than one slice.
 */
export function listenFor(ms: number, onOver: () => void = () => {}): Wait {
  let left = slices;
  let timer: NodeJS.Timeout | null = null;
  let turn: NodeJS.Immediate | null = null;
  const slice = () => {
    // An immediate runs after the system was asked for what has come; a timer alone may run again before that.
    timer = setTimeout(() => {
      turn = setImmediate(() => {
        left -= 1;
        if (left > 0) slice();
        else onOver();
      });
    }, ms / slices);
  };
  slice();
  return {
    isOver: () => left === 0,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      if (turn !== null) clearImmediate(turn);
    },
  };
}
