import {
  chownSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The clone: `electron <this folder>` is the program. */
export const programFolder = join(import.meta.dirname, '../..');

const Note = z.object({
  version: z.string(),
  executable: z.string(),
  asProgramUser: z.string().nullable(),
  packedFolder: z.string(),
  isSandboxed: z.boolean(),
  isOwn: z.boolean(),
  runsAs: z.object({ uid: z.number(), gid: z.number() }).nullable(),
});
export type Runtime = z.infer<typeof Note>;

/** The Electron that set-up found for this machine (scripts/setup/electron.mjs writes the note). */
export function readRuntime(): Runtime {
  const note = join(programFolder, '.cache/sanduq/runtime.json');
  if (!existsSync(note)) throw new Error('Electron is not set up yet: run `npm run e2e` or `npm test` once');
  return Note.parse(JSON.parse(readFileSync(note, 'utf8')));
}

/** Where root runs the tests, the program runs as another user: hands a file or folder, with all in it, to that user. */
export function giveToProgram(path: string): void {
  const { runsAs } = readRuntime();
  if (runsAs === null || !existsSync(path)) return;
  chownSync(path, runsAs.uid, runsAs.gid);
  if (!statSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), runsAs.uid, runsAs.gid);
  }
}

/** An empty folder that the program can write in. `remove` it afterwards. */
export function freshFolder(): { path: string; remove: () => void } {
  const { runsAs } = readRuntime();
  // root's own temporary folder may be closed to the program's user; this one never is.
  const path = mkdtempSync(join(runsAs === null ? tmpdir() : '/tmp', 'sanduq-'));
  giveToProgram(path);
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
