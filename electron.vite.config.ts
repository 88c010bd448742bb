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

/**
 * In the page the face comes first (renderer/face/boot.ts): it begins the main script, with its
 * sheets, when it is on the screen. Nothing of that is fetched before: all comes through the same door.
 */
function faceFirst(): Plugin {
  return {
    name: 'face-first',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        const boot = Object.values(bundle ?? {}).find(
          (part) => part.type === 'chunk' && part.name === 'boot',
        );
        if (boot?.type !== 'chunk' || chunk === undefined) throw new Error('the build has no face');
        const main = `<script type="module" crossorigin src="./${chunk.fileName}"></script>`;
        if (!html.includes(main)) throw new Error('the page does not begin its main script as it did');
        const sheet = /\s*<link rel="stylesheet"[^>]* href="([^"]+)">/g;
        const styles = [...html.matchAll(sheet)].map(([, name]) => name);
        const needed = boot.imports.map((name) => `<link rel="modulepreload" crossorigin href="./${name}">`);
        return html
          .replace(/\s*<link rel="modulepreload"[^>]*>/g, '')
          .replace(sheet, '')
          .replace(
            main,
            [
              `<script type="module" crossorigin src="./${boot.fileName}"`,
              `  data-main="./${chunk.fileName}" data-styles="${styles.join(' ')}"></script>`,
              ...needed,
            ].join('\n    '),
          );
      },
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
          signWorker: join(root, 'electron/journal/signWorker.ts'),
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
    plugins: [react(), faceFirst()],
    build: {
      outDir: out('renderer'),
      // One Chromium; electron-vite leaves the script as it is written unless told.
      target: 'esnext',
      minify: true,
      rollupOptions: {
        input: { index: join(root, 'renderer/index.html'), boot: join(root, 'renderer/face/boot.ts') },
      },
      // Inlined fonts and pictures would need `data:` in the policy.
      assetsInlineLimit: 0,
    },
  },
});
