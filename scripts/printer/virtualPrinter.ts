import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { bitmapPng, rowBytes } from '../../electron/printing/bitmap.ts';
import { createEscposParser } from './escposParser.ts';
import type { Faults } from './faults.ts';
import { noFaults } from './faults.ts';
import type { PrinterLine } from './printerLine.ts';
import { createPrinterLine } from './printerLine.ts';

/** A cut paper, from one cut to the next. */
export type PrintedPaper = Bitmap & { readonly png: Buffer };

export type VirtualPrinterOptions = { readonly port?: number; readonly dotsPerLine?: number };

/** How much a printer takes in while it can't print. */
const memoryBytes = 64 * 1024;

/**
 * A receipt printer without paper: speaks ESC/POS on loopback TCP like a real one on port 9100, and keeps every
 * paper as dots and PNG.
 */
export class VirtualPrinter extends EventEmitter<{
  paper: [PrintedPaper];
  byte: [];
  drawer: [pin: number];
  /** Something that can be seen: rows that hang out, a fault that was set. */
  change: [];
}> {
  readonly papers: PrintedPaper[] = [];
  readonly faults: Faults = noFaults();
  /** Bytes that came as letters: a sender that draws everything sends none. */
  strayText = '';
  drawerPulses = 0;
  /** How many connections were made, and how many bytes of jobs came in all of them. */
  connections = 0;
  receivedBytes = 0;
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => {
    this.attach(socket, () => socket.resetAndDestroy());
  });
  /** One for the printer, not for the connection: what a broken connection left half said is still waited for. */
  readonly #parser = createEscposParser({
    raster: (bytes, rows, bits) => this.#print(bytes, rows, bits),
    feed: (dots) => this.#print(0, dots, new Uint8Array(0)),
    cut: () => this.#cut(),
    reset: () => (this.#tellsByItself = false),
    statusAsked: () => {
      if (!this.faults.ignoresStatusRequests) this.#answer(this.faults.nearEnd ? 0x03 : 0x00);
    },
    automaticStatus: (what) => {
      this.#tellsByItself = what !== 0;
      this.#lastTold = '';
      this.#tell();
    },
    processId: (id) => {
      if (!this.faults.ignoresProcessId) this.#answer(0x37, 0x22, ...id, 0x00);
    },
    drawer: (pin) => this.#openDrawer(pin),
    text: (byte) => (this.strayText += String.fromCharCode(byte)),
  });
  #answer: (...bytes: number[]) => void = () => {};
  /** Those that something may still come over, in the order in which it listens to them. */
  readonly #lines = new Set<PrinterLine>();
  readonly #streams = new Set<Duplex>();
  readonly #dotsPerLine: number;
  #rows: Uint8Array[] = [];
  /** `GS a`: what was told last, to tell only what is new. */
  #tellsByItself = false;
  #lastTold = '';
  /** Until when the paper moves for what was last printed, and who waits for that. */
  #movesUntil = 0;
  #wasPulled = false;
  #isPaced = false;

  constructor(options: VirtualPrinterOptions = {}) {
    super();
    this.#dotsPerLine = options.dotsPerLine ?? 576;
  }

  async listen(port = 0): Promise<number> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.port;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Changes what is wrong; a printer that was waiting for paper goes on by itself, as real ones do. */
  set(faults: Partial<Faults>): void {
    Object.assign(this.faults, faults);
    if (this.faults.cablePulledAfterBytes === null) this.#wasPulled = false;
    this.#tell();
    for (const line of this.#lines) line.resume();
    // Nobody is connected: it goes on all the same.
    this.#work();
    this.emit('change');
  }

  /** The next paper that is cut, or the one that is there already when `count` papers are. */
  async waitForPapers(count: number, timeoutMs = 10_000): Promise<readonly PrintedPaper[]> {
    const signal = AbortSignal.timeout(timeoutMs);
    while (this.papers.length < count) await once(this, 'paper', { signal });
    return this.papers;
  }

  /** Neither reads nor answers any more. */
  get hasStalled(): boolean {
    return [...this.#lines].some((line) => line.hasStalled());
  }

  /** Its cable was pulled, and is not back yet. */
  get isCablePulled(): boolean {
    return this.#wasPulled && this.faults.cablePulledAfterBytes !== null;
  }

  /** Rows that are printed but not yet cut off: what hangs out of the printer. */
  hanging(): Bitmap {
    return this.#bitmap();
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  /**
   * Speaks over this line too: a connection that was made, or a serial line.
   * @param pull what it looks like when the cable is pulled
   */
  attach(stream: Duplex, pull: () => void): void {
    this.connections += 1;
    const line = createPrinterLine(stream, {
      faults: this.faults,
      take: (bytes) => {
        this.receivedBytes += bytes.length;
        this.emit('byte');
        // It answers whoever it listens to.
        this.#answer = line.answer;
        this.#parser.push(bytes);
      },
      work: () => this.#work(),
      realTime: (question) => this.#realTime(question),
      drawer: (pin) => this.#openDrawer(pin),
      automaticStatus: () => this.#automaticStatus(),
      pull: () => {
        this.#wasPulled = true;
        pull();
        this.emit('change');
      },
      isItsTurn: () => this.#lines.size === 0 || [...this.#lines][0] === line,
      onDone: () => {
        this.#lines.delete(line);
        for (const next of this.#lines) next.resume();
      },
    });
    this.#streams.add(stream);
    stream.on('close', () => this.#streams.delete(stream));
    this.#lines.add(line);
    line.resume();
  }

  /** Automatic status, when something that it tells has changed. */
  #tell(): void {
    const status = this.#automaticStatus();
    if (!this.#tellsByItself || this.#lastTold === String(status)) return;
    this.#lastTold = String(status);
    this.#answer(...status);
  }

  /** Prints what it has as far as paper and pace allow. @returns false when it can hold no more */
  #work(): boolean {
    while (this.#canPrint() && !this.#isMoving() && this.#parser.step());
    const restMs = this.#movesUntil - performance.now();
    if (restMs > 0 && !this.#isPaced) {
      this.#isPaced = true;
      setTimeout(() => {
        this.#isPaced = false;
        for (const line of this.#lines) line.resume();
        this.#work();
      }, restMs).unref();
    }
    return (this.#canPrint() && restMs <= 0) || this.#parser.pendingBytes() <= memoryBytes;
  }

  #isMoving(): boolean {
    return performance.now() < this.#movesUntil;
  }

  #canPrint(): boolean {
    return !this.#isOutOfPaper() && !this.faults.coverOpen;
  }

  #isOutOfPaper(): boolean {
    return this.faults.paperOut || this.faults.paperOutAfterRows === 0;
  }

  #realTime(question: number): number {
    const isOut = this.#isOutOfPaper();
    if (question === 1) return 0x12 | (this.#canPrint() ? 0 : 0x08);
    if (question === 2) return 0x12 | (this.faults.coverOpen ? 0x04 : 0) | (isOut ? 0x20 : 0);
    if (question === 3) return 0x12;
    return 0x12 | (isOut ? 0x60 : 0) | (this.faults.nearEnd || isOut ? 0x0c : 0);
  }

  #automaticStatus(): number[] {
    const isOut = this.#isOutOfPaper();
    return [
      0x10 | (this.#canPrint() ? 0 : 0x08) | (this.faults.coverOpen ? 0x20 : 0),
      0,
      isOut ? 0x0c : 0,
      0x0f,
    ];
  }

  #print(bytes: number, rows: number, bits: Uint8Array): void {
    const width = rowBytes(this.#dotsPerLine);
    for (let y = 0; y < rows; y++) {
      if (this.faults.paperOutAfterRows !== null) {
        // A band that has begun is lost with the roll's end: nobody prints it again.
        if (this.faults.paperOutAfterRows === 0) break;
        this.faults.paperOutAfterRows -= 1;
        if (this.faults.paperOutAfterRows === 0) this.#tell();
      }
      const row = new Uint8Array(width);
      // Dots beyond the head are lost, as on paper.
      row.set(bits.subarray(y * bytes, y * bytes + Math.min(bytes, width)));
      this.#rows.push(row);
    }
    if (this.faults.rowsPerSecond !== null)
      this.#movesUntil = performance.now() + (rows * 1_000) / this.faults.rowsPerSecond;
    this.emit('change');
  }

  #bitmap(): Bitmap {
    return { width: this.#dotsPerLine, height: this.#rows.length, bits: Buffer.concat(this.#rows) };
  }

  #openDrawer(pin: number): void {
    this.drawerPulses += 1;
    this.emit('drawer', pin === 1 || pin === 49 ? 5 : 2);
  }

  #cut(): void {
    if (this.#rows.length === 0) return;
    const bitmap = this.#bitmap();
    this.#rows = [];
    const paper = { ...bitmap, png: bitmapPng(bitmap) };
    this.papers.push(paper);
    this.emit('paper', paper);
  }
}

export async function startVirtualPrinter(options: VirtualPrinterOptions = {}): Promise<VirtualPrinter> {
  const printer = new VirtualPrinter(options);
  await printer.listen(options.port ?? 0);
  return printer;
}
