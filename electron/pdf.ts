import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'electron';
import { BrowserWindow, session } from 'electron';
import { fontFiles } from './printing/fontFiles.ts';
import { pageStyle } from './printing/pdf/pageStyle.ts';
import type { Pdf } from './services.ts';

const origin = 'app://paper';
/** A page that takes longer is given up: it is text and two pictures. */
const timeoutMs = 30_000;

/** No script, nothing from outside, no style but ours; the crest comes with the page. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The foot of each page; it is drawn outside the page, where its policy does not reach. */
const footer = `<div style="width: 100%; font-size: 8pt; text-align: center; direction: ltr">
  <span class="pageNumber"></span> / <span class="totalPages"></span></div>`;

/**
 * Pages as PDF, drawn by a hidden window that runs no script and has a session of its own, in which there is nothing
 * but the page, its style and the fonts.
 */
export function systemPdf(fontsFolder: string): Pdf {
  const pages = new Map<string, string>();
  let last = 0;
  let own: Session | null = null;

  function ownSession(): Session {
    if (own !== null) return own;
    own = session.fromPartition('paper');
    own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    own.protocol.handle('app', (request) => serve(new URL(request.url)));
    return own;
  }

  async function serve({ host, pathname }: URL): Promise<Response> {
    const html = pages.get(pathname);
    if (host !== 'paper') return new Response(null, { status: 404 });
    if (html !== undefined) return answer(html, 'text/html; charset=utf-8');
    if (pathname === '/page.css') return answer(pageStyle, 'text/css; charset=utf-8');
    const font = fontFiles.find((name) => pathname === `/fonts/${name}`);
    if (font === undefined) return new Response(null, { status: 404 });
    return answer(new Uint8Array(await readFile(join(fontsFolder, font))), 'font/woff2');
  }

  return {
    async render(html) {
      const path = `/${++last}.html`;
      pages.set(path, html);
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          session: ownSession(),
          javascript: false,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          spellcheck: false,
          navigateOnDragDrop: false,
        },
      });
      window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
      window.webContents.on('will-navigate', (event) => event.preventDefault());
      try {
        return await inTime(
          window.loadURL(origin + path).then(() =>
            window.webContents.printToPDF({
              preferCSSPageSize: true,
              printBackground: true,
              generateTaggedPDF: true,
              displayHeaderFooter: true,
              headerTemplate: '<span></span>',
              footerTemplate: footer,
            }),
          ),
        );
      } finally {
        pages.delete(path);
        window.destroy();
      }
    },
  };
}

function answer(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': policy,
    },
  });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the page took too long')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
