import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

/** The name under which the receipt's fonts are registered: never a font of the machine. */
export const family = 'Sanduq Receipt';

/**
 * The files that must lie in the fonts folder, as @fontsource/ibm-plex-sans-arabic names them. A family there is
 * split by script: Arabic letters, Latin letters and digits, and the shekel sign, which only latin-ext has.
 */
export const fontFiles: readonly string[] = ['500', '700'].flatMap((weight) =>
  ['arabic', 'latin', 'latin-ext'].map((script) => `ibm-plex-sans-arabic-${script}-${weight}-normal.woff2`),
);

let loadedFrom: string | null = null;

/**
 * Registers the fonts once in this process. Read through `fs`, because the folder may lie inside an archive that the
 * canvas's own loader can't see into.
 * @throws when a file is missing or is no font: a receipt in a substitute font could lose letters
 */
export function loadFonts(folder: string): void {
  if (loadedFrom === folder) return;
  for (const name of fontFiles) {
    if (GlobalFonts.register(readFileSync(path.join(folder, name)), family) === null) {
      throw new Error(`not a font: ${name}`);
    }
  }
  loadedFrom = folder;
}
