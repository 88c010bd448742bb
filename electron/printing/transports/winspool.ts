import * as koffi from 'koffi';
import type { SpoolLibraries } from './spoolMessages.ts';

/*
 * Windows' print spooler. Every call here blocks, so that this file runs in a worker of its own (spoolWorker.ts): a
 * call's last error belongs to the thread that made it, so that it can't be asked for after an asynchronous call.
 */

/** A call that failed, with Windows' number for it. */
export class SpoolError extends Error {
  readonly code: number;
  constructor(call: string, code: number) {
    super(`${call} failed with ${code}`);
    this.code = code;
  }
}

/** An open printer; closed by `close`. */
export type SpoolHandle = bigint;

/** Bits of a printer's and of a job's state, as winspool.h has them. */
export type PrinterState = { readonly status: number; readonly attributes: number };

export type Winspool = ReturnType<typeof openWinspool>;

const localAndConnected = 0x02 | 0x04;
const insufficientBuffer = 122;
const deleteJob = 5;

/** Loads the spooler's functions. @throws Error where they are not (this is not Windows) */
export function openWinspool(libraries: SpoolLibraries) {
  const winspool = koffi.load(libraries.winspool);
  const kernel = koffi.load(libraries.kernel);
  const number = 'uint32_t';
  const text = 'str16';
  const handle = koffi.pointer(koffi.opaque());
  const bytes = 'void *';
  const numberOut = koffi.out(koffi.pointer(number));
  const declare = (name: string, ...parameters: Parameters<typeof winspool.func>[3]) =>
    winspool.func('__stdcall', name, 'int', parameters);

  const docInfo = koffi.struct({ document: text, outputFile: text, datatype: text });
  const printerName = koffi.struct({ printer: text, server: text, attributes: number });
  const printerInfo = koffi.struct({
    ...Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`pointer${at}`, bytes])),
    attributes: number,
    priority: number,
    defaultPriority: number,
    startTime: number,
    untilTime: number,
    status: number,
    jobs: number,
    pagesPerMinute: number,
  });
  const jobInfo = koffi.struct({
    id: number,
    ...Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`pointer${at}`, bytes])),
    status: number,
  });

  const lastError = kernel.func('__stdcall', 'GetLastError', number, []);
  const openPrinter = declare('OpenPrinterW', text, koffi.out(koffi.pointer(handle)), bytes);
  const closePrinter = declare('ClosePrinter', handle);
  const startDoc = declare('StartDocPrinterW', handle, number, koffi.pointer(docInfo));
  const startPage = declare('StartPagePrinter', handle);
  const writePrinter = declare('WritePrinter', handle, bytes, number, numberOut);
  const endPage = declare('EndPagePrinter', handle);
  const endDoc = declare('EndDocPrinter', handle);
  const abortPrinter = declare('AbortPrinter', handle);
  const getPrinter = declare('GetPrinterW', handle, number, bytes, number, numberOut);
  const getJob = declare('GetJobW', handle, number, number, bytes, number, numberOut);
  const setJob = declare('SetJobW', handle, number, number, bytes, number);
  const enumPrinters = declare('EnumPrintersW', number, text, number, bytes, number, numberOut, numberOut);

  /** Calls a function that says how much room it needs, and then again with that room. */
  function fill(name: string, call: (room: Buffer, needed: [number]) => unknown): Buffer {
    let room = Buffer.alloc(0);
    for (let tries = 0; tries < 5; tries++) {
      const needed: [number] = [0];
      if (call(room, needed) !== 0) return room;
      const code = Number(lastError());
      if (code !== insufficientBuffer) throw new SpoolError(name, code);
      room = Buffer.alloc(needed[0]);
    }
    throw new SpoolError(name, insufficientBuffer);
  }

  function must(name: string, result: unknown): number {
    if (typeof result === 'number' && result !== 0) return result;
    throw new SpoolError(name, Number(lastError()));
  }

  return {
    list: (): string[] => {
      const count: [number] = [0];
      const room = fill('EnumPrintersW', (buffer, needed) =>
        enumPrinters(localAndConnected, null, 4, buffer, buffer.length, needed, count),
      );
      // Without printers Windows needs no room, and there is nothing to decode.
      if (count[0] === 0) return [];
      const found = koffi.decode(room, printerName, count[0]) as { printer: string }[];
      return found.map(({ printer }) => printer).sort();
    },
    open: (printer: string): SpoolHandle => {
      const opened: [SpoolHandle | null] = [null];
      must('OpenPrinterW', openPrinter(printer, opened, null));
      if (opened[0] === null) throw new SpoolError('OpenPrinterW', 0);
      return opened[0];
    },
    close: (printer: SpoolHandle): void => void closePrinter(printer),
    state: (printer: SpoolHandle): PrinterState => {
      const room = fill('GetPrinterW', (buffer, needed) =>
        getPrinter(printer, 2, buffer, buffer.length, needed),
      );
      const { status, attributes } = koffi.decode(room, printerInfo) as PrinterState;
      return { status, attributes };
    },
    /** @returns the job's number in the printer's queue */
    startDoc: (printer: SpoolHandle, document: string, datatype: string): number => {
      const info = { document, outputFile: null, datatype };
      const job = must('StartDocPrinterW', startDoc(printer, 1, info));
      must('StartPagePrinter', startPage(printer));
      return job;
    },
    /** @returns how many of the bytes were taken, which may be fewer than were given */
    write: (printer: SpoolHandle, data: Uint8Array): number => {
      const written: [number] = [0];
      must('WritePrinter', writePrinter(printer, data, data.length, written));
      return written[0];
    },
    endDoc: (printer: SpoolHandle): void => {
      must('EndPagePrinter', endPage(printer));
      must('EndDocPrinter', endDoc(printer));
    },
    /** What is in the spooler of the job goes; what the printer has of it stays there. */
    abort: (printer: SpoolHandle): void => void abortPrinter(printer),
    /** The job's state bits; null when it is no longer in the printer's queue, or can't be followed there. */
    jobStatus: (printer: SpoolHandle, job: number): number | null => {
      try {
        const room = fill('GetJobW', (buffer, needed) =>
          getJob(printer, job, 1, buffer, buffer.length, needed),
        );
        return (koffi.decode(room, jobInfo) as { status: number }).status;
      } catch (error) {
        if (error instanceof SpoolError) return null;
        throw error;
      }
    },
    deleteJob: (printer: SpoolHandle, job: number): void => void setJob(printer, job, 0, null, deleteJob),
  };
}
