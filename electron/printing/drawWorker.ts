import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { bitmapPng } from './bitmap.ts';
import type { Crest } from './crest.ts';
import { findCrest } from './crestSource.ts';
import type { CrestNotice, DrawReply, DrawRequest, DrawWorkerData } from './drawMessages.ts';
import type { ReceiptArtist } from './drawReceipt.ts';
import { createReceiptArtist } from './drawReceipt.ts';
import { crestSize } from './letterhead.ts';
import { rasterCommands } from './raster.ts';

/**
 * Draws receipts beside the main thread. The pixels that the canvas hands out lie outside the garbage collector's
 * sight: without a nudge after each receipt they pile up to hundreds of megabytes, and the next receipt pays 16 ms
 * for fresh memory instead of half a millisecond (measured).
 */
function collector(): (() => void) | null {
  // Electron's memory cage does not allow such pixels at all, so there is nothing to nudge.
  if (process.versions.electron !== undefined) return null;
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : null');
  return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : null;
}

const port = parentPort;
if (port === null) throw new Error('the drawing worker runs as a worker thread only');
const { fontsFolder, crestFile, logo } = workerData as DrawWorkerData;
const ready = begin();
// Each drawing that is asked for says so itself.
ready.catch(() => {});
const collect = collector();

async function begin(): Promise<ReceiptArtist> {
  const artist = createReceiptArtist(fontsFolder);
  const { crest, problem } = await findCrest(logo, crestFile);
  artist.useCrest(crest);
  say({ kind: 'crestAtStart', problem });
  return artist;
}

function say(message: DrawReply | CrestNotice): void {
  port?.postMessage(message);
}

async function answer(request: DrawRequest): Promise<DrawReply> {
  const artist = await ready;
  if ('logo' in request) {
    const { crest, problem } = await findCrest(request.logo, crestFile);
    if (request.kind === 'useCrest') artist.useCrest(crest);
    return { id: request.id, kind: 'crest', problem, png: crest === null ? null : crestPicture(crest) };
  }
  const bitmap = artist.draw(request.content, request);
  const { width, height } = bitmap;
  if (request.kind === 'picture') {
    return { id: request.id, kind: 'picture', width, height, png: bitmapPng(bitmap) };
  }
  return {
    id: request.id,
    kind: 'job',
    width,
    height,
    deflated: deflateSync(bitmap.bits, { level: 3 }),
    raster: rasterCommands(bitmap),
  };
}

/** As on 80 mm paper. */
function crestPicture(crest: Crest): Uint8Array {
  const { width, height } = crestSize(crest, 116, 448);
  return crest.at(width, height).toBuffer('image/png');
}

port.on('message', (request: DrawRequest) => {
  void answer(request)
    .catch((error: unknown): DrawReply => ({ id: request.id, kind: 'failed', message: String(error) }))
    .then((reply) => {
      say(reply);
      if (collect !== null) setImmediate(collect);
    });
});
