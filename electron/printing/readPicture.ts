import { readFile, stat } from 'node:fs/promises';
import { mostPictureBytes } from '../../shared/domain/printed.ts';
import { refuse } from '../../shared/errors.ts';
import type { Drawing } from './drawing.ts';

/**
 * The bytes of a picture that a person chose, tried before anything is kept.
 * @throws Refusal picture.unreadable, picture.tooLarge, picture.notPicture, picture.blank
 */
export async function readPicture(file: string, drawing: Drawing): Promise<Buffer> {
  const bytes = await bytesOf(file);
  const { problem } = await drawing.tryCrest(bytes);
  if (problem === 'missing') throw refuse('picture.unreadable');
  if (problem !== null) throw refuse(`picture.${problem}`);
  return bytes;
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > mostPictureBytes) throw refuse('picture.tooLarge');
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) throw refuse('picture.unreadable');
    throw error;
  }
}
