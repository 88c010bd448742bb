import { readFile } from 'node:fs/promises';
import { pictureUrl } from '../pictureType.ts';

/** The municipality's own logo, or the crest in the file. A page without one is better than none. */
export async function readCrestUrl(logo: Uint8Array | null, file: string): Promise<string | null> {
  try {
    return pictureUrl(logo ?? (await readFile(file)));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
