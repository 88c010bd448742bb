import { createServer } from 'node:net';
import * as jsqr from 'jsqr';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { isBlack } from '../../electron/printing/bitmap.ts';
import type { VirtualPrinter } from '../printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../printer/virtualPrinter.ts';

/** Where the demonstration municipality expects its printer. */
export const usualPort = 9100;

/** The demonstration's printer; on another port where something already listens on the usual one. */
export async function startDemoPrinter(): Promise<VirtualPrinter> {
  return startVirtualPrinter({ port: (await isFree(usualPort)) ? usualPort : 0 });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

type ReadQr = (rgba: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

/** What a phone reads from the paper. @throws Error when it reads nothing */
export function readPaperQr(paper: Bitmap): string {
  const rgba = new Uint8ClampedArray(paper.width * paper.height * 4).fill(255);
  for (let y = 0; y < paper.height; y += 1) {
    for (let x = 0; x < paper.width; x += 1) {
      const place = (y * paper.width + x) * 4;
      if (isBlack(paper, x, y)) rgba.fill(0, place, place + 3);
    }
  }
  // The package is CommonJS with a default of its own, which Node does not unwrap.
  const { default: outer } = jsqr as unknown as { default: ReadQr | { default: ReadQr } };
  const read = typeof outer === 'function' ? outer : outer.default;
  const found = read(rgba, paper.width, paper.height)?.data;
  if (found === undefined) throw new Error('no code can be read on the paper');
  return found;
}
