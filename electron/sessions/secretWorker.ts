import { parentPort } from 'node:worker_threads';
import { scrypt } from 'hash-wasm';
import type { DeriveReply, DeriveRequest } from './deriveMessages.ts';

/**
 * Computes scrypt beside the main thread. Not with `node:crypto`: in Electron that takes twice the time of one
 * computation, and the thread that asks stands still for half of it (docs/performance.md).
 */
async function answer(request: DeriveRequest): Promise<DeriveReply> {
  const key = await scrypt({
    password: request.secret,
    salt: request.salt,
    costFactor: request.cost,
    blockSize: request.blockSize,
    parallelism: 1,
    hashLength: request.keyLength,
    outputType: 'binary',
  });
  return { id: request.id, key };
}

const port = parentPort;
if (port === null) throw new Error('the secret worker runs as a worker thread only');

port.on('message', (request: DeriveRequest) => {
  void answer(request)
    .catch((error: unknown): DeriveReply => ({ id: request.id, failed: String(error) }))
    .then((reply) => port.postMessage(reply));
});
