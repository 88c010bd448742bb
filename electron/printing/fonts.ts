import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { fontFiles } from './fontFiles.ts';

/** The name under which the receipt's fonts are registered: never a font of the machine. */
export const family = 'Sanduq Receipt';

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
