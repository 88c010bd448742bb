import type { PaperContent } from '../../../shared/domain/paper.ts';
import { isolate, isolateWithin } from '../bidi.ts';
import { demonstrationNotice } from '../receiptWords.ts';
import type { Html } from './html.ts';
import { all, escaped, nothing, tag } from './html.ts';

export type PageOptions = {
  /** 0: the original. 1, 2 …: marked copies. */
  readonly copyNumber: number;
  /** The crest as a data URL; null for none. */
  readonly crest: string | null;
};

export type PageParts = {
  readonly title: string;
  /** Null for a paper without one. */
  readonly number: string | null;
  /** More bands than the copy's and the demonstration's: what nobody may overlook. */
  readonly bands: readonly string[];
  readonly body: readonly Html[];
};

/**
 * A whole A4 page, or as many as it takes. The bands are at the head and the foot of every one: they are the head and
 * foot of a table around all of it, which a page break repeats.
 */
export function page(content: PaperContent, parts: PageParts, { copyNumber, crest }: PageOptions): string {
  const { municipality, centre } = content;
  const bands = [
    ...(copyNumber > 0 ? [`نسخة طبق الأصل – رقم ${isolate(String(copyNumber))}`] : []),
    ...(content.isDemonstration ? [demonstrationNotice] : []),
    ...parts.bands,
  ].map((words) => tag('p class="band"', words));
  const head = tag(
    'header',
    crest === null ? nothing : { html: `<img class="crest" alt="" src="${escaped(crest)}">` },
    tag('div', tag('strong', isolateWithin(municipality.ar)), tag('span', isolateWithin(centre.ar))),
    tag('div class="latin" dir="ltr"', tag('strong', municipality.en), tag('span', centre.en)),
  );
  const frame = tag(
    'table class="sheet"',
    tag('thead', tag('tr', tag('td', ...bands))),
    tag('tfoot', tag('tr', tag('td', ...bands))),
    tag(
      'tbody',
      tag(
        'tr',
        tag(
          'td',
          head,
          tag('h1', isolateWithin(parts.title)),
          parts.number === null ? nothing : tag('p class="number"', `رقم ${isolate(parts.number)}`),
          all(parts.body),
        ),
      ),
    ),
  );
  const title = `<title>${escaped(parts.number ?? parts.title)}</title>`;
  return `<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8">${title}<link rel="stylesheet" href="page.css"></head>
<body>${frame.html}</body></html>`;
}
