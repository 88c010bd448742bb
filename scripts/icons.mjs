import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/places.mjs';

const icoSizes = [16, 24, 32, 48, 64, 128, 256];
const pngSize = 512;

/** A Windows icon file: a directory of PNGs. */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let at = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    // 256 is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** Draws the program's icons from resources/icon.svg into out/icons, where electron-builder looks for them. */
export async function drawIcons() {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(readFileSync(join(root, 'resources/icon.svg')));
  const draw = (size) => {
    const canvas = createCanvas(size, size);
    canvas.getContext('2d').drawImage(image, 0, 0, size, size);
    return canvas.toBuffer('image/png');
  };
  const folder = join(root, 'out/icons');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'icon.png'), draw(pngSize));
  writeFileSync(join(folder, 'icon.ico'), ico(icoSizes.map((size) => ({ size, png: draw(size) }))));
}
