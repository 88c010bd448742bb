import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Drawing } from '../../electron/printing/drawing.ts';
import { openAccountsFile } from './accountFixtures.ts';
import { openDrawing } from './printingFixtures.ts';
import { sampleContent } from './printingSamples.ts';

const run = promisify(execFile);

let drawing: Drawing;
afterEach(() => drawing.close());

const at = { dotsPerLine: 576, copyNumber: 0 };

describe('the drawing worker', () => {
  it('gives the job and the picture the same dots', async () => {
    drawing = openDrawing();
    const [job, picture] = await Promise.all([
      drawing.draw(sampleContent(), at),
      drawing.picture(sampleContent(), at),
    ]);
    const bits = inflateSync(job.deflated);
    expect(bits.length).toBe(72 * job.height);
    const png = PNG.sync.read(Buffer.from(picture.png));
    expect([png.width, png.height]).toEqual([job.width, job.height]);
    let differing = 0;
    for (let index = 0; index < png.width * png.height; index++) {
      const isBlack = ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
      if (isBlack !== (png.data[index * 4] === 0)) differing += 1;
    }
    expect(differing).toBe(0);
  });

  it('refuses a receipt that it cannot draw and draws the next', async () => {
    drawing = openDrawing();
    await expect(drawing.draw(sampleContent({ atMs: 9e15 }), at)).rejects.toThrow('Invalid time');
    await expect(drawing.draw(sampleContent(), at)).resolves.toMatchObject({ width: 576 });
  });

  it('is replaced when it hangs', async () => {
    const { folder, close } = openAccountsFile();
    const workerFile = join(folder, 'hangs.mjs');
    writeFileSync(
      workerFile,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); });`,
    );
    drawing = openDrawing({ workerFile, timeoutMs: 200 });
    await expect(drawing.draw(sampleContent(), at)).rejects.toThrow('ended');
    await expect(drawing.draw(sampleContent(), at)).rejects.toThrow('ended');
    close();
  });

  it('is replaced when it crashes', async () => {
    const { folder, close } = openAccountsFile();
    const workerFile = join(folder, 'crashes.mjs');
    writeFileSync(
      workerFile,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ id }) => { throw new Error('crashed ' + id); });`,
    );
    drawing = openDrawing({ workerFile });
    await expect(drawing.draw(sampleContent(), at)).rejects.toThrow('crashed 1');
    await expect(drawing.draw(sampleContent(), at)).rejects.toThrow('crashed 2');
    close();
  });

  it('says that a font is missing instead of drawing with another', async () => {
    drawing = openDrawing({ fontsFolder: import.meta.dirname });
    await expect(drawing.draw(sampleContent(), at)).rejects.toThrow('ENOENT');
  });

  it('keeps its memory over 1,000 receipts', { timeout: 120_000 }, async () => {
    drawing = openDrawing();
    // A process of its own: what other tests leave behind must not be counted; nor what glibc keeps of freed pixels for
    // the next ones, the more of it the busier the machine is.
    const { stdout } = await run(
      process.execPath,
      [fileURLToPath(new URL('drawMany.ts', import.meta.url)), '1000'],
      {
        env: {
          ...process.env,
          MALLOC_ARENA_MAX: '1',
          MALLOC_MMAP_THRESHOLD_: '65536',
          MALLOC_TRIM_THRESHOLD_: '65536',
        },
      },
    );
    const { earlyBytes, lateBytes } = JSON.parse(stdout) as { earlyBytes: number; lateBytes: number };
    expect(earlyBytes).toBeGreaterThan(0);
    expect((lateBytes - earlyBytes) / 1e6).toBeLessThan(50);
  });

  it('says that the crest cannot be used, and draws without it', async () => {
    const { folder, close } = openAccountsFile();
    const crestFile = join(folder, 'logo.png');
    writeFileSync(crestFile, 'not a picture');
    const said: unknown[] = [];
    drawing = openDrawing({ crestFile, onCrest: () => said.push(drawing.crestProblem()) });
    const job = await drawing.draw(sampleContent(), at);
    expect(said).toEqual(['notPicture']);
    const plain = openDrawing({ crestFile: null });
    expect((await plain.draw(sampleContent(), at)).height).toBe(job.height);
    await plain.close();
    close();
  });

  it("puts the municipality's own logo above what is drawn next, also after its worker was replaced", async () => {
    const square = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90"/></svg>`;
    let logo: Uint8Array | null = null;
    const said: unknown[] = [];
    drawing = openDrawing({
      crestFile: null,
      logo: () => logo,
      onCrest: () => said.push(drawing.crestProblem()),
    });
    const without = await drawing.draw(sampleContent(), at);
    logo = Buffer.from(square);
    const tried = await drawing.tryCrest(logo);
    expect(tried.problem).toBeNull();
    expect(
      Buffer.from(tried.png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect((await drawing.draw(sampleContent(), at)).height).toBe(without.height);
    await drawing.useCrest(logo);
    const drawn = await drawing.draw(sampleContent(), at);
    expect(drawn.height - without.height).toBe(116 + 4);
    expect(await drawing.tryCrest(Buffer.from('<html>'))).toEqual({ problem: 'notPicture', png: null });
    expect((await drawing.draw(sampleContent(), at)).raster).toEqual(drawn.raster);
    const another = openDrawing({ crestFile: null, logo: () => logo });
    expect((await another.draw(sampleContent(), at)).raster).toEqual(drawn.raster);
    await another.close();
    await drawing.useCrest(null);
    expect((await drawing.draw(sampleContent(), at)).raster).toEqual(without.raster);
    expect(said).toEqual([]);
  });
});
