import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Where the fonts lie in a checkout. The packed program has no development packages: the build copies the files
 * named in fontFiles.ts, and main passes that folder.
 */
export function developmentFontsFolder(): string {
  const require = createRequire(import.meta.url);
  return path.join(path.dirname(require.resolve('@fontsource/ibm-plex-sans-arabic/package.json')), 'files');
}
