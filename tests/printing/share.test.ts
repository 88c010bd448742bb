import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShareTransport } from '../../electron/printing/transports/share.ts';
import type { Patience } from '../../electron/printing/transports/patience.ts';
import { impatient, until } from '../main/printingFixtures.ts';
import { running, sampleJob } from './sampleJob.ts';

/** A path that takes bytes stands for `\\host\name`: a file, or a pipe that nobody reads. */
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sanduq-share-'));
  path = join(folder, 'printer');
});
afterEach(() => rmSync(folder, { recursive: true }));

const pipe = () => execFileSync('mkfifo', [path]);
async function send(
  options: { patience?: Partial<Patience>; signal?: AbortSignal; began?: () => void } = {},
) {
  let began = false;
  const transport = createShareTransport({ path, patience: { ...impatient, ...options.patience } });
  const result = await transport.send(sampleJob, options.signal ?? running, () => {
    began = true;
    options.began?.();
  });
  return { result, began };
}
/** Reads the pipe to its end. */
async function readPipe(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a job written to a shared path', () => {
  it('arrives byte for byte, and is sent: a share says nothing about paper', async () => {
    pipe();
    const reading = readPipe();
    expect(await send()).toEqual({ result: { kind: 'sent' }, began: true });
    expect((await reading).equals(sampleJob)).toBe(true);
    const transport = createShareTransport({ path });
    expect(await transport.look(running)).toBeNull();
    expect(await transport.probe(running)).toEqual({ answersStatus: false, acknowledges: false, look: null });
  });

  it('is not begun when there is no such share, and makes none', async () => {
    expect(await send()).toEqual({ result: { kind: 'failedNotSent', problem: 'notFound' }, began: false });
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  it('is not begun when the path is no printer', async () => {
    mkdirSync(path);
    expect((await send()).result).toMatchObject({ kind: 'failedNotSent' });
  });

  it('is given up on when the share does not open, and never comes out later by itself', async () => {
    pipe();
    expect(await send({ patience: { connectMs: 100 } })).toEqual({
      result: { kind: 'failedNotSent', problem: 'unreachable' },
      began: false,
    });
    // While the first try still hangs in the operating system no second one is begun.
    const from = performance.now();
    expect((await send({ patience: { connectMs: 60_000 } })).result).toEqual({
      kind: 'failedNotSent',
      problem: 'unreachable',
    });
    expect(performance.now() - from).toBeLessThan(10_000);
    // The printer is back: the open that was given up on succeeds, and what it opened is closed empty.
    expect(await readPipe()).toHaveLength(0);
    await pause(50);
    const reading = readPipe();
    expect((await send()).result).toEqual({ kind: 'sent' });
    expect((await reading).equals(sampleJob)).toBe(true);
  });

  it('is a question when the share takes no more, and the next one waits until that is over', async () => {
    pipe();
    const reader = await open(path, 'r+');
    expect(await send({ patience: { stallMs: 100 } })).toEqual({
      result: { kind: 'unknown', problem: 'timedOut' },
      began: true,
    });
    expect((await send()).result).toEqual({ kind: 'failedNotSent', problem: 'unreachable' });
    // It takes bytes again: the chunk that was under way goes through and no more of the job.
    let got = 0;
    const buffer = Buffer.alloc(65_536);
    const drain = async () => {
      got += (await reader.read(buffer)).bytesRead;
      return got;
    };
    await drain();
    await pause(100);
    expect(got).toBeLessThan(sampleJob.length);
    let result = await send({ patience: { stallMs: 200 } });
    await until(
      () => result.result.kind,
      (kind) => {
        void send({ patience: { stallMs: 200 } }).then((next) => (result = next));
        return kind !== 'failedNotSent';
      },
    );
    await drain();
    await reader.close();
  });

  it('is a question when the program closes in the middle', async () => {
    pipe();
    const reader = await open(path, 'r+');
    const closing = new AbortController();
    const sending = send({ signal: closing.signal, patience: { stallMs: 60_000 } });
    await pause(100);
    closing.abort();
    expect((await sending).result).toEqual({ kind: 'unknown', problem: 'brokenOff' });
    await reader.read(Buffer.alloc(65_536));
    await reader.close();
  });

  it('is not written when what must happen before the first byte fails', async () => {
    writeFileSync(path, '');
    const full = () => {
      throw new Error('disk full');
    };
    await expect(send({ began: full })).rejects.toThrow('disk full');
    expect(readFileSync(path)).toHaveLength(0);
    expect((await send({ signal: AbortSignal.abort() })).result.kind).toBe('failedNotSent');
  });
});
