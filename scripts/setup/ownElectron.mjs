import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolNode } from './install.mjs';
import { cacheFolder, root } from './places.mjs';
import { say, step } from './say.mjs';

const electronFolder = join(root, 'node_modules/electron');
const noWayNote = join(cacheFolder, 'electron-download-unreachable');
const giveUpMs = 10_000;
const retryMs = 24 * 60 * 60 * 1000;

/** The binary that Electron's own download left, or undefined. */
function findOwnElectron() {
  const pathNote = join(electronFolder, 'path.txt');
  if (!existsSync(pathNote)) return undefined;
  const dist = join(electronFolder, 'dist');
  const executable = join(dist, readFileSync(pathNote, 'utf8'));
  const version = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')).version;
  return existsSync(executable) ? { version, dist, executable } : undefined;
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true }).reduce((sum, name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (found?.isFile() === true ? found.size : 0);
  }, 0);
}

/**
 * Runs Electron's own installer. "No way" is ten seconds without a byte more, not ten seconds in all: a slow line
 * still gets there. Resolves with whether it did.
 */
function download(update) {
  const temporary = mkdtempSync(join(tmpdir(), 'sanduq-electron-'));
  return new Promise((resolve) => {
    const child = spawn(toolNode(), ['install.js'], {
      cwd: electronFolder,
      env: {
        ...process.env,
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
        ELECTRON_GET_NO_PROGRESS: '1',
      },
      stdio: 'ignore',
    });
    let bytes = 0;
    let lastGrowthMs = Date.now();
    const watch = setInterval(() => {
      const now = bytesIn(temporary) + (existsSync(join(electronFolder, 'dist')) ? 1 : 0);
      if (now !== bytes) lastGrowthMs = Date.now();
      bytes = now;
      update(`${Math.round(bytes / 1e6)} MB`);
      // Once there are bytes, the end may be unpacking, which is silent for a while.
      if (Date.now() - lastGrowthMs > (bytes === 0 ? giveUpMs : 6 * giveUpMs)) child.kill('SIGKILL');
    }, 500);
    const finish = (isDone) => {
      clearInterval(watch);
      rmSync(temporary, { recursive: true, force: true });
      resolve(isDone);
    };
    child.on('error', () => finish(false));
    child.on('close', (code) => finish(code === 0));
  });
}

/** Electron's own binary, downloaded if there is a way; undefined where there is none (remembered for a day). */
export async function ensureOwnElectron() {
  const found = findOwnElectron();
  if (found !== undefined) return found;
  const noted = statSync(noWayNote, { throwIfNoEntry: false });
  if (noted !== undefined && Date.now() - noted.mtimeMs < retryMs) return undefined;
  const isDone = await step("trying Electron's own download", download);
  if (isDone) return findOwnElectron();
  say("Electron's own download can't be reached from here; not tried again for a day");
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(noWayNote, `${new Date().toISOString()}\n`);
  return undefined;
}
