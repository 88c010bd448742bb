import type { Block, Paper } from './blocks.ts';
import { dotsPerModule, qrCode, quietModules } from './qrCode.ts';

export type QrBlock = {
  /** Dots on one side, with the quiet zone. */
  readonly side: number;
  readonly at: (left: number) => Block;
};

/** A code in whole dots, so that no scanner sees a blurred edge. */
export function qrBlock(text: string, paper: Paper): QrBlock {
  const code = qrCode(text);
  const dots = dotsPerModule(code.modules, paper.width);
  const side = (code.modules + 2 * quietModules) * dots;
  const at = (left: number): Block => ({
    height: side,
    paint: (top) => {
      // Modules side by side become one rectangle.
      const first = left + quietModules * dots;
      for (let y = 0; y < code.modules; y++) {
        for (let x = 0; x < code.modules; x++) {
          const start = x;
          while (x < code.modules && code.isDark(x, y)) x += 1;
          if (x === start) continue;
          paper.ink(first + start * dots, top + (y + quietModules) * dots, (x - start) * dots, dots);
        }
      }
    },
  });
  return { side, at };
}
