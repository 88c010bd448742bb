import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Spooler } from '../../electron/printing/transports/spooler.ts';
import { createSpooler } from '../../electron/printing/transports/spooler.ts';
import type { SpoolLibraries } from '../../electron/printing/transports/spoolMessages.ts';
import { windowsLibraries } from '../../electron/printing/transports/spoolMessages.ts';
import { impatient, until } from '../main/printingFixtures.ts';
import { loadFakeWinspool } from './fakeWinspool.ts';

const windows = loadFakeWinspool();
afterAll(windows.remove);

let spooler: Spooler;
const open = (libraries: SpoolLibraries = windows.libraries) =>
  createSpooler({
    workerFile: new URL('../../electron/printing/transports/spoolWorker.ts', import.meta.url),
    libraries,
    patience: { ...impatient, connectMs: 3_000 },
  });
beforeEach(() => {
  windows.reset();
  spooler = open();
});
afterEach(() => spooler.close());

const job = randomBytes(100_003);
async function send(
  options: { printer?: string; datatype?: 'RAW' | 'XPS_PASS'; signal?: AbortSignal; began?: () => void } = {},
) {
  let began = false;
  const before = windows.read('written');
  const transport = spooler.transportFor({
    printer: options.printer ?? 'Receipt',
    datatype: options.datatype ?? 'RAW',
  });
  const result = await transport.send(job, options.signal ?? new AbortController().signal, () => {
    // The document is open and nothing of it is written.
    expect(windows.read('written')).toBe(before);
    began = true;
    options.began?.();
  });
  return { result, began };
}
const handlesLeftOpen = () => windows.read('opened') - windows.read('closed');

describe("a job sent through Windows' spooler", () => {
  it('arrives byte for byte, however few bytes each call takes', async () => {
    windows.set({ shortWrite: 1_009 });
    expect(await send()).toEqual({ result: { kind: 'sent' }, began: true });
    expect(windows.written().equals(job)).toBe(true);
    expect(windows.read('writes')).toBe(Math.ceil(job.length / 1_009));
    expect(windows.datatype()).toBe('RAW');
    expect([windows.read('ended'), windows.read('aborted'), handlesLeftOpen()]).toEqual([1, 0, 0]);
  });

  it('is given to a type-4 driver as XPS_PASS, which refuses RAW by name', async () => {
    windows.set({ badDatatype: 1 });
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem: 'datatype' }, began: false });
    expect((await send({ datatype: 'XPS_PASS' })).result).toEqual({ kind: 'sent' });
    expect(windows.datatype()).toBe('XPS_PASS');
  });

  it('finds printers whose names are Arabic or hold an emoji, and lists them', async () => {
    expect(await spooler.list()).toEqual(['Kasse 🧾', 'Receipt', 'طابعة السندات']);
    expect((await send({ printer: 'طابعة السندات' })).result.kind).toBe('sent');
    expect((await send({ printer: 'Kasse 🧾' })).result.kind).toBe('sent');
  });

  it.each([
    ['no printer has that name', {}, 'notFound', '🖨️'.repeat(150)],
    ['it may not be used', { openError: 5 }, 'accessDenied', 'Receipt'],
    ['the print service does not run', { openError: 1722 }, 'spooler', 'Receipt'],
    ['Windows fails in a way that nobody foresaw', { openError: 4_711 }, 'spooler', 'Receipt'],
    ['Windows knows that the paper is out', { status: 0x10 }, 'paperOut', 'Receipt'],
    ['Windows knows that the cover is open', { status: 0x400000 }, 'coverOpen', 'Receipt'],
    ['the printer is paused', { status: 0x1 }, 'offline', 'Receipt'],
    ['Windows has set it to work offline', { attributes: 0x400 }, 'offline', 'Receipt'],
  ] as const)('is not begun when %s', async (_, faults, problem, printer) => {
    windows.set(faults);
    expect(await send({ printer })).toEqual({ result: { kind: 'failedNotSent', problem }, began: false });
    expect([windows.read('written'), windows.read('ended'), handlesLeftOpen()]).toEqual([0, 0, 0]);
    expect(
      await spooler.transportFor({ printer, datatype: 'RAW' }).look(new AbortController().signal),
    ).toEqual({
      problem,
      isPaperNearEnd: false,
    });
  });

  it('is a question when a call fails in the middle, and the rest is taken out of the spooler', async () => {
    windows.set({ failAfter: 40_000, failCode: 1722 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'spooler' }, began: true });
    expect([windows.read('ended'), windows.read('aborted'), handlesLeftOpen()]).toEqual([0, 1, 0]);
  });

  it('is a question when no more bytes are taken', async () => {
    windows.set({ shortWrite: 0 });
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'brokenOff' });
    expect(windows.read('aborted')).toBe(1);
  });

  it('is a question, and the rest is taken out, when the program closes in the middle', async () => {
    windows.set({ shortWrite: 100, stallAfter: 10_000, stallMs: 2 });
    const closing = new AbortController();
    const sending = send({ signal: closing.signal });
    await until(
      () => windows.read('written'),
      (count) => count > 10_000,
    );
    closing.abort();
    expect(await sending).toEqual({ result: { kind: 'unknown', problem: 'brokenOff' }, began: true });
    expect(windows.read('written')).toBeLessThan(job.length);
    expect([windows.read('ended'), windows.read('aborted')]).toEqual([0, 1]);
  });

  it('is not begun when the program is closing', async () => {
    expect((await send({ signal: AbortSignal.abort() })).result).toEqual({
      kind: 'failedNotSent',
      problem: 'brokenOff',
    });
    expect(windows.read('opened')).toBe(0);
  });

  it('is taken back when what must happen before the first byte fails', async () => {
    const full = () => {
      throw new Error('disk full');
    };
    await expect(send({ began: full })).rejects.toThrow('disk full');
    await until(handlesLeftOpen, (count) => count === 0);
    expect([windows.read('written'), windows.read('aborted')]).toEqual([0, 1]);
    expect((await send()).result).toEqual({ kind: 'sent' });
  });

  it.each([
    ['the paper ends', 0x40, 'paperOut'],
    ['the printer is away', 0x20, 'offline'],
    ['a person is needed', 0x400, 'offline'],
    ['somebody deletes it', 0x4, 'brokenOff'],
    ['nothing happens', 0x8, 'timedOut'],
  ] as const)(
    'is a question when it stays in the queue because %s, and does not come out later',
    async (_, jobStatus, problem) => {
      windows.set({ jobStatus, jobStays: 1_000 });
      expect((await send()).result).toEqual({ kind: 'unknown', problem });
      expect(windows.read('deleted')).toBe(1);
      expect(handlesLeftOpen()).toBe(0);
    },
  );

  it('is sent when it leaves the queue after a while, or can no longer be followed', async () => {
    windows.set({ jobStatus: 0x10, jobStays: 4 });
    expect((await send()).result).toEqual({ kind: 'sent' });
    // As Wine does, and a print server that went away after it took the job.
    windows.set({ jobGoneError: 6 });
    expect((await send()).result).toEqual({ kind: 'sent' });
    expect(windows.read('deleted')).toBe(0);
  });
});

