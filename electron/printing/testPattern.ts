import type { Block, Paper, Style } from './blocks.ts';
import { blacken, lineHeight, px, write } from './blocks.ts';

/** 203 dots an inch, as every printer of these has them. */
const dotsPerMillimetre = 8;
const caption: Style = { size: 19, weight: 700 };

/**
 * A bar at each end of the head's dots, an arrow that points at it, and a scale in millimetres between them. What a
 * printer set too wide would cut off is missing here first.
 */
export function edgePattern(paper: Paper): Block {
  const height = 64;
  const scaleTop = 34;
  return {
    height: height + lineHeight(paper, caption),
    paint: (top) => {
      const last = paper.width;
      paper.ink(0, top, 3, height);
      paper.ink(last - 3, top, 3, height);
      for (let step = 0; step < 14; step++) {
        paper.ink(5 + step, top + 14 - step, 1, 1 + 2 * step);
        paper.ink(last - 6 - step, top + 14 - step, 1, 1 + 2 * step);
      }
      paper.ink(18, top + 13, last - 36, 3);
      for (let x = 0; x < last; x += dotsPerMillimetre) {
        const millimetres = x / dotsPerMillimetre;
        const length = millimetres % 10 === 0 ? 26 : millimetres % 5 === 0 ? 16 : 8;
        paper.ink(x, top + scaleTop, 1, length);
        if (millimetres % 10 !== 0 || x === 0 || x + 20 > last) continue;
        write(paper, String(millimetres), x, top + height - 8, {
          ...caption,
          align: 'center',
          direction: 'ltr',
        });
      }
    },
  };
}

/** Lines one to four dots thick, a chequered field that should look grey, and a black one. */
export function strokePattern(paper: Paper): Block {
  const height = px(paper, 92);
  return {
    height,
    paint: (top) => {
      const side = height - px(paper, 12);
      let x = paper.left;
      blacken(paper, x, top, side, side);
      x += side + px(paper, 16);
      for (let y = 0; y < side; y += 2) {
        for (let dot = (y >> 1) % 2; dot < side; dot += 2) paper.ink(x + dot, top + y, 1, 1);
      }
      x += side + px(paper, 16);
      const step = Math.floor(side / 4);
      for (const [row, thickness] of [1, 2, 3, 4].entries()) {
        paper.ink(x, top + row * step + 4, paper.right - x, thickness);
      }
    },
  };
}
