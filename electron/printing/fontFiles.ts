/**
 * The files that must lie in the fonts folder, as @fontsource/ibm-plex-sans-arabic names them. A family there is
 * split by script: Arabic letters, Latin letters and digits, and the shekel sign, which only latin-ext has.
 */
export const fontFiles: readonly string[] = ['500', '700'].flatMap((weight) =>
  ['arabic', 'latin', 'latin-ext'].map((script) => `ibm-plex-sans-arabic-${script}-${weight}-normal.woff2`),
);
