import { Worker } from 'node:worker_threads';
import type { PrintProblem } from '../../../shared/ipc/contract.ts';
import type { PrinterLook, SendResult, Transport } from '../transport.ts';
import { failed, unknown } from '../transport.ts';
import { listenFor } from './listening.ts';
import type { Patience } from './patience.ts';
import { usualPatience } from './patience.ts';
import type { SpoolLibraries, SpoolReply, SpoolRequest, SpoolWorkerData } from './spoolMessages.ts';
import { gateIs } from './spoolMessages.ts';

export type SpoolerParts = {
  /** spoolWorker.ts in a checkout, the bundled spoolWorker.cjs in the program. */
  readonly workerFile: string | URL;
  readonly libraries: SpoolLibraries;
  readonly patience?: Partial<Patience>;
};

export type SpooledPrinter = { readonly printer: string; readonly datatype: 'RAW' | 'XPS_PASS' };

export type Spooler = {
  readonly transportFor: (printer: SpooledPrinter) => Transport;
  /** The printers that this PC's user can print on; none where there is no spooler. */
  readonly list: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** What may be asked of the worker; the id is given by whoever asks. */
type Asked = SpoolRequest extends infer R ? (R extends SpoolRequest ? Omit<R, 'id'> : never) : never;

/**
 * The Windows spooler, through a worker that is started when it is first needed. A driver that hangs, hangs the worker:
 * it is given up on (a thread inside a native call can't be ended) and another is started for the next job, but never a
 * second for a printer whose call has not come back.
 */
export function createSpooler(parts: SpoolerParts): Spooler {
  const patience: Patience = { ...usualPatience, ...parts.patience };
  const listeners = new Map<number, (reply: SpoolReply) => void>();
  /** Printers whose call was given up on, until it comes back. */
  const hung = new Set<string>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const workerData: SpoolWorkerData = { libraries: parts.libraries };
    const started = new Worker(parts.workerFile, { workerData });
    started.unref();
    const mine = new Set<number>();
    started.on('message', (reply: SpoolReply) => listeners.get(reply.id)?.(reply));
    const gone = (message: string) => {
      if (worker === started) worker = null;
      for (const id of mine) listeners.get(id)?.({ id, kind: 'broken', message });
    };
    started.on('error', (error) => gone(String(error)));
    started.on('exit', (code) => gone(`the spool worker ended with ${code}`));
    idsOf.set(started, mine);
    return started;
  }
  const idsOf = new WeakMap<Worker, Set<number>>();

  /** Asks the worker; `onReply` says true when nothing more is expected. @returns how to give up on it */
  function ask(
    request: Asked,
    onReply: (reply: SpoolReply) => boolean,
  ): { giveUp: (isHungOn?: string) => void } {
    worker ??= start();
    const asked = worker;
    const id = ++lastId;
    const mine = idsOf.get(asked);
    mine?.add(id);
    const forget = () => {
      listeners.delete(id);
      mine?.delete(id);
    };
    listeners.set(id, (reply) => {
      if (onReply(reply)) forget();
    });
    asked.postMessage({ ...request, id });
    return {
      giveUp: (printer) => {
        if (worker === asked) worker = null;
        if (printer !== undefined) hung.add(printer);
        listeners.set(id, (reply) => {
          // It came back after all: what it did is known to be over, and nobody waits for it any more.
          if (reply.kind === 'ready' || reply.kind === 'progress') return;
          if (printer !== undefined) hung.delete(printer);
          forget();
          void asked.terminate();
        });
      },
    };
  }

  function askOnce<T>(
    request: Asked,
    timeoutMs: number,
    late: T,
    read: (reply: SpoolReply) => T,
  ): Promise<T> {
    return new Promise((resolve) => {
      const asking = ask(request, (reply) => {
        waiting.stop();
        resolve(read(reply));
        return true;
      });
      const waiting = listenFor(timeoutMs, () => {
        asking.giveUp();
        resolve(late);
      });
    });
  }

  function look(printer: string): Promise<PrinterLook | null> {
    const trouble = (problem: PrintProblem): PrinterLook => ({ problem, isPaperNearEnd: false });
    if (hung.has(printer)) return Promise.resolve(trouble('unreachable'));
    return askOnce({ kind: 'look', printer }, patience.connectMs, trouble('unreachable'), (reply) =>
      reply.kind === 'look' ? reply.look : trouble('spooler'),
    );
  }

  function send(
    { printer, datatype }: SpooledPrinter,
    bytes: Uint8Array,
    signal: AbortSignal,
    beforeFirstByte: () => void,
  ): Promise<SendResult> {
    if (signal.aborted) return Promise.resolve(failed('brokenOff'));
    if (hung.has(printer)) return Promise.resolve(failed('unreachable'));
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const setGate = (value: number) => {
      Atomics.store(gate, 0, value);
      Atomics.notify(gate, 0);
    };
    return new Promise((resolve, reject) => {
      let hasBegun = false;
      const end = () => {
        waiting.stop();
        signal.removeEventListener('abort', abort);
      };
      const outcome = (problem: PrintProblem) => (hasBegun ? unknown(problem) : failed(problem));
      const giveUp = () => {
        end();
        // Whenever the call comes back, nothing more is written and the job is taken out of the spooler.
        setGate(gateIs.stop);
        asking.giveUp(printer);
        resolve(outcome(hasBegun ? 'timedOut' : 'unreachable'));
      };
      // The worker stops at its next breath and says so; a hung one is given up on in time.
      const abort = () => {
        setGate(gateIs.stop);
        again();
      };
      let waiting = listenFor(patience.connectMs, giveUp);
      const again = () => {
        waiting.stop();
        waiting = listenFor(signal.aborted ? patience.closeMs : patience.stallMs, giveUp);
      };
      signal.addEventListener('abort', abort, { once: true });

      const job = { printer, datatype, bytes, followMs: patience.silenceMs };
      const asking = ask({ kind: 'send', job, gate }, (reply) => {
        if (reply.kind === 'progress') again();
        else if (reply.kind === 'ready') begin();
        else {
          end();
          resolve(reply.kind === 'result' ? reply.result : outcome('spooler'));
          return true;
        }
        return false;
      });

      function begin(): void {
        if (signal.aborted) return;
        try {
          beforeFirstByte();
        } catch (error) {
          // The worker ends its empty job; nobody needs its word.
          end();
          setGate(gateIs.stop);
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        hasBegun = true;
        again();
        setGate(gateIs.open);
      }
    });
  }

  return {
    transportFor: (printer) => ({
      send: (bytes, signal, beforeFirstByte) => send(printer, bytes, signal, beforeFirstByte),
      look: () => look(printer.printer),
      probe: async () => ({
        answersStatus: false,
        acknowledges: false,
        look: await look(printer.printer),
      }),
    }),
    list: () =>
      askOnce<readonly string[]>({ kind: 'list' }, patience.connectMs, [], (reply) =>
        reply.kind === 'list' ? reply.names : [],
      ),
    close: async () => {
      const closing = worker;
      worker = null;
      await closing?.terminate();
    },
  };
}
