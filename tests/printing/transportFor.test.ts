import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listWays, transportFor } from '../../electron/printing/transports/index.ts';
import { windowsLibraries } from '../../electron/printing/transports/spoolMessages.ts';
import { createSpooler } from '../../electron/printing/transports/spooler.ts';
import type { PrinterWay } from '../../shared/ipc/printing.ts';
import { printerSchema } from '../../shared/ipc/printing.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { impatient } from '../main/printingFixtures.ts';
import { running, sampleJob } from './sampleJob.ts';

const folder = mkdtempSync(join(tmpdir(), 'sanduq-ways-'));
const spooler = createSpooler({
  workerFile: new URL('../../electron/printing/transports/spoolWorker.ts', import.meta.url),
  libraries: windowsLibraries,
});
const parts = { spooler, pictureFolder: join(folder, 'papers'), patience: impatient };
afterAll(async () => {
  await spooler.close();
  rmSync(folder, { recursive: true });
});

let virtual: VirtualPrinter;
beforeEach(async () => {
  virtual = await startVirtualPrinter();
});
afterEach(() => virtual.close());

const able = { answersStatus: true, acknowledges: true };
/** A printer as it is configured, read as the settings read it. */
function to(way: PrinterWay, abilities = able) {
  const printer = printerSchema.parse({
    id: 'front',
    name: 'الشباك',
    way,
    dotsPerLine: 576,
    density: 'normal',
    cut: 'full',
    feedLines: 4,
    drawer: null,
    ...abilities,
  });
  return transportFor(printer, parts);
}
const send = (way: PrinterWay) => to(way).send(sampleJob, running, () => {});
const tcp = (): PrinterWay => ({ kind: 'tcp', host: '127.0.0.1', port: virtual.port });

describe('every way to a printer', () => {
  it('TCP confirms by the number of the job', async () => {
    virtual.set({ ignoresStatusRequests: true });
    expect(await send(tcp())).toEqual({ kind: 'confirmed' });
    expect(virtual.papers).toHaveLength(1);
  });

  it('a folder takes pictures', async () => {
    expect(await send({ kind: 'picture' })).toEqual({ kind: 'sent' });
    expect(readdirSync(parts.pictureFolder)).toEqual(['paper-00001.png']);
  });

  it.each([
    [{ kind: 'spooler', printer: 'x'.repeat(220), datatype: 'RAW' }, 'spooler'],
    [{ kind: 'serial', path: '/dev/ttyNowhere', baudRate: 9_600 }, 'notFound'],
    [{ kind: 'share', path: '\\\\counter-2\\receipts' }, 'notFound'],
    [{ kind: 'tcp', host: 'no-such-printer.invalid', port: 9_100 }, 'unreachable'],
  ] as const)('an unknown printer is named as such, and nothing is sent: %j', async (way, problem) => {
    expect(await send(way)).toEqual({ kind: 'failedNotSent', problem });
  });

  it('is probed: what the printer can, and what is wrong when it cannot be asked', async () => {
    expect(await to(tcp()).probe(running)).toEqual({
      ...able,
      look: { problem: null, isPaperNearEnd: false },
    });
    virtual.set({ ignoresProcessId: true, nearEnd: true });
    expect(await to(tcp()).probe(running)).toEqual({
      answersStatus: true,
      acknowledges: false,
      look: { problem: null, isPaperNearEnd: true },
    });
    virtual.set({ isSilent: true });
    expect(await to(tcp()).probe(running)).toEqual({
      answersStatus: false,
      acknowledges: false,
      look: null,
    });
    expect(virtual.papers).toHaveLength(0);
    const nobody = to(tcp());
    await virtual.close();
    expect(await nobody.probe(running)).toEqual({
      answersStatus: false,
      acknowledges: false,
      look: { problem: 'refused', isPaperNearEnd: false },
    });
  });

  it('lists what there is to choose from', async () => {
    expect(await listWays(spooler)).toEqual({ spooler: [], serial: expect.any(Array) });
  });
});
