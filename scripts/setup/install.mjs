import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { npmCommand, run } from './command.mjs';
import { root } from './places.mjs';
import { step } from './say.mjs';

const modules = join(root, 'node_modules');
const stamp = join(modules, '.sanduq-installed');
const nodeFolder = join(modules, 'node');
const nodeBinary = join(nodeFolder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
const neededMajor = 24;
const runsOnNeededNode = Number(process.versions.node.split('.')[0]) >= neededMajor;

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** Someone's own `npm ci` after the last change of the lockfile is as good as ours. */
function installedByHand() {
  const hidden = join(modules, '.package-lock.json');
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockfileHash();
  return installedByHand();
}

/** npm links `.bin/node` only when the binary was there while installing, which install scripts would have done. */
function linkNode() {
  if (process.platform === 'win32') return;
  const link = join(modules, '.bin/node');
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) {
    if (existsSync(link)) return;
    rmSync(link);
  }
  symlinkSync('../node/bin/node', link);
}

/**
 * Packages as the lockfile says, without anybody's install scripts: nothing we use needs one, except that the
 * `node` package fetches its binary by it, which is done here by name. Then puts that Node first on the path.
 */
export async function ensureInstalled() {
  const [npm, npmArgs] = npmCommand();
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!isInstalled()) {
    await step('installing packages (npm ci)', () => run(npm, [...npmArgs, 'ci', ...quiet], { cwd: root }));
  }
  if (!runsOnNeededNode && !existsSync(nodeBinary)) {
    await step(`fetching Node ${neededMajor} for the tools`, () =>
      run(process.execPath, ['installArchSpecificPackage.js'], {
        cwd: nodeFolder,
        env: { ...process.env, npm_config_loglevel: 'error', npm_config_ignore_scripts: 'true' },
      }),
    );
  }
  if (existsSync(nodeBinary)) linkNode();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockfileHash())
    writeFileSync(stamp, lockfileHash());
  process.env.PATH = toolPath();
}

function toolPath() {
  const first = [existsSync(nodeBinary) ? join(nodeFolder, 'bin') : undefined, join(modules, '.bin')];
  return [...first.filter((folder) => folder !== undefined), process.env.PATH ?? ''].join(delimiter);
}

/** The Node that tools run on: 24 or newer. Call after `ensureInstalled`. */
export function toolNode() {
  return existsSync(nodeBinary) ? nodeBinary : process.execPath;
}
