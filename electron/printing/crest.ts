import type { Canvas, Image } from '@napi-rs/canvas';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { CrestProblem } from '../../shared/domain/printed.ts';
import { mostPictureBytes } from '../../shared/domain/printed.ts';
import { pictureType } from './pictureType.ts';

/** The municipality's crest or logo, in black and white at any size that is asked for. */
export type Crest = {
  readonly width: number;
  readonly height: number;
  readonly at: (width: number, height: number) => Canvas;
};

/** Why a picture can't stand above a paper. */
export class UnusableCrest extends Error {
  readonly problem: CrestProblem;
  constructor(problem: CrestProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

const mostPixelsAcross = 6_000;
/** Darker is ink; the same as for letters. */
const threshold = 160;

/**
 * A crest from the bytes of an SVG, PNG or JPEG.
 * @throws UnusableCrest
 */
export async function readCrest(file: Uint8Array): Promise<Crest> {
  if (file.length > mostPictureBytes) throw new UnusableCrest('tooLarge', `it has ${file.length} bytes`);
  const claimed = pngSize(Buffer.from(file));
  if (claimed > mostPixelsAcross) throw new UnusableCrest('tooLarge', `it says it is ${claimed} pixels`);
  const image = await pictureOf(file);
  const { width, height } = image;
  if (width < 1 || height < 1) throw new UnusableCrest('notPicture', 'it has no size');
  if (Math.max(width, height) > mostPixelsAcross)
    throw new UnusableCrest('tooLarge', `it is ${width} × ${height} pixels`);
  // Torn in the middle of a download, or white on nothing.
  if (!hasInk(blackAndWhite(image, 64, 64))) throw new UnusableCrest('blank', 'nothing of it would be seen');
  const drawn = new Map<string, Canvas>();
  return {
    width,
    height,
    at: (across, down) => {
      const key = `${across}x${down}`;
      const known = drawn.get(key) ?? blackAndWhite(image, across, down);
      drawn.set(key, known);
      return known;
    },
  };
}

/** How many pixels a PNG says it has across or down; 0 for another kind. A hundred kilobytes can unpack to gigabytes. */
function pngSize(file: Buffer): number {
  const isPng = file.length >= 24 && pictureType(file) === 'image/png';
  return isPng ? Math.max(file.readUInt32BE(16), file.readUInt32BE(20)) : 0;
}

async function pictureOf(file: Uint8Array): Promise<Image> {
  try {
    return await loadImage(Buffer.from(file));
  } catch (error) {
    throw new UnusableCrest('notPicture', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Thermal paper knows no grey. A line drawing is cut at a threshold, which keeps its edges; a coloured or shaded
 * picture is scattered into dots, or half of it would be missing.
 */
function blackAndWhite(image: Image, width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d', { alpha: false });
  ctx.fillStyle = 'white';
  ctx.fillRect(0, 0, width, height);
  ctx.drawImage(image, 0, 0, width, height);
  const picture = ctx.getImageData(0, 0, width, height);
  const grey = greyOf(picture.data);
  const ink = isShaded(grey) ? scattered(grey, width) : grey.map((value) => (value < threshold ? 0 : 255));
  for (let index = 0; index < ink.length; index++) {
    picture.data.fill(ink[index] ?? 255, index * 4, index * 4 + 3);
  }
  ctx.putImageData(picture, 0, 0);
  return canvas;
}

function hasInk(canvas: Canvas): boolean {
  return canvas
    .getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height)
    .data.some((value) => value === 0);
}

function greyOf(rgba: Uint8ClampedArray): Float32Array {
  const grey = new Float32Array(rgba.length / 4);
  for (let index = 0; index < grey.length; index++) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(index * 4, index * 4 + 3);
    grey[index] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return grey;
}

/**
 * A drawing in a few flat colours has most of what is between black and white in a few tones, and its soft edges are a
 * small part of it; a shaded one has it everywhere.
 */
function isShaded(grey: Float32Array): boolean {
  const tones = new Uint32Array(32);
  let inked = 0;
  let between = 0;
  for (const value of grey) {
    if (value < 245) inked += 1;
    if (value <= 40 || value >= 215) continue;
    between += 1;
    const tone = Math.floor(value / 8);
    tones[tone] = (tones[tone] ?? 0) + 1;
  }
  const flat = tones
    .sort()
    .slice(-4)
    .reduce((sum, count) => sum + count, 0);
  return between > inked * 0.4 && flat < between * 0.5;
}

/** Floyd and Steinberg: what a dot is too dark or too light is passed on to its neighbours. */
function scattered(grey: Float32Array, width: number): Float32Array {
  const left = Float32Array.from(grey);
  for (let index = 0; index < left.length; index++) {
    const value = left[index] ?? 255;
    const dot = value < 128 ? 0 : 255;
    const error = value - dot;
    left[index] = dot;
    const x = index % width;
    const pass = (to: number, share: number): void => {
      if (to < left.length) left[to] = (left[to] ?? 0) + error * share;
    };
    if (x + 1 < width) pass(index + 1, 7 / 16);
    if (x > 0) pass(index + width - 1, 3 / 16);
    pass(index + width, 5 / 16);
    if (x + 1 < width) pass(index + width + 1, 1 / 16);
  }
  return left;
}
