import type { SKRSContext2D } from '@napi-rs/canvas';
import { family } from './fonts.ts';
import type { Measure } from './wrap.ts';
import { wrapEvenly, wrapWords } from './wrap.ts';

/** A piece of the receipt: how tall it is, and how to paint it below a given row. */
export type Block = { readonly height: number; readonly paint: (top: number) => void };

export type Align = 'right' | 'center' | 'left';
export type Style = { readonly size: number; readonly weight?: 500 | 700; readonly align?: Align };

/** The receipt's paper: what is written on it is always black, from right to left unless said otherwise. */
export type Paper = {
  readonly ctx: SKRSContext2D;
  readonly width: number;
  /** Where writing begins and ends: cheap printers lose the outermost dots, so never at the very edge. */
  readonly left: number;
  readonly right: number;
  /** Sizes are given for 576 dots and shrink for narrow paper, but less than the paper does: it must be read. */
  readonly scale: number;
  /** A black rectangle of whole dots. It is put on the finished bitmap, under nothing: never below white writing. */
  readonly ink: (x: number, y: number, width: number, height: number) => void;
  readonly pen: Pen;
};

/** What the canvas is set to now: each setting costs more than to remember it. */
export type Pen = { font: string; direction: string; align: string; color: string };

export function freshPen(): Pen {
  return { font: '', direction: '', align: '', color: '' };
}

/** The same paper, written on between narrower edges. */
export function narrowed(paper: Paper, edges: { readonly left?: number; readonly right?: number }): Paper {
  return { ...paper, left: paper.left + (edges.left ?? 0), right: paper.right - (edges.right ?? 0) };
}

export function px(paper: Paper, size: number): number {
  return Math.round(size * paper.scale);
}

export function innerWidth(paper: Paper): number {
  return paper.right - paper.left;
}

function fontOf(paper: Paper, style: Style): string {
  return `${style.weight ?? 500} ${px(paper, style.size)}px "${family}"`;
}

function useFont({ ctx, pen }: Paper, font: string): void {
  if (pen.font === font) return;
  ctx.font = font;
  pen.font = font;
}

/** Widths by font and text: labels, months and services are the same on every receipt. */
const widths = new Map<string, Map<string, number>>();
/** Names and numbers pass by once: a font's widths are forgotten when they are this many. */
const mostWidths = 4_000;

export function measurer(paper: Paper, style: Style): Measure {
  const font = fontOf(paper, style);
  let known = widths.get(font);
  if (known === undefined || known.size > mostWidths) widths.set(font, (known = new Map<string, number>()));
  const measured = known;
  return (text) => {
    let width = measured.get(text);
    if (width === undefined) {
      useFont(paper, font);
      measured.set(text, (width = paper.ctx.measureText(text).width));
    }
    return width;
  };
}

/** Arabic with tashkeel needs air above and below. */
export function lineHeight(paper: Paper, style: Style): number {
  return Math.round(px(paper, style.size) * 1.42);
}

function baseline(paper: Paper, style: Style): number {
  return Math.round(px(paper, style.size) * 1.03);
}

export type Run = Style & { readonly direction?: 'rtl' | 'ltr'; readonly color?: 'black' | 'white' };

/** One line of text whose right edge, middle or left edge (by `align`) is at `x`. */
export function write(paper: Paper, text: string, x: number, top: number, run: Run): void {
  const { ctx, pen } = paper;
  const { direction = 'rtl', align = 'right', color = 'black' } = run;
  useFont(paper, fontOf(paper, run));
  if (pen.direction !== direction) ctx.direction = pen.direction = direction;
  if (pen.align !== align) ctx.textAlign = pen.align = align;
  if (pen.color !== color) setColor(paper, color);
  ctx.fillText(text, x, top + baseline(paper, run));
}

function setColor({ ctx, pen }: Paper, color: 'black' | 'white'): void {
  ctx.fillStyle = color;
  pen.color = color;
}

/** A black rectangle that may be written on in white. */
export function blacken(paper: Paper, x: number, y: number, width: number, height: number): void {
  if (paper.pen.color !== 'black') setColor(paper, 'black');
  paper.ctx.fillRect(x, y, width, height);
}

export function gap(paper: Paper, size: number): Block {
  return { height: px(paper, size), paint: () => {} };
}

/** A line across the paper. */
export function rule(paper: Paper, kind: 'thin' | 'thick' | 'dotted' = 'thin'): Block {
  const thickness = kind === 'thick' ? 3 : 2;
  return {
    height: thickness,
    paint: (top) => {
      if (kind !== 'dotted') {
        paper.ink(paper.left, top, innerWidth(paper), thickness);
        return;
      }
      for (let x = paper.left; x < paper.right; x += 6) paper.ink(x, top, 2, thickness);
    },
  };
}

/** Text in as many lines as it needs; centred lines are about as long as each other. */
export function paragraph(paper: Paper, text: string, style: Style): Block {
  const align = style.align ?? 'right';
  const wrap = align === 'center' ? wrapEvenly : wrapWords;
  const lines = wrap(text, innerWidth(paper), measurer(paper, style));
  const step = lineHeight(paper, style);
  const x =
    align === 'center' ? (paper.left + paper.right) / 2 : align === 'right' ? paper.right : paper.left;
  return {
    height: lines.length * step,
    paint: (top) => {
      lines.forEach((line, index) => write(paper, line, x, top + index * step, { ...style, align }));
    },
  };
}

/**
 * «label: value»: the value starts beside its label and hangs under itself when it needs more lines; below a label that
 * takes most of the line.
 */
