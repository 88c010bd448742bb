import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servePrinterPage } from '../../scripts/printer/pageServer.ts';
import { noFaults } from '../../scripts/printer/faults.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { running, sampleJob } from '../printing/sampleJob.ts';

let printer: VirtualPrinter;
let page: Awaited<ReturnType<typeof servePrinterPage>>;
beforeEach(async () => {
  printer = await startVirtualPrinter();
  page = await servePrinterPage(printer);
});
afterEach(async () => {
  page.close();
  await printer.close();
});

const post = (body: string, type = 'application/json') =>
  fetch(new URL('faults', page.url), { method: 'POST', headers: { 'content-type': type }, body });

/** The events of the page until one of this name came; the last of each name. */
async function eventsUntil(last: string): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const response = await fetch(new URL('events', page.url));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) throw new Error(`no ${last}: ${text}`);
    text += part.value;
    for (const [, name = '', data = ''] of text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g))
      seen[name] = JSON.parse(data);
    if (last in seen) {
      await reader?.cancel();
      return seen;
    }
  }
}

describe("the printer's page", () => {
  it('shows each paper that comes out, and the drawer that opens', async () => {
    const seeing = eventsUntil('paper');
    const transport = createTcpTransport({ host: '127.0.0.1', port: printer.port });
    const kick = Buffer.from([0x1b, 0x70, 0, 25, 250]);
    await transport.send(Buffer.concat([kick, sampleJob]), running, () => {});
    const { paper, drawer, state } = await seeing;
    expect(paper).toEqual({ number: 1, height: 1_400, src: 'papers/1.png' });
    expect(drawer).toEqual({ pin: 2 });
    expect(state).toMatchObject({ port: printer.port, faults: noFaults() });
    const picture = await fetch(new URL('papers/1.png', page.url));
    expect(Buffer.from(await picture.arrayBuffer()).equals(printer.papers[0]?.png ?? Buffer.alloc(0))).toBe(
      true,
    );
    // Who comes later sees what there is.
    expect((await eventsUntil('papers'))['papers']).toEqual([paper]);
  });

  it('sets faults, and only faults', async () => {
    expect((await post('{"paperOut":true,"bytesPerSecond":15000}')).status).toBe(204);
    expect(printer.faults).toEqual({ ...noFaults(), paperOut: true, bytesPerSecond: 15_000 });
    for (const bad of ['', '{', '[]', '{"paperOut":1}', '{"strayText":"x"}', '{"paperOutAfterRows":-1}'])
      expect((await post(bad)).status).toBe(400);
    expect((await post('{"paperOut":false}', 'text/plain')).status).toBe(415);
    expect((await post(JSON.stringify({ x: 'x'.repeat(9_000) }))).status).toBe(413);
    expect(printer.faults.paperOut).toBe(true);
  });

  it('is nobody else’s: not by another name, nothing beside its files, nothing from anywhere', async () => {
    const { port } = new URL(page.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
    expect((await fetch(new URL('papers/../../main.ts', page.url))).status).toBe(404);
    expect((await fetch(new URL('papers/9.png', page.url))).status).toBe(404);
    expect((await fetch(page.url, { method: 'PUT' })).status).toBe(405);
    const html = await fetch(page.url);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    const words = await (await fetch(new URL('words.json', page.url))).json();
    expect(words).toMatchObject({ ar: { other: 'English' }, en: { other: 'العربية' } });
    for (const file of ['', 'page.css', 'page.js', 'words.json'])
      expect(await (await fetch(new URL(file, page.url))).text()).not.toMatch(/https?:\/\//);
  });
});
