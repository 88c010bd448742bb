import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandFailure, run, succeeds } from './command.mjs';
import { isRoot } from './places.mjs';
import { step } from './say.mjs';

// Newer Debian and Ubuntu renamed some of them; the first name that the package list knows is taken.
const libraries = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['libxss1'],
  ['libxtst6'],
  ['libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libcups2t64', 'libcups2'],
];

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function lacksLibraries(executable) {
  return (await run('ldd', [executable])).includes('not found');
}

/** Chromium ends itself where there is no font at all, though ours come with the program. */
function lacksFonts() {
  const folder = '/usr/share/fonts';
  if (!existsSync(folder)) return true;
  return !readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc)$/i.test(name));
}

export function hasDisplay() {
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

async function missingPackages(executable) {
  const missing = [];
  if (await lacksLibraries(executable)) missing.push(...libraries);
  if (!hasDisplay() && !isOnPath('Xvfb')) missing.push(['xvfb']);
  if (lacksFonts()) missing.push(['fonts-dejavu-core']);
  return missing;
}

async function knownNames(alternatives) {
  const names = [];
  for (const group of alternatives) {
    for (const name of group) {
      if (await succeeds('apt-cache', ['show', '--no-all-versions', name])) {
        names.push(name);
        break;
      }
    }
  }
  return names;
}

/** On Linux: what Electron needs of the system, installed where we may (Debian, root), else named. */
export async function ensureSystemLibraries(executable) {
  const missing = await missingPackages(executable);
  if (missing.length === 0) return;
  if (!isRoot || !isOnPath('apt-get')) {
    const names = missing.map((group) => group.at(-1)).join(' ');
    throw new Error(`Electron needs packages of the system; install them first: apt-get install ${names}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('installing system libraries (apt-get)', async (update) => {
    update('package lists');
    await run('apt-get', ['update', '-qq'], { env });
    const names = await knownNames(missing);
    update(names.join(' '));
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
  });
  const still = await missingPackages(executable);
  if (still.length > 0)
    throw new CommandFailure('apt-get install', 0, `still missing: ${still.flat().join(' ')}`);
}
