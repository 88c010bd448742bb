import { randomUUID } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../electron/db/connection.ts';
import type { Drawing } from '../../electron/printing/drawing.ts';
import { markSending } from '../../electron/printing/printJobs.ts';
import type { PrintQueue } from '../../electron/printing/queue.ts';
import { printersAt } from '../../electron/setup/demonstrationPeople.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import type { PrintingFile } from './printingFixtures.ts';
import { cashier, openDrawing, openPrintingFile, openQueue, readQr, until } from './printingFixtures.ts';

let drawing: Drawing;
let printer: VirtualPrinter;
let file: PrintingFile;
let queue: PrintQueue & { readonly errors: unknown[] };

beforeAll(async () => {
  drawing = openDrawing();
  await drawing.warmUp();
});
afterAll(() => drawing.close());
beforeEach(async () => {
  printer = await startVirtualPrinter();
  file = openPrintingFile();
  queue = openQueue(file, drawing, printer.port);
});
afterEach(async () => {
  await queue.close(0);
  await printer.close();
  file.close();
});

const stateOf = (jobId: number) => () => file.job(jobId).state;
const becomes = (jobId: number, state: string) => until(stateOf(jobId), (seen) => seen === state);
const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe('the print queue', () => {
  it('prints a paid receipt, keeps its dots with the job and journals that it came out', async () => {
    const { jobId, content, number } = file.pay();
    queue.nudge();
    await becomes(jobId, 'confirmed');
    const [paper] = await printer.waitForPapers(1);
    if (paper === undefined) throw new Error('no paper');
    expect(readQr(paper)).toBe(content.qr);
    expect(printer.strayText).toBe('');

    const job = file.job(jobId);
    expect(job).toMatchObject({ attempts: 1, problem: null, bitmap_width: 576 });
    // The stored dots are the printed dots (the cutter's feed is white below them).
    const stored = inflateSync(job.bitmap ?? Buffer.alloc(0));
    expect(Buffer.from(paper.bits.subarray(0, stored.length)).equals(stored)).toBe(true);
    expect(file.acts()).toEqual(['print.sent']);
    expect(file.bodies('print.sent')[0]).toMatchObject({
      jobId,
      document: 'receipt',
      title: number,
      copyNumber: 0,
      printer: 'receipts',
      isConfirmed: true,
    });
    expect(queue.status()).toMatchObject({ state: 'idle', waiting: 0, unknown: [], lastProblem: null });
    expect(queue.errors).toEqual([]);
  });

  it('returns from a nudge before anything is drawn or sent', () => {
    const { jobId } = file.pay();
    queue.nudge();
    expect(file.job(jobId).state).toBe('intended');
    expect(printer.connections).toBe(0);
  });

  it('prints one after the other, in the order of the payments', async () => {
    const paid = Array.from({ length: 5 }, (_, index) => file.pay({ qr: `receipt ${index}` }));
    queue.nudge();
    queue.nudge();
    const papers = await printer.waitForPapers(5);
    expect(papers.map(readQr)).toEqual(paid.map(({ content }) => content.qr));
    await until(file.acts, (acts) => acts.length === 5);
  });

  it('keeps the dots on disk before the first byte goes out', async () => {
    const { jobId } = file.pay();
    const seen: (string | null)[] = [];
    printer.on('byte', () => {
      const job = file.job(jobId);
      // Three status questions and GS r come first; only bytes of the job count.
      if (printer.receivedBytes > 12) seen.push(job.bitmap === null ? null : job.state);
    });
    queue.nudge();
    await becomes(jobId, 'confirmed');
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set(['sending']));
  });

  it('waits without a printer, and says so', async () => {
    const { jobId } = file.pay();
    const unset = openQueue(file, drawing, 0, {
      settings: () => printersAt(null),
    });
    unset.start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(file.job(jobId)).toMatchObject({ state: 'intended', attempts: 0 });
    expect(unset.status()).toMatchObject({ state: 'notConfigured', waiting: 1 });
    await unset.close(0);
  });

  it.each([
    ['the paper is out', { paperOut: true }, { paperOut: false }, 'paperOut'],
    ['the cover is open', { coverOpen: true }, { coverOpen: false }, 'coverOpen'],
  ] as const)('tries again by itself when %s, and journals it once', async (_, fault, cured, problem) => {
    printer.set(fault);
    const { jobId } = file.pay();
    queue.nudge();
    await until(
      () => file.job(jobId).attempts,
      (attempts) => attempts >= 3,
    );
    expect(file.job(jobId)).toMatchObject({ state: 'failedNotSent', problem, bitmap: null });
    expect(queue.status()).toMatchObject({ state: 'failing', waiting: 1, lastProblem: problem });
    printer.set(cured);
    await becomes(jobId, 'confirmed');
    expect(file.acts()).toEqual(['print.failed', 'print.sent']);
    expect(printer.papers).toHaveLength(1);
    expect(queue.status()).toMatchObject({ state: 'idle', lastProblem: null });
  });

  it('tries again at once when a person asks', async () => {
    await queue.close(0);
    queue = openQueue(file, drawing, printer.port, { retryMs: { first: 60_000, longest: 60_000 } });
    printer.set({ paperOut: true });
    const { jobId } = file.pay();
    queue.nudge();
    await becomes(jobId, 'failedNotSent');
    printer.set({ paperOut: false });
    queue.retry();
    await becomes(jobId, 'confirmed');
  });

  it('prints on when a printer that was absent is there', async () => {
    const { port } = printer;
    await printer.close();
    const { jobId } = file.pay();
    queue.nudge();
    await until(
      () => file.job(jobId).problem,
      (problem) => problem === 'refused',
    );
    printer = await startVirtualPrinter({ port });
    await becomes(jobId, 'confirmed');
    expect(file.acts()).toEqual(['print.failed', 'print.sent']);
  });

  it.each([
    ['the roll ends in the middle', { paperOutAfterRows: 1_800 }, 'paperOut'],
    ['the cable is pulled', { cablePulledAfterBytes: 30_000 }, 'brokenOff'],
    ['the printer stalls', { stallAfterBytes: 20_000 }, 'timedOut'],
  ] as const)('asks a person, and never sends again by itself, when %s', async (_, fault, problem) => {
    printer.set(fault);
    const { jobId, number } = file.pay();
    queue.nudge();
    await becomes(jobId, 'unknown');
    expect(file.job(jobId).problem).toBe(problem);
    expect(queue.status()).toMatchObject({
      state: 'askPerson',
      unknown: [{ jobId, document: 'receipt', title: number, copyNumber: 0 }],
    });
    const before = printer.connections;
    queue.nudge();
    queue.retry();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(file.job(jobId)).toMatchObject({ state: 'unknown', attempts: 1 });
    expect(printer.connections).toBe(before);
    expect(file.acts()).toEqual(['print.unknown']);
  });

  it('goes on with the next receipt while one is a question', async () => {
    printer.set({ cablePulledAfterBytes: 30_000 });
    const first = file.pay();
    queue.nudge();
    await becomes(first.jobId, 'unknown');
    printer.set({ cablePulledAfterBytes: null });
    const second = file.pay();
    queue.nudge();
    // The printer may still owe an answer of the first one, and GS r has no number: this one can't be confirmed by it.
    await becomes(second.jobId, 'sent');
    expect(queue.status()).toMatchObject({ state: 'askPerson', waiting: 0 });
    const third = file.pay();
    queue.nudge();
    await becomes(third.jobId, 'confirmed');
  });

  it('is content when the person says that the paper came out', async () => {
    printer.set({ cablePulledAfterBytes: 30_000 });
    const { jobId } = file.pay();
    queue.nudge();
    await becomes(jobId, 'unknown');
    queue.answer({ jobId, cameOut: true, person: cashier });
    expect(file.job(jobId).state).toBe('confirmed');
    expect(file.acts()).toEqual(['print.unknown', 'print.answered']);
    expect(file.bodies('print.answered')[0]).toMatchObject({ jobId, cameOut: true });
    expect(codeOf(() => queue.answer({ jobId, cameOut: false, person: cashier }))).toBe(
      'printing.notAnswerable',
    );
    expect(codeOf(() => queue.answer({ jobId: 99, cameOut: false, person: cashier }))).toBe(
      'printing.jobNotFound',
    );
  });

  it('prints a marked copy when the person says that it did not', async () => {
    printer.set({ cablePulledAfterBytes: 30_000 });
    const { jobId, paymentId, content } = file.pay();
    queue.nudge();
    await becomes(jobId, 'unknown');
    printer.set({ cablePulledAfterBytes: null });
    queue.answer({ jobId, cameOut: false, person: cashier });
    // The half receipt is cut off by itself; the copy is whole although the printer still waited for half a band.
    const [half, copy] = await printer.waitForPapers(2);
    if (half === undefined || copy === undefined) throw new Error('no paper');
    expect([readQr(half), readQr(copy)]).toEqual([null, content.qr]);
    expect(printer.strayText).toBe('');
    await until(file.acts, (acts) => acts.at(-1) === 'print.sent');
    expect(file.acts()).toEqual(['print.unknown', 'print.answered', 'print.requested', 'print.sent']);
    expect(file.bodies('print.requested')[0]).toMatchObject({
      paymentId,
      copyNumber: 1,
      reason: 'didNotComeOut',
    });
    // The band of the copy: black at the very edge of the first row.
    expect((copy.bits[0] ?? 0) & 0x80).toBe(0x80);
    expect(queue.status()).toMatchObject({ state: 'idle', unknown: [] });
  });

  it('turns what was being sent when the program was killed into a question', async () => {
    const { jobId } = file.pay();
    // As a kill leaves it: the dots are saved, and nobody knows what the printer got.
    const bitmap = { width: 576, height: 1, deflated: Buffer.from([0]) };
    transact(file.db, (tx) => markSending(tx, jobId, bitmap, 'receipts', 1));
    const waiting = file.pay();
    queue.start();
    expect(file.job(jobId)).toMatchObject({ state: 'unknown', problem: 'brokenOff' });
    expect(file.acts()[0]).toBe('print.unknown');
    await becomes(waiting.jobId, 'confirmed');
    expect(file.job(jobId).state).toBe('unknown');
    const papers = await printer.waitForPapers(2);
    expect(papers.map(readQr)).toEqual([null, waiting.content.qr]);
  });

  it('asks about the paper that was being sent when the program closed', async () => {
    printer.set({ bytesPerSecond: 20_000 });
    const { jobId } = file.pay();
    queue.nudge();
    await becomes(jobId, 'sending');
    await queue.close(20);
    expect(file.job(jobId)).toMatchObject({ state: 'unknown', problem: 'brokenOff' });
  });

  it('makes one copy of one request, numbers the next, and refuses one while a paper still waits', async () => {
    const { jobId, paymentId } = file.pay();
    const request = { requestId: randomUUID(), of: { paymentId }, reason: 'lost', person: cashier };
    expect(codeOf(() => queue.reprint(request))).toBe('printing.busy');
    queue.nudge();
    await becomes(jobId, 'confirmed');
    const first = queue.reprint(request);
    expect(queue.reprint(request)).toEqual(first);
    await becomes(first.jobId, 'confirmed');
    const second = queue.reprint({ ...request, requestId: randomUUID() });
    expect([first.copyNumber, second.copyNumber]).toEqual([1, 2]);
    await becomes(second.jobId, 'confirmed');
    const papers = await printer.waitForPapers(3);
    expect(papers.map((paper) => (paper.bits[0] ?? 0) >> 7)).toEqual([0, 1, 1]);
    expect(file.acts().filter((act) => act === 'print.requested')).toHaveLength(2);

    const other = file.pay();
    expect(codeOf(() => queue.reprint({ ...request, of: { paymentId: other.paymentId } }))).toBe(
      'request.reused',
    );
    expect(codeOf(() => queue.reprint({ ...request, requestId: randomUUID(), of: { paymentId: 999 } }))).toBe(
      'receipt.notFound',
    );
  });

  it('lets no receipt that cannot be drawn hold up the others', async () => {
    const bad = file.pay({ atMs: 9e15 });
    const good = file.pay();
    queue.nudge();
    await becomes(good.jobId, 'confirmed');
    expect(file.job(bad.jobId)).toMatchObject({ state: 'failedNotSent', problem: 'drawing' });
    expect(queue.errors.length).toBeGreaterThan(0);
  });

  it('stops, and asks on the next start, when the disk fails after the paper', async () => {
    const broken = openQueue(file, drawing, printer.port, {
      journal: {
        append: () => {
          throw new Error('disk full');
        },
      },
    });
    const { jobId } = file.pay();
    broken.nudge();
    await until(
      () => broken.errors.length,
      (count) => count > 0,
    );
    await broken.close(0);
    expect(file.job(jobId).state).toBe('sending');
    queue.start();
    expect(file.job(jobId).state).toBe('unknown');
  });
});
