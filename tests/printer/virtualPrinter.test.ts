import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBlack } from '../../electron/printing/bitmap.ts';
import { rasterCommands } from '../../electron/printing/raster.ts';
import { createEscposParser } from '../../scripts/printer/escposParser.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';

let printer: VirtualPrinter;
beforeEach(async () => {
  printer = await startVirtualPrinter({ dotsPerLine: 64 });
});
afterEach(() => printer.close());

const cut = [0x1d, 0x56, 0];

/** Sends the bytes one packet each, half-closes, and gives back all that the printer said. */
async function send(...packets: (readonly number[] | Uint8Array)[]): Promise<number[]> {
  const socket = connect({ host: '127.0.0.1', port: printer.port, noDelay: true, allowHalfOpen: true });
  const said: number[] = [];
  socket.on('data', (bytes) => said.push(...bytes));
  await once(socket, 'connect');
  for (const packet of packets) {
    socket.write(Uint8Array.from(packet));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  socket.end();
  await once(socket, 'close');
  return said;
}

describe('the virtual printer', () => {
  it('prints a raster whose bytes come one by one', async () => {
    const job = [0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0b1000_0001, 0b0000_1000, ...cut];
    await send(...job.map((byte) => [byte]));
    const [paper] = await printer.waitForPapers(1);
    expect(paper).toMatchObject({ width: 64, height: 2 });
    if (paper === undefined) return;
    expect([isBlack(paper, 0, 0), isBlack(paper, 7, 0), isBlack(paper, 4, 1), isBlack(paper, 0, 1)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(paper.png.subarray(1, 4).toString('latin1')).toBe('PNG');
  });

  it('prints columns (ESC *) and stored graphics (GS ( L)', async () => {
    await send([0x1b, 0x2a, 0, 2, 0, 0x80, 0x01, ...cut]);
    const stored = [48, 112, 48, 1, 1, 49, 8, 0, 1, 0, 0xff];
    await send([0x1d, 0x28, 0x4c, stored.length, 0, ...stored, 0x1d, 0x28, 0x4c, 2, 0, 48, 50, ...cut]);
    const [columns, graphics] = await printer.waitForPapers(2);
    expect(columns !== undefined && isBlack(columns, 0, 0) && isBlack(columns, 1, 7)).toBe(true);
    expect(columns !== undefined && isBlack(columns, 1, 0)).toBe(false);
    expect(graphics !== undefined && graphics.height === 1 && isBlack(graphics, 7, 0)).toBe(true);
  });

  it('answers DLE EOT at once, also when it is split or stands inside an image', async () => {
    const image = [0x1d, 0x76, 0x30, 0, 3, 0, 1, 0, 0x10, 0x04, 0x01];
    expect(await send([0x10], [0x04], [0x04])).toEqual([0x12]);
    expect(await send(image)).toEqual([0x12]);
    printer.set({ paperOut: true, nearEnd: true });
    expect(await send([0x10, 0x04, 1], [0x10, 0x04, 2], [0x10, 0x04, 4])).toEqual([0x1a, 0x32, 0x7e]);
  });

  it('answers GS r and GS ( H only when it gets there, and not while the paper is out', async () => {
    const questions = [0x1d, 0x72, 1, 0x1d, 0x28, 0x48, 6, 0, 48, 48, 65, 66, 67, 68];
    expect(await send(questions)).toEqual([0x00, 0x37, 0x22, 65, 66, 67, 68, 0x00]);
    printer.set({ paperOut: true });
    expect(await send(questions)).toEqual([]);
  });

  it('stops where the roll ends and goes on when there is paper again', async () => {
    const rows = Array.from({ length: 10 }, () => 0xff);
    printer.set({ paperOutAfterRows: 4 });
    await send([0x1d, 0x76, 0x30, 0, 1, 0, 10, 0, ...rows, ...cut]);
    expect(printer.papers).toHaveLength(0);
    expect(printer.hanging().height).toBe(4);
  });

  it('prints the same paper in whatever pieces the job comes', () => {
    const commands = fc.array(
      fc.oneof(
        fc
          .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
          .chain(([bytes, rows]) =>
            fc
              .array(fc.nat(255), { minLength: bytes * rows, maxLength: bytes * rows })
              .map((dots) => [0x1d, 0x76, 0x30, 0, bytes, 0, rows, 0, ...dots]),
          ),
        fc.nat(255).map((dots) => [0x1b, 0x4a, dots]),
        fc.constant([0x1b, 0x40]),
        fc.constant([0x1b, 0x70, 0, 25, 250]),
        fc.constant([0x1d, 0x28, 0x48, 6, 0, 48, 48, 65, 66, 67, 68]),
        fc.constant([0x1d, 0x72, 1]),
        fc.constant(cut),
      ),
      { maxLength: 12 },
    );
    const did = (pieces: readonly Uint8Array[]) => {
      const done: unknown[] = [];
      const note =
        (what: string) =>
        (...details: unknown[]) =>
          done.push([what, ...details.map((one) => (one instanceof Uint8Array ? [...one] : one))]);
      const parser = createEscposParser({
        raster: note('raster'),
        feed: note('feed'),
        cut: note('cut'),
        reset: note('reset'),
        statusAsked: note('asked'),
        automaticStatus: note('automatic'),
        processId: note('number'),
        drawer: note('drawer'),
        text: note('text'),
      });
      for (const piece of pieces) {
        parser.push(piece);
        while (parser.step());
      }
      return done;
    };
    fc.assert(
      fc.property(commands, fc.array(fc.nat(400)), (parts, cuts) => {
        const job = Uint8Array.from(parts.flat());
        const at = [...cuts.filter((place) => place < job.length), 0].sort((a, b) => a - b);
        const pieces = at.map((from, index) => job.subarray(from, at[index + 1] ?? job.length));
        const whole = did([job]);
        expect(did(pieces)).toEqual(whole);
        expect(whole.length).toBe(parts.length);
      }),
    );
  });

  it('opens the drawer, feeds, and shows letters that nobody should have sent', async () => {
    await send([0x1b, 0x70, 0, 0x19, 0xfa, 0x1b, 0x4a, 40, 0x41, 0x42, ...cut]);
    const [paper] = await printer.waitForPapers(1);
    expect(printer.drawerPulses).toBe(1);
    expect(printer.strayText).toBe('AB');
    expect(paper?.height).toBe(40);
  });
});

describe('raster commands', () => {
  it('give back the very dots, over bands, blanks and an empty end', async () => {
    const height = 1_000;
    const bits = new Uint8Array(8 * height);
    for (let y = 0; y < height; y++) {
      const isBlank = (y > 100 && y < 500) || (y > 520 && y < 530) || y > 960;
      if (!isBlank) for (let x = 0; x < 8; x++) bits[y * 8 + x] = (y * 31 + x * 17) & 0xff;
    }
    const job = rasterCommands({ width: 64, height, bits });
    expect(job.length).toBeLessThan(bits.length);
    await send([0x1b, 0x40, 0x1d, 0x50, 203, 203], job, cut);
    const [paper] = await printer.waitForPapers(1);
    expect(paper?.height).toBe(height);
    expect(Buffer.from(paper?.bits ?? []).equals(Buffer.from(bits))).toBe(true);
  });

  it('never make a band taller than 256 rows', () => {
    const bits = new Uint8Array(8 * 700).fill(0xff);
    const job = rasterCommands({ width: 64, height: 700, bits });
    const heights: number[] = [];
    for (let at = 0; at < job.length;) {
      const rows = job.readUInt16LE(at + 6);
      heights.push(rows);
      at += 8 + rows * 8;
    }
    expect(heights).toEqual([256, 256, 188]);
  });
});
