import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { developmentFontsFolder } from './electron/printing/developmentFonts.ts';
import { fontFiles } from './electron/printing/fontFiles.ts';
import { loadedAtRunTime } from './scripts/loadedAtRunTime.ts';

const root = import.meta.dirname;
const out = (part: string): string => join(root, 'out/app', part);

const external = ['electron', ...loadedAtRunTime, /^node:/];

/** What the receipt is drawn with lies beside main, since the packed program has no development packages. */
function receiptAssets(): Plugin {
  return {
    name: 'receipt-assets',
    closeBundle() {
      const assets = join(out('main'), 'assets');
      mkdirSync(assets, { recursive: true });
      for (const name of fontFiles) cpSync(join(developmentFontsFolder(), name), join(assets, 'fonts', name));
      cpSync(join(root, 'resources/crest.svg'), join(assets, 'crest.svg'));
    },
  };
}

export default defineConfig({
  main: {
    plugins: [receiptAssets()],
    build: {
      outDir: out('main'),
      externalizeDeps: false,
      // A worker that main loads by name must keep its name; CommonJS because an ESM main slips past the test runtime.
      rollupOptions: {
        input: {
          main: join(root, 'electron/main.ts'),
          drawWorker: join(root, 'electron/printing/drawWorker.ts'),
          spoolWorker: join(root, 'electron/printing/transports/spoolWorker.ts'),
          importWorker: join(root, 'electron/importing/importWorker.ts'),
          checkWorker: join(root, 'electron/storage/checkWorker.ts'),
          reportWorker: join(root, 'electron/reports/reportWorker.ts'),
          secretWorker: join(root, 'electron/sessions/secretWorker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
        external,
      },
      sourcemap: true,
    },
  },
  preload: {
    build: {
      outDir: out('preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: join(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
        external: ['electron'],
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: out('renderer'),
      // One Chromium; electron-vite leaves the script as it is written unless told.
      target: 'esnext',
      minify: true,
      rollupOptions: { input: join(root, 'renderer/index.html') },
      // Inlined fonts and pictures would need `data:` in the policy.
      assetsInlineLimit: 0,
    },
  },
});
