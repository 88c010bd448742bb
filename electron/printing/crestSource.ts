import { readFile } from 'node:fs/promises';
import type { CrestProblem } from '../../shared/domain/printed.ts';
import type { Crest } from './crest.ts';
import { readCrest, UnusableCrest } from './crest.ts';

export type FoundCrest = { readonly crest: Crest | null; readonly problem: CrestProblem | null };

/**
 * The municipality's own logo, or the crest in the file. Money is taken with or without a picture above it: what can't be
 * used is said and left out.
 */
export async function findCrest(logo: Uint8Array | null, crestFile: string | null): Promise<FoundCrest> {
  if (logo === null && crestFile === null) return { crest: null, problem: null };
  try {
    return { crest: await readCrest(logo ?? (await readFile(crestFile ?? ''))), problem: null };
  } catch (error) {
    return { crest: null, problem: error instanceof UnusableCrest ? error.problem : 'missing' };
  }
}
