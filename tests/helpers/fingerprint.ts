import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 of every file of a folder; SQLite's shared memory and an empty WAL hold no data and are left out. */
export function fingerprint(folder: string): Record<string, string> {
  const prints: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const file = join(folder, name);
    const { size } = statSync(file);
    if (statSync(file).isDirectory() || name.endsWith('-shm') || (name.endsWith('-wal') && size === 0))
      continue;
    prints[name] = createHash('sha256').update(readFileSync(file)).digest('hex');
  }
  return prints;
}
