import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SerialPrinter } from '../../electron/printing/transports/serial.ts';
import { createSerialTransport, listSerialPorts, wireMs } from '../../electron/printing/transports/serial.ts';
import type { PrinterAbilities } from '../../electron/printing/transport.ts';
import { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { impatient, until } from '../main/printingFixtures.ts';
import { running, sampleJob, sampleRows } from './sampleJob.ts';
import { openSerialLine } from './serialLine.ts';

let wire: ReturnType<typeof openSerialLine>;
let printer: VirtualPrinter;
beforeEach(() => {
  wire = openSerialLine();
  printer = new VirtualPrinter();
  printer.attach(wire.printerEnd, () => wire.close());
});
afterEach(async () => {
  await printer.close();
  wire.close();
});

const able = { answersStatus: true, acknowledges: true };
const mute = { answersStatus: false, acknowledges: false };
const transport = (abilities: PrinterAbilities = able, changes: Partial<SerialPrinter> = {}) =>
  createSerialTransport({
    path: wire.path,
    baudRate: 115_200,
    abilities,
    patience: { ...impatient, connectMs: 5_000 },
    ...changes,
  });

async function send(
  abilities: PrinterAbilities = able,
  changes: Partial<SerialPrinter> = {},
  signal = running,
) {
  let began = false;
  const result = await transport(abilities, changes).send(sampleJob, signal, () => {
    began = true;
  });
  return { result, began };
}

describe('a job sent over a serial line', () => {
  it('arrives whole and is confirmed by its number', async () => {
    expect(await send()).toEqual({ result: { kind: 'confirmed' }, began: true });
    expect(printer.papers.map(({ height }) => height)).toEqual([sampleRows]);
    expect(printer.strayText).toBe('');
  });

  it('is confirmed by GS r where the printer does not know its number', async () => {
    printer.set({ ignoresProcessId: true });
    expect((await send({ answersStatus: true, acknowledges: false })).result).toEqual({ kind: 'confirmed' });
  });

  it('is sent to a printer that answers nothing, when the wire has carried it', async () => {
    printer.set({ isSilent: true });
    expect((await send(mute)).result).toEqual({ kind: 'sent' });
    await printer.waitForPapers(1);
    expect(printer.papers[0]?.height).toBe(sampleRows);
  });

  it.each([
    ['the paper is out', { paperOut: true }, 'paperOut'],
    ['the cover is open', { coverOpen: true }, 'coverOpen'],
    ['it says nothing although it used to', { isSilent: true }, 'noAnswer'],
  ] as const)('is not begun when %s', async (_, fault, problem) => {
    printer.set(fault);
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem }, began: false });
    expect(await transport().look(running)).toMatchObject({ problem });
    expect(printer.hanging().height).toBe(0);
  });

  it('becomes a question when the roll ends in the middle', async () => {
    printer.set({ paperOutAfterRows: 1_000 });
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'paperOut' });
  });

  it('becomes a question when the printer takes no more', async () => {
    printer.set({ stallAfterBytes: 20_000 });
    const { result } = await send(able, { baudRate: 921_600 });
    expect(result).toEqual({ kind: 'unknown', problem: 'timedOut' });
  });

  it('becomes a question when the program closes in the middle', async () => {
    printer.set({ stallAfterBytes: 20_000 });
    const closing = new AbortController();
    const sending = send(able, { patience: { ...impatient, stallMs: 30_000 } }, closing.signal);
    await until(
      () => printer.receivedBytes,
      (count) => count >= 20_000,
    );
    closing.abort();
    expect((await sending).result).toEqual({ kind: 'unknown', problem: 'brokenOff' });
  });

  it('is not begun without the port, or while another program has it', async () => {
    const missing = `/dev/tty${randomUUID().slice(0, 8)}`;
    expect(await send(able, { path: missing })).toEqual({
      result: { kind: 'failedNotSent', problem: 'notFound' },
      began: false,
    });
    expect(await transport(able, { path: missing }).look(running)).toEqual({
      problem: 'notFound',
      isPaperNearEnd: false,
    });
    printer.set({ bytesPerSecond: 100_000 });
    const first = send();
    await until(
      () => printer.receivedBytes,
      (count) => count > 1_000,
    );
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem: 'busy' }, began: false });
    expect((await first).result).toEqual({ kind: 'confirmed' });
  });
});

describe('a serial port', () => {
  it('is probed for what its printer can', async () => {
    const noPaper = { problem: null, isPaperNearEnd: false };
    expect(await transport().probe(running)).toEqual({ ...able, look: noPaper });
    printer.set({ ignoresProcessId: true });
    expect(await transport().probe(running)).toEqual({
      answersStatus: true,
      acknowledges: false,
      look: noPaper,
    });
    printer.set({ isSilent: true });
    expect(await transport().probe(running)).toEqual({ ...mute, look: null });
    expect(printer.papers).toHaveLength(0);
  });

  it('is waited for as long as its wire needs', () => {
    expect(wireMs(99_000, 115_200)).toBeCloseTo(8_594, 0);
    expect(wireMs(960, 9_600)).toBe(1_000);
  });

  it('can be chosen from a list', async () => {
    expect(await listSerialPorts()).toEqual(expect.any(Array));
  });
});
