import { parentPort, workerData } from 'node:worker_threads';
import { lookAtPrinter, problemOfSpooler, sendThroughSpooler } from './spoolJob.ts';
import type { SpoolReply, SpoolRequest, SpoolWorkerData } from './spoolMessages.ts';
import { gateIs } from './spoolMessages.ts';
import { openWinspool } from './winspool.ts';

/*
 * The thread that waits in the spooler's calls, so that main never does. It is started for the first printer that
 * needs it, and koffi is loaded here and nowhere else.
 */
if (parentPort === null) throw new Error('the spool worker is started by the spooler');
const port = parentPort;
const { libraries } = workerData as SpoolWorkerData;
const say = (reply: SpoolReply): void => port.postMessage(reply);
const winspool = openWinspool(libraries);

function answer(request: SpoolRequest): SpoolReply {
  const { id } = request;
  if (request.kind === 'list') return { id, kind: 'list', names: winspool.list() };
  if (request.kind === 'look') return { id, kind: 'look', look: lookAtPrinter(winspool, request.printer) };
  const { gate, job } = request;
  const result = sendThroughSpooler(winspool, job, {
    mayBegin: () => {
      say({ id, kind: 'ready' });
      Atomics.wait(gate, 0, gateIs.closed);
      return Atomics.load(gate, 0) === gateIs.open;
    },
    mustStop: () => Atomics.load(gate, 0) === gateIs.stop,
    onProgress: () => say({ id, kind: 'progress' }),
    pause: (ms) => void Atomics.wait(gate, 0, gateIs.open, ms),
  });
  return { id, kind: 'result', result };
}

port.on('message', (request: SpoolRequest) => {
  try {
    say(answer(request));
  } catch (error) {
    if (request.kind === 'list') {
      // The service does not run: there are no printers to choose from, and the one chosen says why.
      problemOfSpooler(error);
      say({ id: request.id, kind: 'list', names: [] });
      return;
    }
    say({ id: request.id, kind: 'broken', message: error instanceof Error ? error.message : String(error) });
  }
});
