import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export const isLinux = process.platform === 'linux';
export const isRoot = isLinux && process.getuid?.() === 0;

/** Set-up's own notes about this clone; untracked. */
export const notesFolder = join(root, '.cache/sanduq');
export const runtimeNote = join(notesFolder, 'runtime.json');

/** Shared by all clones. Never root's home: the unprivileged user that runs Electron can't enter it. */
export const cacheFolder =
  process.env.SANDUQ_CACHE ??
  (isRoot ? '/var/cache/sanduq' : join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sanduq'));

/** Who runs Electron when we are root: `nobody`, which exists everywhere and owns nothing. */
export const unprivileged = { uid: 65534, gid: 65534 };
/** That user's home: where `npm start` as root keeps its data. */
export const unprivilegedHome = '/var/lib/sanduq';
