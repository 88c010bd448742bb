import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureHooks } from './hooks.mjs';
import { ensureInstalled } from './install.mjs';
import { isRoot } from './places.mjs';

/**
 * Everything between a fresh clone and a running program; each part costs nothing when it is already there.
 * Packages always; `electron` and `build` when asked for. Resolves with what is known of the runtime, if asked for.
 */
export async function setUp({ electron = false, build = false } = {}) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Error(`Sanduq needs Node 20 or newer; this is ${process.version}`);
  // What root writes here must be readable by the unprivileged user that runs Electron, whatever root's own habit.
  if (isRoot) process.umask(0o022);
  await ensureInstalled();
  await ensureHooks();
  const runtime = electron ? await ensureElectron() : undefined;
  if (build) await ensureBuilt();
  return runtime;
}
