/** Letters that are not there by then are done without at first, in ms: nothing hangs on them. */
const patienceMs = 400;

/**
 * Letters that are laid out without their file are laid out twice, and the system is searched for another one. A file
 * that can't be had is done without.
 */
export function loadFonts(
  fonts: readonly (readonly [weight: string | number, letters: string])[],
): Promise<unknown> {
  const loading = fonts.map(([weight, letters]) =>
    document.fonts.load(`${weight} 1em 'IBM Plex Sans Arabic'`, letters),
  );
  return Promise.race([
    Promise.allSettled(loading),
    new Promise((resolve) => setTimeout(resolve, patienceMs)),
  ]);
}
