import { access, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bitmapPng } from '../bitmap.ts';
import type { Transport } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import { problemOfErrno } from './errno.ts';
import { papersOf } from './readBack.ts';

export type PictureFolder = { readonly folder: string; readonly dotsPerLine: number };

/** No printer at all: each paper becomes a picture in a folder, for trying the program out. */
export function createPictureTransport({ folder, dotsPerLine }: PictureFolder): Transport {
  return {
    send: async (job, signal, beforeFirstByte) => {
      if (signal.aborted) return failed('brokenOff');
      try {
        await mkdir(folder, { recursive: true });
        await access(folder);
      } catch (error) {
        return failed(problemOfErrno(error));
      }
      beforeFirstByte();
      try {
        let number = await lastNumber(folder);
        for (const paper of papersOf(job, dotsPerLine)) {
          number += 1;
          const file = join(folder, `paper-${String(number).padStart(5, '0')}.png`);
          // Whoever watches the folder never sees half a picture.
          await writeFile(`${file}.part`, bitmapPng(paper));
          await rename(`${file}.part`, file);
        }
      } catch (error) {
        return unknown(problemOfErrno(error));
      }
      return { kind: 'sent' };
    },
    look: () => Promise.resolve({ problem: null, isPaperNearEnd: false }),
    probe: () => Promise.resolve({ answersStatus: false, acknowledges: false, look: null }),
  };
}

async function lastNumber(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^paper-(\d+)\.png$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}