describe('a driver that hangs', () => {
  it('is given up on before the first byte, writes nothing when it wakes, and is not asked twice', async () => {
    await spooler.list();
    spooler = createSpooler({
      workerFile: new URL('../../electron/printing/transports/spoolWorker.ts', import.meta.url),
      libraries: windows.libraries,
      patience: { ...impatient, connectMs: 700 },
    });
    windows.set({ openHangsMs: 1_500 });
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem: 'unreachable' }, began: false });
    windows.set({ openHangsMs: 0 });
    expect((await send()).result).toEqual({ kind: 'failedNotSent', problem: 'unreachable' });
    expect(windows.read('opened')).toBe(0);
    // Another printer has a thread of its own.
    expect((await send({ printer: 'طابعة السندات' })).result.kind).toBe('sent');
    await until(handlesLeftOpen, (count) => count === 0);
    await until(
      () => windows.read('aborted'),
      (count) => count === 1,
    );
    expect(windows.written().equals(job)).toBe(true);
    // It is used again as soon as its thread has said that the call came back, which is a moment after it has.
    let again = await send();
    for (let tries = 0; again.result.kind !== 'sent' && tries < 200; tries += 1) {
      await setTimeout(10);
      again = await send();
    }
    expect(again.result.kind).toBe('sent');
  });

  it('is a question in the middle, and never blocks main', async () => {
    windows.set({ stallAfter: 30_000, stallMs: 1_200 });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'timedOut' });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
    await until(handlesLeftOpen, (count) => count === 0);
    expect([windows.read('ended'), windows.read('aborted')]).toEqual([0, 1]);
  });
});

describe('where there is no spooler', () => {
  it('and where it has no printers, nothing is listed', async () => {
    windows.set({ noPrinters: 1 });
    expect(await spooler.list()).toEqual([]);
  });

  it('no printers are listed, and one that is set says so', async () => {
    const elsewhere = open(windowsLibraries);
    expect(await elsewhere.list()).toEqual([]);
    const transport = elsewhere.transportFor({ printer: 'Receipt', datatype: 'RAW' });
    expect(await transport.look(new AbortController().signal)).toMatchObject({ problem: 'spooler' });
    await elsewhere.close();
    windows.set({ listError: 1722 });
    expect(await spooler.list()).toEqual([]);
  });
});
