import { createServer as createWebServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStatusReader } from '../../electron/printing/transports/statusReplies.ts';
import type { Patience } from '../../electron/printing/transports/patience.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import type { PrinterAbilities, SendResult } from '../../electron/printing/transport.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { impatient } from './printingFixtures.ts';

let printer: VirtualPrinter;
beforeEach(async () => {
  printer = await startVirtualPrinter();
});
afterEach(() => printer.close());

/** About as large as a receipt: 1,400 rows of dots and a cut. */
const job = Buffer.concat([
  // As our jobs begin: reset, and tell by yourself what changes.
  Buffer.from([0x1b, 0x40, 0x1d, 0x61, 0x0e]),
  ...Array.from({ length: 7 }, () =>
    Buffer.concat([Buffer.from([0x1d, 0x76, 0x30, 0, 72, 0, 200, 0]), Buffer.alloc(72 * 200, 0xaa)]),
  ),
  Buffer.from([0x1d, 0x56, 0]),
]);

async function send(
  options: {
    port?: number;
    host?: string;
    patience?: Partial<Patience>;
    signal?: AbortSignal;
    abilities?: PrinterAbilities;
  } = {},
): Promise<{ result: SendResult; began: boolean }> {
  let began = false;
  const transport = createTcpTransport({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? printer.port,
    patience: { ...impatient, ...options.patience },
    ...(options.abilities === undefined ? {} : { abilities: options.abilities }),
  });
  const result = await transport.send(job, options.signal ?? new AbortController().signal, () => {
    began = true;
  });
  return { result, began };
}

describe('a job sent over TCP', () => {
  it('is confirmed when the printer says that it worked through it, and arrives whole', async () => {
    expect(await send()).toEqual({ result: { kind: 'confirmed' }, began: true });
    expect(printer.papers).toHaveLength(1);
    expect(printer.papers[0]?.height).toBe(1_400);
    expect(printer.strayText).toBe('');
  });

  it.each([
    ['the paper is out', { paperOut: true }, 'paperOut'],
    ['the cover is open', { coverOpen: true }, 'coverOpen'],
  ] as const)('is not begun when %s', async (_, fault, problem) => {
    printer.set(fault);
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem }, began: false });
    expect(printer.papers).toHaveLength(0);
    expect(printer.hanging().height).toBe(0);
  });

  it('is printed although the roll is near its end', async () => {
    printer.set({ nearEnd: true });
    expect((await send()).result).toEqual({ kind: 'confirmed' });
  });

  it('is confirmed through a printer that talks all the time', async () => {
    printer.set({ statusNoise: true });
    expect((await send()).result).toEqual({ kind: 'confirmed' });
  });

  it('arrives whole at a slow reader that sends status meanwhile', async () => {
    printer.set({ statusNoise: true, bytesPerSecond: 60_000 });
    const { result } = await send({ patience: { silenceMs: 6_000 } });
    expect(result).toEqual({ kind: 'confirmed' });
    expect(printer.papers[0]?.height).toBe(1_400);
  });

  it('becomes a question when the roll ends in the middle', async () => {
    printer.set({ paperOutAfterRows: 1_000 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'paperOut' }, began: true });
    expect(printer.hanging().height).toBe(1_000);
  });

  it('becomes a question when the roll ends with more to come than the printer can hold', async () => {
    // It no longer reads, so it cannot be asked why; it says so by itself.
    printer.set({ paperOutAfterRows: 200 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'paperOut' }, began: true });
    expect(printer.hanging().height).toBe(200);
  });

  it('becomes a question when the cable is pulled in the middle', async () => {
    printer.set({ cablePulledAfterBytes: 30_000 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'brokenOff' }, began: true });
  });

  it('is not begun when the cable is pulled before its first byte', async () => {
    printer.set({ cablePulledAfterBytes: 3 });
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem: 'brokenOff' }, began: false });
  });

  it('becomes a question when the printer stalls in the middle', async () => {
    printer.set({ stallAfterBytes: 20_000 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'timedOut' }, began: true });
  });

  it('is sent, but not confirmed, to a clone that says nothing', async () => {
    printer.set({ isSilent: true });
    expect(await send()).toEqual({ result: { kind: 'sent' }, began: true });
    expect(printer.papers).toHaveLength(1);
  });

  it('is sent, but not confirmed, to a clone that does not know GS r', async () => {
    printer.set({ ignoresStatusRequests: true });
    expect((await send()).result).toEqual({ kind: 'sent' });
    expect(printer.papers).toHaveLength(1);
  });

  it('is confirmed by its number where the printer has that, and only sent when the printer was exchanged', async () => {
    printer.set({ ignoresStatusRequests: true });
    const abilities = { answersStatus: true, acknowledges: true };
    expect((await send({ abilities })).result).toEqual({ kind: 'confirmed' });
    printer.set({ ignoresProcessId: true });
    expect((await send({ abilities })).result).toEqual({ kind: 'sent' });
    printer.set({ isSilent: true });
    expect(await send({ abilities })).toEqual({
      result: { kind: 'failedNotSent', problem: 'noAnswer' },
      began: false,
    });
  });

  it('is never confirmed by the answer that the job before it left behind in the printer', async () => {
    printer.set({ paperOutAfterRows: 700 });
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'paperOut' });
    // New paper: the bands that it still holds come out, slowly, with the question at the end; then the roll ends again.
    printer.set({ paperOutAfterRows: 600 + 600, rowsPerSecond: 4_000 });
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'paperOut' });
    expect(printer.papers.map(({ height }) => height)).toEqual([1_300]);
    expect(printer.hanging().height).toBe(600);
  });

  it.each([
    ['says what no printer says', { answersGarbage: true }, 'garbage'],
    ['accepts and says nothing, though it used to answer', { stallAfterBytes: 0 }, 'noAnswer'],
  ] as const)('is not begun when the host %s', async (_, fault, problem) => {
    printer.set(fault);
    const abilities = { answersStatus: true, acknowledges: false };
    expect(await send({ abilities })).toEqual({ result: { kind: 'failedNotSent', problem }, began: false });
    expect(printer.papers).toHaveLength(0);
  });

  it('becomes a question when the roll ends and another is put in before anybody looks', async () => {
    const soon = () => {
      if (printer.faults.paperOutAfterRows === 0) printer.set({ paperOutAfterRows: null });
    };
    printer.on('change', soon);
    printer.set({ paperOutAfterRows: 500 });
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'paperOut' });
    // Rows of the band that was under way are lost, and the printer says in the end that all is well.
    expect(printer.papers.every(({ height }) => height < 1_400)).toBe(true);
  });

  it('becomes a question when the printer begins to talk nonsense in the middle', async () => {
    printer.set({ bytesPerSecond: 200_000 });
    setTimeout(() => printer.set({ answersGarbage: true }), 100);
    expect((await send()).result).toEqual({ kind: 'unknown', problem: 'garbage' });
  });

  it('is not begun on the port of a web server, and never passes for sent there', async () => {
    const server = createWebServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await send({ port })).toEqual({
      result: { kind: 'failedNotSent', problem: 'garbage' },
      began: false,
    });
    // Set up as a printer that says nothing, it is not asked before; what it says afterwards gives it away.
    const { result } = await send({ port, abilities: { answersStatus: false, acknowledges: false } });
    expect(result.kind).toBe('unknown');
    server.close();
  });

  it('becomes a question when a host that never answered never closes its side either', async () => {
    printer.set({ isSilent: true, neverCloses: true });
    const abilities = { answersStatus: false, acknowledges: false };
    expect((await send({ abilities })).result).toEqual({ kind: 'unknown', problem: 'timedOut' });
  });

  it('is confirmed although the answers come out of order', async () => {
    printer.set({ answersOutOfOrder: true, statusNoise: true });
    const abilities = { answersStatus: true, acknowledges: true };
    expect((await send({ abilities })).result).toEqual({ kind: 'confirmed' });
  });

  it('is not begun when nobody listens, when the host is away, or when the name is unknown', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await send({ port })).toEqual({
      result: { kind: 'failedNotSent', problem: 'refused' },
      began: false,
    });
    expect((await send({ host: 'no-such-printer.invalid' })).result).toEqual({
      kind: 'failedNotSent',
      problem: 'unreachable',
    });
  });

  it('is not begun when the program is closing, and a question when it closes in the middle', async () => {
    expect((await send({ signal: AbortSignal.abort() })).result.kind).toBe('failedNotSent');
    const closing = new AbortController();
    printer.set({ bytesPerSecond: 20_000 });
    printer.once('paper', () => expect.unreachable());
    setTimeout(() => closing.abort(), 150);
    expect((await send({ signal: closing.signal })).result).toEqual({
      kind: 'unknown',
      problem: 'brokenOff',
    });
  });

  it('sends nothing when what must happen before the first byte fails', async () => {
    const transport = createTcpTransport({ host: '127.0.0.1', port: printer.port, patience: impatient });
    const sending = transport.send(job, new AbortController().signal, () => {
      throw new Error('disk full');
    });
    await expect(sending).rejects.toThrow('disk full');
    expect(printer.hanging().height).toBe(0);
  });
});

