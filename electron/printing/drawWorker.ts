import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { bitmapPng } from './bitmap.ts';
import type { CrestNotice, DrawReply, DrawRequest, DrawWorkerData } from './drawMessages.ts';
import { createReceiptArtist } from './drawReceipt.ts';
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
const { fontsFolder, crestFile } = workerData as DrawWorkerData;
const artist = createReceiptArtist(fontsFolder, crestFile);
void artist.then(
  ({ crestProblem }) => {
    if (crestProblem !== null) say({ kind: 'crest', message: crestProblem });
  },
  // Each drawing that is asked for says so itself.
  () => {},
);
const collect = collector();

function say(message: DrawReply | CrestNotice): void {
  port?.postMessage(message);
}

async function answer(request: DrawRequest): Promise<DrawReply> {
  const bitmap = (await artist).draw(request.content, request);
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

port.on('message', (request: DrawRequest) => {
  void answer(request)
    .catch((error: unknown): DrawReply => ({ id: request.id, kind: 'failed', message: String(error) }))
    .then((reply) => {
      say(reply);
      if (collect !== null) setImmediate(collect);
    });
});
