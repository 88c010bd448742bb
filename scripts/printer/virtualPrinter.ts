import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Bitmap } from '../../electron/printing/bitmap.ts';
import { bitmapPng, rowBytes } from '../../electron/printing/bitmap.ts';
import { createEscposParser, createRealTimeScanner } from './escposParser.ts';

/** A cut paper, from one cut to the next. */
export type PrintedPaper = Bitmap & { readonly png: Buffer };

/** What may go wrong with a printer; each can be set and taken back while it runs. */
export type Faults = {
  paperOut: boolean;
  /** The roll ends after that many rows from now; the printer then stops where it is. */
  paperOutAfterRows: number | null;
  coverOpen: boolean;
  nearEnd: boolean;
  /** Takes that many bytes of a connection and then neither reads nor answers. */
  stallAfterBytes: number | null;
  /** Reads no faster than this. */
  bytesPerSecond: number | null;
  /** The connection breaks after that many bytes of it. */
  cablePulledAfterBytes: number | null;
  /** Automatic status between everything else. */
  statusNoise: boolean;
  /** A clone that answers nothing at all. */
  isSilent: boolean;
  /** A clone that answers DLE EOT but not GS r. */
  ignoresStatusRequests: boolean;
  /** A clone that does not know GS ( H. */
  ignoresProcessId: boolean;
};

export function noFaults(): Faults {
  return {
    paperOut: false,
    paperOutAfterRows: null,
    coverOpen: false,
    nearEnd: false,
    stallAfterBytes: null,
    bytesPerSecond: null,
    cablePulledAfterBytes: null,
    statusNoise: false,
    isSilent: false,
    ignoresStatusRequests: false,
    ignoresProcessId: false,
  };
}

export type VirtualPrinterOptions = { readonly port?: number; readonly dotsPerLine?: number };

/** How much a printer takes in while it can't print. */
const memoryBytes = 64 * 1024;

/**
 * A receipt printer without paper: speaks ESC/POS on loopback TCP like a real one on port 9100, and keeps every
 * paper as dots and PNG.
 */
export class VirtualPrinter extends EventEmitter<{ paper: [PrintedPaper]; byte: [] }> {
  readonly papers: PrintedPaper[] = [];
  readonly faults: Faults = noFaults();
  /** Bytes that came as letters: a sender that draws everything sends none. */
  strayText = '';
  drawerPulses = 0;
  /** How many connections were made, and how many bytes of jobs came in all of them. */
  connections = 0;
  receivedBytes = 0;
  readonly #server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('end', () => socket.end());
    this.attach(socket, () => socket.resetAndDestroy());
  });
  /** One for the printer, not for the connection: what a broken connection left half said is still waited for. */
  readonly #parser = createEscposParser({
    raster: (bytes, rows, bits) => this.#print(bytes, rows, bits),
    feed: (dots) => this.#print(0, dots, new Uint8Array(0)),
    cut: () => this.#cut(),
    reset: () => {},
    statusAsked: () => {
      if (!this.faults.ignoresStatusRequests) this.#answer(this.faults.nearEnd ? 0x03 : 0x00);
    },
    automaticStatus: () => {},
    processId: (id) => {
      if (!this.faults.ignoresProcessId) this.#answer(0x37, 0x22, ...id, 0x00);
    },
    drawer: () => (this.drawerPulses += 1),
    text: (byte) => (this.strayText += String.fromCharCode(byte)),
  });
  /** Speaks to whoever connected last. */
  #answer: (...bytes: number[]) => void = () => {};
  readonly #lines = new Map<Duplex, () => void>();
  readonly #dotsPerLine: number;
  #rows: Uint8Array[] = [];

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
    for (const resume of this.#lines.values()) resume();
  }

  /** The next paper that is cut, or the one that is there already when `count` papers are. */
  async waitForPapers(count: number, timeoutMs = 10_000): Promise<readonly PrintedPaper[]> {
    const signal = AbortSignal.timeout(timeoutMs);
    while (this.papers.length < count) await once(this, 'paper', { signal });
    return this.papers;
  }

  /** Rows that are printed but not yet cut off: what hangs out of the printer. */
  hanging(): Bitmap {
    return this.#bitmap();
  }

  async close(): Promise<void> {
    for (const line of this.#lines.keys()) line.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  /**
   * Speaks over this line too: a connection that was made, or a serial line.
   * @param pull what it looks like when the cable is pulled
   */
  attach(line: Duplex, pull: () => void): void {
    this.connections += 1;
    const { faults } = this;
    let taken = 0;
    let isPaused = false;
    const answer = (...bytes: number[]) => {
      if (faults.isSilent || line.destroyed || hasStalled()) return;
      if (faults.statusNoise) line.write(Buffer.from(this.#automaticStatus()));
      for (const byte of bytes) line.write(Buffer.from([byte]));
      if (faults.statusNoise) line.write(Buffer.from(this.#automaticStatus()));
    };
    const hasStalled = () => faults.stallAfterBytes !== null && taken >= faults.stallAfterBytes;
    const scan = createRealTimeScanner((question) => answer(this.#realTime(question)));
    this.#answer = answer;
    const parser = this.#parser;
    const work = () => {
      while (this.#canPrint() && parser.step());
      const isFull = parser.pendingBytes() > memoryBytes;
      if ((isFull && !this.#canPrint()) || hasStalled()) line.pause();
      else if (!isPaused) line.resume();
    };
    this.#lines.set(line, work);
    line.on('data', (bytes) => {
      const pulledAt = faults.cablePulledAfterBytes;
      taken += bytes.length;
      this.receivedBytes += bytes.length;
      this.emit('byte');
      const usable =
        pulledAt === null ? bytes : bytes.subarray(0, Math.max(0, bytes.length - (taken - pulledAt)));
      parser.push(usable);
      scan(usable);
      work();
      if (pulledAt !== null && taken >= pulledAt) {
        pull();
        return;
      }
      if (faults.bytesPerSecond !== null) {
        isPaused = true;
        line.pause();
        setTimeout(
          () => {
            isPaused = false;
            work();
          },
          (bytes.length / faults.bytesPerSecond) * 1000,
        ).unref();
      }
    });
    // A sender that breaks off is an everyday thing to a printer.
    line.on('error', () => line.destroy());
    line.on('close', () => this.#lines.delete(line));
    if (faults.statusNoise) answer();
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
        if (this.faults.paperOutAfterRows === 0) return;
        this.faults.paperOutAfterRows -= 1;
      }
      const row = new Uint8Array(width);
      // Dots beyond the head are lost, as on paper.
      row.set(bits.subarray(y * bytes, y * bytes + Math.min(bytes, width)));
      this.#rows.push(row);
    }
  }

  #bitmap(): Bitmap {
    return { width: this.#dotsPerLine, height: this.#rows.length, bits: Buffer.concat(this.#rows) };
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
