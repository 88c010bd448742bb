import { scryptSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { demonstrationPeople } from '../../electron/setup/demonstrationPeople.ts';

/** Where a run keeps the municipalities that its tests copy; its set-up makes and removes the folder. */
export const templatesVariable = 'SANDUQ_TEST_TEMPLATES';

/**
 * A copy of the municipality with that name, which is made once for the whole run: a first run hashes five PINs and
 * fills a database.
 * @param make makes it in the folder given, closed well
 */
export async function copyOfMunicipality(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'sanduq-'));
  const templates = process.env[templatesVariable];
  if (templates === undefined) {
    await make(copy);
    makeSignInQuick(copy);
    return copy;
  }
  const template = join(templates, name);
  if (!tryCopy(template, copy)) {
    const fresh = mkdtempSync(join(templates, 'fresh-'));
    await make(fresh);
    makeSignInQuick(fresh);
    // Two that made one at once: the first stays, and they are alike.
    if (!tryRename(fresh, template)) rmSync(fresh, { recursive: true });
    cpSync(template, copy, { recursive: true });
  }
  return copy;
}

export function makeTemplatesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanduq-templates-'));
  mkdirSync(folder, { recursive: true });
  process.env[templatesVariable] = folder;
  return folder;
}

/**
 * The people's PINs hashed at a hundredth of the cost: how slow a sign-in is has nothing to do with what most tests
 * are about, and a suite signs in two thousand times. What it really costs is in secret.test.ts.
 */
function makeSignInQuick(folder: string): void {
  const salt = Buffer.alloc(16, 7);
  const db = new Database(join(folder, 'sanduq.db'));
  const write = db.prepare('UPDATE users SET secret_hash = ? WHERE login = ?');
  for (const { login, pin } of demonstrationPeople) {
    const key = scryptSync(pin, salt, 32, { N: 256, r: 8 });
    write.run(['scrypt', 256, 8, salt.toString('base64'), key.toString('base64')].join('$'), login);
  }
  db.close();
}

function isThere(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function tryCopy(from: string, to: string): boolean {
  try {
    cpSync(from, to, { recursive: true });
    return true;
  } catch (error) {
    if (isThere(error, 'ENOENT')) return false;
    throw error;
  }
}

function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (isThere(error, 'ENOTEMPTY', 'EEXIST')) return false;
    throw error;
  }
}
