import { readFile } from 'node:fs/promises';
import { crestUrl } from './page.ts';

/** A page without a crest is better than none. */
export async function readCrestUrl(file: string): Promise<string | null> {
  try {
    return crestUrl(await readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
