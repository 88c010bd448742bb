// Packs the program for Linux as electron-builder.yml says, with the Electron that set-up found, into out/packed.
import { chmodSync, chownSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, basename, join } from 'node:path';
import { build } from 'electron-builder';
import { drawIcons } from '../../scripts/icons.mjs';
import { isRoot, root, runtimeNote } from '../../scripts/setup/places.mjs';

const runtime = JSON.parse(readFileSync(runtimeNote, 'utf8'));
const output = join(root, 'out/packed');

/**
 * The older Electron for tests can't load the product's SQLite, and the packed program is fused against NODE_OPTIONS,
 * which is how it is replaced elsewhere. So this pack gets the other one under the same name.
 */
function olderSqlite() {
  if (runtime.sqliteBinding === null) return [];
  return [
    '!node_modules/better-sqlite3/**',
    {
      from: 'node_modules/better-sqlite3-electron33',
      to: 'node_modules/better-sqlite3',
      filter: ['package.json', 'lib/**'],
    },
    {
      from: dirname(runtime.sqliteBinding),
      to: 'node_modules/better-sqlite3/build/Release',
      filter: [basename(runtime.sqliteBinding)],
    },
    ...['bindings', 'file-uri-to-path'].map((name) => ({
      from: `node_modules/${name}`,
      to: `node_modules/${name}`,
      filter: ['*.js', 'package.json'],
    })),
  ];
}

rmSync(output, { recursive: true, force: true });
await drawIcons();
await build({
  projectDir: root,
  linux: ['dir'],
  publish: 'never',
  config: {
    extends: 'electron-builder.yml',
    directories: { output },
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    files: olderSqlite(),
  },
});

const sandbox = join(output, 'linux-unpacked/chrome-sandbox');
if (isRoot && existsSync(sandbox)) {
  chownSync(sandbox, 0, 0);
  chmodSync(sandbox, 0o4755);
}
