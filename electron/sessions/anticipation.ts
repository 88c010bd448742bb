/** What a person is about to be asked about: a secret as typed so far, and the stored form that it will be held against. */
export type Asked = { readonly secret: string; readonly stored: string };

type Begun = Asked & { readonly key: Promise<Buffer>; isDone: boolean };

/** How long a key waits for its question, in ms. */
const keptMs = 10_000;

/**
 * Derives a key while the hand is still on its way to Enter. Nothing is decided or told by it, and no attempt is counted:
 * that is done with the key when the question comes. One at a time, and of those that wait only the last: who types goes
 * on typing.
 */
export function createAnticipation(derive: (asked: Asked) => Promise<Buffer>): {
  readonly begin: (asked: Asked) => void;
  /** The key if it was begun, done or not. It is given once; whatever else was begun is forgotten. */
  readonly take: (asked: Asked) => Promise<Buffer> | null;
  readonly forget: () => void;
} {
  let begun: Begun | null = null;
  let next: Asked | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    clearTimeout(timer);
    begun = null;
    next = null;
  }

  function start(asked: Asked): void {
    next = null;
    const starting: Begun = { ...asked, key: derive(asked), isDone: false };
    begun = starting;
    const end = (isGood: boolean): void => {
      starting.isDone = true;
      if (begun !== starting) return;
      if (!isGood) begun = null;
      if (next !== null) start(next);
    };
    starting.key.then(
      () => end(true),
      () => end(false),
    );
  }

  return {
    begin(asked) {
      clearTimeout(timer);
      timer = setTimeout(forget, keptMs);
      timer.unref();
      if (begun !== null && isSame(begun, asked)) next = null;
      else if (begun !== null && !begun.isDone) next = asked;
      else start(asked);
    },
    take(asked) {
      const key = begun !== null && isSame(begun, asked) ? begun.key : null;
      forget();
      return key;
    },
    forget,
  };
}

function isSame(one: Asked, other: Asked): boolean {
  return one.secret === other.secret && one.stored === other.stored;
}
