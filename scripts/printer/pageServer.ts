import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { bitmapPng } from '../../electron/printing/bitmap.ts';
import { words } from './pageWords.ts';
import type { PrintedPaper, VirtualPrinter } from './virtualPrinter.ts';

/*
 * The page on which the paper comes out: for training, and for trying the program without hardware. It is served on
 * loopback only, from three files beside this one, and loads nothing from anywhere.
 */
const pages: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const count = z.number().int().min(0).max(1_000_000).nullable();
/** What the page may set: partly, as its switches do. */
const faultsSchema = z
  .strictObject({
    paperOut: z.boolean(),
    paperOutAfterRows: count,
    nearEnd: z.boolean(),
    coverOpen: z.boolean(),
    cablePulledAfterBytes: count,
    stallAfterBytes: count,
    bytesPerSecond: count,
    ignoresProcessId: z.boolean(),
    ignoresStatusRequests: z.boolean(),
    isSilent: z.boolean(),
    statusNoise: z.boolean(),
    answersOutOfOrder: z.boolean(),
    answersGarbage: z.boolean(),
  })
  .partial();

const keptPapers = 50;
const stateMs = 60;
const mostBytes = 4_096;

/** @returns where the page is, and how to end it */
export async function servePrinterPage(
  printer: VirtualPrinter,
  port = 0,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const papers = new Map<number, PrintedPaper>();
  let printed = 0;
  const listeners = new Set<ServerResponse>();
  let stateTimer: NodeJS.Timeout | null = null;

  const tell = (to: Iterable<ServerResponse>, event: string, data: unknown) => {
    for (const listener of to) listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const state = () => ({
    port: printer.port,
    faults: printer.faults,
    hangingRows: printer.hanging().height,
    isHung: printer.hasStalled,
    isCut: printer.isCablePulled,
  });
  const named = (number: number, { height }: PrintedPaper) => ({
    number,
    height,
    src: `papers/${number}.png`,
  });

  printer.on('change', () => {
    stateTimer ??= setTimeout(() => {
      stateTimer = null;
      tell(listeners, 'state', state());
    }, stateMs);
  });
  printer.on('paper', (paper) => {
    printed += 1;
    papers.set(printed, paper);
    papers.delete(printed - keptPapers);
    tell(listeners, 'paper', named(printed, paper));
    tell(listeners, 'state', state());
  });
  printer.on('drawer', (pin) => tell(listeners, 'drawer', { pin }));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    // Another page that a browser has open must neither read papers nor set faults.
    const isOurs = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '');
    if (!isOurs) return refuse(response, 403);
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'POST' && pathname === '/faults') return void setFaults(request, response);
    if (request.method !== 'GET') return refuse(response, 405);
    const page = pages[pathname];
    if (page !== undefined) {
      response.setHeader('content-type', page[1]);
      response.end(readFileSync(join(import.meta.dirname, 'page', page[0])));
      return;
    }
    if (pathname === '/words.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(words));
      return;
    }
    if (pathname === '/events') return listen(response);
    if (pathname === '/hanging.png') return png(response, bitmapPng(printer.hanging()));
    const paper = papers.get(Number(/^\/papers\/(\d+)\.png$/.exec(pathname)?.[1]));
    if (paper === undefined) return refuse(response, 404);
    png(response, paper.png);
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    tell([response], 'state', state());
    tell(
      [response],
      'papers',
      [...papers].map(([number, paper]) => named(number, paper)),
    );
  }

  async function setFaults(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers['content-type'] !== 'application/json') return refuse(response, 415);
    let text = '';
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > mostBytes) return refuse(response, 413);
    }
    const asked = faultsSchema.safeParse(parsed(text));
    if (!asked.success) return refuse(response, 400);
    const given = Object.fromEntries(Object.entries(asked.data).filter(([, value]) => value !== undefined));
    printer.set(given);
    response.writeHead(204).end();
  }

  const server: Server = createServer(answer);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      if (stateTimer !== null) clearTimeout(stateTimer);
      server.close();
      server.closeAllConnections();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function png(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
