import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

export const pageOrigin = 'app://sanduq';
export const startPage = `${pageOrigin}/index.html`;

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
 * Serves the built window from its folder and from nowhere else, with a fresh nonce for each load.
 * @returns settles when the window has been given the script of its page
 */
export function servePages(folder: string): Promise<void> {
  const ahead = readAhead(folder);
  const hasScript = Promise.withResolvers<void>();
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = normalize(join(folder, decodeURIComponent(url.pathname)));
    const extension = extname(file);
    const type = types[extension];
    if (url.origin !== pageOrigin && url.host !== 'sanduq') return new Response(null, { status: 404 });
    if (type === undefined || !file.startsWith(folder + sep)) return new Response(null, { status: 404 });
    try {
      const bytes = await (ahead.get(file) ?? readFile(file));
      ahead.delete(file);
      const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' };
      if (extension === '.js') return new Response(streamed(bytes, hasScript.resolve), { headers });
      if (extension !== '.html') return new Response(new Uint8Array(bytes), { headers });
      const nonce = randomBytes(16).toString('base64');
      return new Response(bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce), {
        headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
      });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        return new Response(null, { status: 404 });
      throw error;
    }
  });
  return hasScript.promise;
}

/** The page and what it names, read while the window's process starts; each is kept until it has been asked for. */
function readAhead(folder: string): Map<string, Promise<Buffer>> {
  const page = join(folder, 'index.html');
  const ahead = new Map<string, Promise<Buffer>>();
  const read = (file: string): Promise<Buffer> => {
    const reading = readFile(file);
    // Whoever asks for it hears of it; until then it is no unhandled rejection.
    reading.catch(() => {});
    ahead.set(file, reading);
    return reading;
  };
  read(page).then(
    (html) => {
      for (const [, name = ''] of html.toString('utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g))
        void read(join(folder, name));
    },
    () => {},
  );
  return ahead;
}

/** A body that says when its last byte has been taken. */
function streamed(bytes: Uint8Array, onTaken: () => void): ReadableStream<Uint8Array> {
  let isGiven = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!isGiven) {
          isGiven = true;
          controller.enqueue(bytes);
          return;
        }
        controller.close();
        onTaken();
      },
    },
    { highWaterMark: 0 },
  );
}
