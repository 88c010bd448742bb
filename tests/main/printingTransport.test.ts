import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStatusReader } from '../../electron/printing/transports/statusReplies.ts';
import type { Patience } from '../../electron/printing/transports/patience.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import type { SendResult } from '../../electron/printing/transport.ts';
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
  Buffer.from([0x1b, 0x40]),
  ...Array.from({ length: 7 }, () =>
    Buffer.concat([Buffer.from([0x1d, 0x76, 0x30, 0, 72, 0, 200, 0]), Buffer.alloc(72 * 200, 0xaa)]),
  ),
  Buffer.from([0x1d, 0x56, 0]),
]);

async function send(
  options: { port?: number; host?: string; patience?: Partial<Patience>; signal?: AbortSignal } = {},
): Promise<{ result: SendResult; began: boolean }> {
  let began = false;
  const transport = createTcpTransport({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? printer.port,
    patience: { ...impatient, ...options.patience },
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
    // It no longer reads, so it cannot be asked why.
    printer.set({ paperOutAfterRows: 200 });
    expect(await send()).toEqual({ result: { kind: 'unknown', problem: 'timedOut' }, began: true });
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
  it('are told apart, however they are split', () => {
    const said = [0x14, 0x00, 0x00, 0x0f, 0x12, 0x37, 0x22, 65, 66, 67, 68, 0x00, 0x11, 0x13, 0x00, 0x7a];
    const whole = createStatusReader()(Uint8Array.from(said));
    const byByte = createStatusReader();
    expect(said.flatMap((byte) => byByte(Uint8Array.of(byte)))).toEqual(whole);
    expect(whole).toEqual([
      { kind: 'realTime', byte: 0x12 },
      { kind: 'processId', id: 'ABCD' },
      { kind: 'queued', byte: 0x00 },
      { kind: 'realTime', byte: 0x7a },
    ]);
  });
});
