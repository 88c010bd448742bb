import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { loadedAtRunTime } from '../../scripts/loadedAtRunTime.ts';

/** As deep below the root as any source, so that bundles find the packages, the fonts and the migrations beside them. */
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/**
 * Builds each entry into one file of a fresh folder: a process or a worker of one file starts three times as fast as
 * one that is put together from a hundred sources, and these tests start many hundreds.
 * @param entries the source files, from the root of the project, by the name that their bundle gets
 * @returns the folder, which holds `NAME.js` for each
 */
export async function bundle(name: string, entries: Readonly<Record<string, string>>): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, `${name}-`));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: loadedAtRunTime },
    build: {
      ssr: true,
      outDir,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([key, file]) => [key, join(root, file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  return outDir;
}
