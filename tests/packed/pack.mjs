// Packs the program for Linux as electron-builder.yml says, with the Electron that set-up found.
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-builder';
import { drawIcons } from '../../scripts/icons.mjs';
import { isRoot, root, runtimeNote } from '../../scripts/setup/places.mjs';

const runtime = JSON.parse(readFileSync(runtimeNote, 'utf8'));
const output = runtime.packedFolder;
const olderBinding = 'out/older-sqlite';

/**
 * The older Electron for tests can't load the product's SQLite, and the packed program is fused against NODE_OPTIONS,
 * which is how it is replaced elsewhere. So this pack gets the other one under the same name.
 */
function olderSqlite() {
  if (runtime.sqliteBinding === null) return [];
  // electron-builder takes no file from the system's folders, where set-up's cache may be.
  mkdirSync(join(root, olderBinding), { recursive: true });
  copyFileSync(runtime.sqliteBinding, join(root, olderBinding, 'better_sqlite3.node'));
  return [
    '!node_modules/better-sqlite3/**',
    {
      from: 'node_modules/better-sqlite3-electron33',
      to: 'node_modules/better-sqlite3',
      filter: ['package.json', 'lib/**'],
    },
    { from: olderBinding, to: 'node_modules/better-sqlite3/build/Release' },
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
