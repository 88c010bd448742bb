import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { ProtocolResponse } from 'electron';
import { protocol } from 'electron';

const pageHost = 'sanduq';
export const pageOrigin = `app://${pageHost}`;
export const startPage = `${pageOrigin}/index.html`;

const notThere: ProtocolResponse = { statusCode: 404, data: Buffer.alloc(0) };

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      // Compiled scripts are kept in the user's folder: every start but a version's first two need not compile them.
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Nothing from outside, nothing inline but what carries this load's nonce; pictures of receipts are data URLs. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}

/**
 * Serves the built window from its folder and from nowhere else, with a fresh nonce for each load. The older way of
 * Electron to serve a scheme, on purpose: the newer one brings a whole HTTP client into the process before the first
 * byte and carries each body through it, 90 ms of every start (docs/performance.md).
 */
export function servePages(folder: string): void {
  const take = readAhead(folder);
  protocol.registerBufferProtocol('app', (request, answer) => {
    const file = fileOf(folder, new URL(request.url));
    const type = file === null ? undefined : types[extname(file)];
    if (file === null || type === undefined) {
      answer(notThere);
      return;
    }
    take(file).then(
      (bytes) =>
        answer(extname(file) === '.html' ? page(bytes, type) : { data: bytes, headers: plainHeaders(type) }),
      () => answer(notThere),
    );
  });
}

/** The file that an address names; null when it lies anywhere but in the folder. */
function fileOf(folder: string, url: URL): string | null {
  if (url.host !== pageHost) return null;
  const file = normalize(join(folder, decoded(url.pathname)));
  return file.startsWith(folder + sep) ? file : null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

function page(html: Buffer, type: string): ProtocolResponse {
  const nonce = randomBytes(16).toString('base64');
  return {
    data: Buffer.from(html.toString('utf8').replaceAll('__CSP_NONCE__', nonce)),
    headers: { ...plainHeaders(type), 'content-security-policy': contentSecurityPolicy(nonce) },
  };
}

function plainHeaders(type: string): Record<string, string> {
  return { 'content-type': type, 'x-content-type-options': 'nosniff' };
}

/**
 * Reads the page and what it names while the window's process starts, and keeps each until it has been asked for.
 * @returns the bytes of a file, read now if they were not
 */
function readAhead(folder: string): (file: string) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>();
  const read = (file: string): Promise<Buffer> => {
    const reading = readFile(file);
    // Whoever asks for it hears of it; until then it is no unhandled rejection.
    reading.catch(() => {});
    kept.set(file, reading);
    return reading;
  };
  read(join(folder, 'index.html')).then(
    (html) => {
      for (const [, name = ''] of html.toString('utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g))
        void read(join(folder, name));
    },
    () => {},
  );
  return (file) => {
    const reading = kept.get(file) ?? readFile(file);
    kept.delete(file);
    return reading;
  };
}