describe("a printer's words", () => {
  it('are never taken from what another program says', () => {
    const page = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1');
    const kinds = createStatusReader()(page).map(({ kind }) => kind);
    expect(kinds).toContain('garbage');
    expect(kinds).not.toContain('processId');
    // A process id that breaks off is no process id.
    expect(createStatusReader()(Uint8Array.of(0x37, 0x22, 65, 0x00)).map(({ kind }) => kind)).toEqual([
      'garbage',
      'garbage',
      'garbage',
      'garbage',
    ]);
  });

  it('mean the same in whatever pieces they come', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(40)), (said, cuts) => {
        const whole = createStatusReader()(said);
        const read = createStatusReader();
        const at = [...cuts.filter((cut) => cut < said.length), 0, said.length].sort((a, b) => a - b);
        const pieces = at.flatMap((from, index) => read(said.subarray(from, at[index + 1] ?? from)));
        expect(pieces).toEqual(whole);
      }),
    );
  });

  it('are told apart, however they are split', () => {
    const said = [0x14, 0x00, 0x00, 0x0f, 0x12, 0x37, 0x22, 65, 66, 67, 68, 0x00, 0x11, 0x13, 0x00, 0x7a];
    const whole = createStatusReader()(Uint8Array.from(said));
    const byByte = createStatusReader();
    expect(said.flatMap((byte) => byByte(Uint8Array.of(byte)))).toEqual(whole);
    expect(whole).toEqual([
      { kind: 'automatic', problem: null },
      { kind: 'realTime', byte: 0x12 },
      { kind: 'processId', id: 'ABCD' },
      { kind: 'queued', byte: 0x00 },
      { kind: 'realTime', byte: 0x7a },
    ]);
  });
});