export function labelled(paper: Paper, label: string, value: string, style: Style): Block {
  const labelStyle: Style = { size: style.size, weight: 500 };
  const valueStyle: Style = { ...style, weight: 700 };
  const labelText = `${label}:`;
  const offset = Math.ceil(measurer(paper, labelStyle)(labelText)) + px(paper, 10);
  if (offset > innerWidth(paper) * 0.6) {
    return stack([paragraph(paper, labelText, labelStyle), paragraph(paper, value, valueStyle)]);
  }
  const lines = wrapWords(value, innerWidth(paper) - offset, measurer(paper, valueStyle));
  const step = lineHeight(paper, style);
  const right = paper.right;
  return {
    height: Math.max(1, lines.length) * step,
    paint: (top) => {
      write(paper, labelText, right, top, labelStyle);
      lines.forEach((line, index) => write(paper, line, right - offset, top + index * step, valueStyle));
    },
  };
}

/** Two «label: value» on one line, or one below the other where the paper is too narrow. */
export function labelledPair(
  paper: Paper,
  right: readonly [label: string, value: string],
  left: readonly [label: string, value: string],
  style: Style,
): Block {
  const space = px(paper, 10);
  const plain = measurer(paper, { size: style.size, weight: 500 });
  const labels = [right, left].map(([label]) => Math.ceil(plain(`${label}:`)) + space);
  const bold = measurer(paper, { ...style, weight: 700 });
  const values = [right, left].map(([, value]) => Math.ceil(bold(value)));
  const widths = labels.map((width, index) => width + (values[index] ?? 0));
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total + px(paper, 24) > innerWidth(paper)) {
    return stack([labelled(paper, ...right, style), labelled(paper, ...left, style)]);
  }
  const first = labelled(paper, ...right, style);
  return {
    height: first.height,
    paint: (top) => {
      first.paint(top);
      const edge = paper.left + (widths[1] ?? 0);
      write(paper, `${left[0]}:`, edge, top, { size: style.size, weight: 500 });
      write(paper, left[1], edge - (labels[1] ?? 0), top, { ...style, weight: 700 });
    },
  };
}

/** Label at the right edge, an amount at the left edge; the label wraps, and stands above where it would be squeezed. */
export function amountLine(paper: Paper, label: string, figures: string, mark: string, style: Style): Block {
  const amount = amountRun(paper, figures, mark, style);
  const room = innerWidth(paper) - amount.width - px(paper, 16);
  const isTight = room < innerWidth(paper) * 0.25 && measurer(paper, style)(label) > room;
  if (isTight) return stack([paragraph(paper, label, style), amountLine(paper, '', figures, mark, style)]);
  const lines = wrapWords(label, room, measurer(paper, style));
  const step = lineHeight(paper, style);
  return {
    height: Math.max(1, lines.length) * step,
    paint: (top) => {
      lines.forEach((line, index) => write(paper, line, paper.right, top + index * step, style));
      amount.paintFromLeft(paper.left, top);
    },
  };
}

/**
 * An amount as two runs of their own: the figures, left to right, and the currency's mark at their left (read after
 * them). One mixed run would be at the mercy of what stands around it.
 */
export function amountRun(paper: Paper, figures: string, mark: string, style: Style) {
  const bold: Style = { ...style, weight: 700 };
  const measure = measurer(paper, bold);
  const space = mark === '' ? 0 : Math.round(px(paper, style.size) * 0.24);
  const markWidth = mark === '' ? 0 : Math.ceil(measure(mark));
  const figuresWidth = Math.ceil(measure(figures));
  return {
    width: markWidth + space + figuresWidth,
    paintFromLeft: (left: number, top: number) => {
      if (mark !== '') write(paper, mark, left, top, { ...bold, align: 'left' });
      write(paper, figures, left + markWidth + space, top, { ...bold, align: 'left', direction: 'ltr' });
    },
  };
}

/** White on black, across the whole paper: what nobody may overlook. */
export function band(paper: Paper, text: string, style: Style): Block {
  const lines = wrapWords(text, innerWidth(paper) - px(paper, 24), measurer(paper, style));
  const step = lineHeight(paper, style);
  const padding = px(paper, 7);
  const height = lines.length * step + 2 * padding;
  return {
    height,
    paint: (top) => {
      blacken(paper, 0, top, paper.width, height);
      lines.forEach((line, index) =>
        write(paper, line, paper.width / 2, top + padding + index * step, {
          ...style,
          align: 'center',
          color: 'white',
        }),
      );
    },
  };
}

/** Short white words on black, whose right edge is where it is painted. */
export function blackLabel(paper: Paper, text: string, style: Style) {
  const width = Math.ceil(measurer(paper, style)(text)) + px(paper, 24);
  const height = lineHeight(paper, style);
  return {
    width,
    height,
    paint: (right: number, top: number) => {
      blacken(paper, right - width, top, width, height);
      write(paper, text, right - px(paper, 12), top, { ...style, color: 'white' });
    },
  };
}

/** Blocks in a frame; the inner blocks keep clear of it by themselves (they are centred). */
export function framed(paper: Paper, blocks: readonly Block[], thickness = 3): Block {
  const padding = px(paper, 8);
  const inner = blocks.reduce((sum, block) => sum + block.height, 0);
  const height = inner + 2 * (padding + thickness);
  return {
    height,
    paint: (top) => {
      const { ctx } = paper;
      ctx.strokeStyle = 'black';
      ctx.lineWidth = thickness;
      ctx.beginPath();
      ctx.roundRect(
        paper.left + thickness / 2,
        top + thickness / 2,
        innerWidth(paper) - thickness,
        height - thickness,
        px(paper, 12),
      );
      ctx.stroke();
      stack(blocks).paint(top + padding + thickness);
    },
  };
}

export function stack(blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, block) => sum + block.height, 0),
    paint: (top) => {
      let at = top;
      for (const block of blocks) {
        block.paint(at);
        at += block.height;
      }
    },
  };
}
