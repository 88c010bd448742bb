/** What a printer does with the bytes it is given. */
export type Paper = {
  /** Rows of dots, packed as in electron/printing/bitmap.ts. */
  readonly raster: (rowBytes: number, rows: number, bits: Uint8Array) => void;
  readonly feed: (dots: number) => void;
  readonly cut: () => void;
  readonly reset: () => void;
  /** `GS r n`: asks for an answer when the printer gets here. */
  readonly statusAsked: (what: number) => void;
  /** `GS a n`: automatic status on or off. */
  readonly automaticStatus: (what: number) => void;
  /** `GS ( H` function 48. */
  readonly processId: (id: Uint8Array) => void;
  readonly drawer: (pin: number) => void;
  /** What would have been printed as letters: ours never are, so this is a defect of the sender. */
  readonly text: (byte: number) => void;
};

/** A command at the head of the bytes: how long it is and what it does; null while it is not whole yet. */
type Command = { readonly length: number; readonly act: () => void } | null;

const esc = 0x1b;
const gs = 0x1d;
const dle = 0x10;
const dc4 = 0x14;

/**
 * Reads ESC/POS split anywhere. `step` takes one command off the head, so that a printer without paper can stop
 * between two commands as a real one does.
 */
export function createEscposParser(paper: Paper) {
  let pending: Uint8Array = new Uint8Array(0);
  let lineSpacing = 30;
  let motionUnit = 203;

  function parse(bytes: Uint8Array): Command {
    const first = bytes[0];
    if (first === esc) return parseEsc(bytes);
    if (first === gs) return parseGs(bytes);
    // Real-time commands were answered when they arrived; here they are only skipped.
    if (first === dle) return parseRealTime(bytes);
    if (first === 0x0a) return { length: 1, act: () => paper.feed(lineSpacing) };
    // Control characters that it does not know are no letters: a printer passes over them.
    if (first === undefined || first < 0x20) return { length: 1, act: () => {} };
    return { length: 1, act: () => paper.text(first) };
  }

  function parseRealTime(bytes: Uint8Array): Command {
    // DLE EOT n, and DLE DC4 1 m t.
    const length = bytes[1] === dc4 ? 5 : 3;
    return bytes.length < length ? null : { length, act: () => {} };
  }

  function parseEsc(bytes: Uint8Array): Command {
    const [, name, a = 0, b = 0, c = 0] = bytes;
    if (name === undefined) return null;
    const whole = (length: number, act: () => void): Command =>
      bytes.length < length ? null : { length, act };
    switch (name) {
      case 0x40: // @
        return whole(2, () => {
          lineSpacing = 30;
          motionUnit = 203;
          paper.reset();
        });
      case 0x32: // 2
        return whole(2, () => (lineSpacing = 30));
      case 0x33: // 3 n
        return whole(3, () => (lineSpacing = inDots(a)));
      case 0x4a: // J n
        return whole(3, () => paper.feed(inDots(a)));
      case 0x64: // d n
        return whole(3, () => paper.feed(a * lineSpacing));
      case 0x70: // p m t1 t2
        return whole(5, () => paper.drawer(a));
      case 0x61: // a n
      case 0x21: // ! n
      case 0x45: // E n
      case 0x74: // t n
      case 0x52: // R n
        return whole(3, () => {});
      case 0x2a: {
        // * m nL nH: columns of 8 or 24 dots, top bit first
        if (bytes.length < 5) return null;
        const columns = b + c * 256;
        const bytesInColumn = a === 32 || a === 33 ? 3 : 1;
        const length = 5 + columns * bytesInColumn;
        return whole(length, () => columnImage(bytes.subarray(5, length), columns, bytesInColumn));
      }
      default:
        return whole(2, () => {});
    }
  }

  function parseGs(bytes: Uint8Array): Command {
    const [, name, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
    if (name === undefined) return null;
    const whole = (length: number, act: () => void): Command =>
      bytes.length < length ? null : { length, act };
    switch (name) {
      case 0x76: {
        // v 0 m xL xH yL yH
        if (bytes.length < 8) return null;
        const rowBytes = c + d * 256;
        const rows = e + f * 256;
        const length = 8 + rowBytes * rows;
        return whole(length, () => paper.raster(rowBytes, rows, bytes.subarray(8, length)));
      }
      case 0x56: // V m, or V 65|66 n: feed, then cut
        if (bytes.length < 3) return null;
        if (a === 65 || a === 66) {
          return whole(4, () => {
            paper.feed(inDots(b));
            paper.cut();
          });
        }
        return whole(3, () => paper.cut());
      case 0x50: // P x y
        return whole(4, () => (motionUnit = b === 0 ? 203 : b));
      case 0x72: // r n
        return whole(3, () => paper.statusAsked(a));
      case 0x61: // a n
        return whole(3, () => paper.automaticStatus(a));
      case 0x28: {
        // ( X pL pH …
        if (bytes.length < 5) return null;
        const length = 5 + b + c * 256;
        return whole(length, () => bracketed(a, bytes.subarray(5, length)));
      }
      default:
        return whole(3, () => {});
    }
  }

  let stored: { rowBytes: number; rows: number; bits: Uint8Array } | null = null;
  function bracketed(name: number, body: Uint8Array): void {
    const [, fn] = body;
    if (name === 0x48 && body[0] === 48 && body.length === 6) paper.processId(body.subarray(2));
    if (name !== 0x4c) return;
    // ( L: 112 stores a raster, 50 prints what is stored
    if (fn === 112) {
      const dots = (body[6] ?? 0) + (body[7] ?? 0) * 256;
      const rows = (body[8] ?? 0) + (body[9] ?? 0) * 256;
      stored = { rowBytes: (dots + 7) >> 3, rows, bits: body.slice(10) };
    }
    if ((fn === 50 || fn === 2) && stored !== null) {
      paper.raster(stored.rowBytes, stored.rows, stored.bits);
      stored = null;
    }
  }

  function columnImage(data: Uint8Array, columns: number, bytesInColumn: number): void {
    const rowBytes = (columns + 7) >> 3;
    const rows = bytesInColumn * 8;
    const bits = new Uint8Array(rowBytes * rows);
    for (let x = 0; x < columns; x++) {
      for (let y = 0; y < rows; y++) {
        const byte = data[x * bytesInColumn + (y >> 3)] ?? 0;
        const at = y * rowBytes + (x >> 3);
        if ((byte & (0x80 >> (y & 7))) !== 0) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
    paper.raster(rowBytes, rows, bits);
  }

  function inDots(units: number): number {
    return Math.round((units * 203) / motionUnit);
  }

  return {
    push: (bytes: Uint8Array): void => {
      pending = Buffer.concat([pending, bytes]);
    },
    /** Carries out the command at the head. @returns false when there is no whole one */
    step: (): boolean => {
      if (pending.length === 0) return false;
      const command = parse(pending);
      if (command === null) return false;
      pending = pending.subarray(command.length);
      command.act();
      return true;
    },
    pendingBytes: (): number => pending.length,
  };
}

/**
 * Finds `DLE EOT n` and `DLE DC4 1 m t` (a drawer's pulse) in what arrives, also inside other commands and split
 * anywhere, as a real printer does.
 */
export function createRealTimeScanner(
  asked: (question: number) => void,
  drawer: (pin: number) => void,
): (bytes: Uint8Array) => void {
  /** The bytes of a command in real time as far as they came. */
  let seen: number[] = [];
  return (bytes) => {
    for (const byte of bytes) {
      seen.push(byte);
      const [, name, a = 0, pin = 0, time = 0] = seen;
      if (seen.length === 3 && name === 0x04 && a >= 1 && a <= 4) {
        asked(a);
        seen = [];
      } else if (seen.length === 5 && name === dc4 && a === 1 && pin <= 1 && time >= 1 && time <= 8) {
        drawer(pin);
        seen = [];
      } else if (!mayBecomeRealTime(seen)) seen = byte === dle ? [dle] : [];
    }
  };
}

function mayBecomeRealTime([first, name, a = 1, pin = 0]: readonly number[]): boolean {
  if (first !== dle) return false;
  if (name === undefined || name === 0x04) return a >= 1 && a <= 4;
  return name === dc4 && a === 1 && pin <= 1;
}
