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

/** No script, nothing from outside, no style but ours; the crest comes with the page, the fonts with the style. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  'font-src data:',
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
 * but the page and its style.
 */
export function systemPdf(fontsFolder: string): Pdf {
  const pages = new Map<string, string>();
  let last = 0;
  let own: Session | null = null;
  /** Read once, before the first page. */
  let style: string | null = null;

  function ownSession(): Session {
    if (own !== null) return own;
    own = session.fromPartition('paper');
    own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    own.protocol.handle('app', (request) => serve(new URL(request.url)));
    return own;
  }

  function serve({ host, pathname }: URL): Response {
    const html = pages.get(pathname);
    if (host !== 'paper') return new Response(null, { status: 404 });
    if (html !== undefined) return answer(html, 'text/html; charset=utf-8');
    if (pathname !== '/page.css') return new Response(null, { status: 404 });
    return answer(style ?? '', 'text/css; charset=utf-8');
  }

  return {
    async render(html) {
      // A font that can't be read is an error, not a paper in other letters.
      style ??= await withFonts(fontsFolder);
      const path = `/${++last}.html`;
      pages.set(path, html);
      const window = new BrowserWindow({
        show: false,
        paintWhenInitiallyHidden: false,
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

/**
 * The style with its fonts in it. Chromium asks for a font of its own file when it first lays text out, which for a page
 * that nobody looks at may be when it is printed; the letters are then missing from the paper.
 */
async function withFonts(fontsFolder: string): Promise<string> {
  let style = pageStyle;
  for (const name of fontFiles) {
    const font = await readFile(join(fontsFolder, name), 'base64');
    style = style.replace(`url('fonts/${name}')`, `url('data:font/woff2;base64,${font}')`);
  }
  return style;
}

function answer(body: string, type: string): Response {
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
