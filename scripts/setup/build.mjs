import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { toolNode } from './install.mjs';
import { root } from './places.mjs';
import { step } from './say.mjs';

const sources = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];
const output = join(root, 'out/app');
const stamp = join(output, '.built-from');

function hashSources() {
  const hash = createHash('sha256');
  const add = (name) => {
    const path = join(root, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) {
      for (const inside of readdirSync(path).sort()) add(`${name}/${inside}`);
    } else if (found !== undefined) {
      hash.update(`${name}\0`).update(readFileSync(path));
    }
  };
  for (const name of sources) add(name);
  return hash.digest('hex');
}

/** What lies in `out/app` from now on may be of any sources: the next command builds it again. */
export function forgetBuild() {
  rmSync(stamp, { force: true });
}

/** Builds the program into `out/app`, unless it was built from these very sources. */
export async function ensureBuilt() {
  const hash = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await step('building the program (electron-vite)', () =>
    run(toolNode(), [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], { cwd: root }),
  );
  writeFileSync(stamp, hash);
}
