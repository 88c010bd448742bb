import type { ComponentType, JSX } from 'react';
import { lazy, Suspense, useState } from 'react';

/** A part of the window that is loaded after what is needed first. */
export type Later<P extends object> = {
  readonly Part: (props: P) => JSX.Element;
  /** Loads it before it is shown, so that it is there at once. */
  readonly prepare: () => void;
};

/** Shows the part as soon as it is loaded, and at once where it was prepared in time. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let loaded: ComponentType<P> | null = null;
  const loadOnce = async (): Promise<ComponentType<P>> => (loaded ??= await load());
  const Awaited = lazy(async () => ({ default: await loadOnce() }));
  return {
    Part: (props) => {
      // Chosen once: another component in its place would lose what was typed.
      const [Ready] = useState(() => loaded);
      if (Ready !== null) return <Ready {...props} />;
      return (
        <Suspense>
          <Awaited {...props} />
        </Suspense>
      );
    },
    // Whoever shows it hears of a failure.
    prepare: () => void loadOnce().catch(() => {}),
  };
}
