import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blackenDots, bitmapPng } from '../../electron/printing/bitmap.ts';
import { documentPage } from '../../electron/printing/pdf/documentPage.ts';
import { pictureUrl } from '../../electron/printing/pictureType.ts';
import { pageStyle } from '../../electron/printing/pdf/pageStyle.ts';
import { receiptPage } from '../../electron/printing/pdf/receiptPage.ts';
import { depositSlip, samplePage, shiftReport } from './paperSamples.ts';
import { crestFile, readQr } from './printingFixtures.ts';
import { basket, hostileContent, sampleContent, threeCurrencies, undoneContent } from './printingSamples.ts';

const original = { copyNumber: 0, crest: null };

/** What is read on the page: without tags, names of characters resolved. */
function words(html: string): string {
  return html
    .slice(html.indexOf('<body>'))
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** What a scanner reads from the squares of the page's code. */
function scanned(html: string): string | null {
  const side = Number(/viewBox="0 0 (\d+) /.exec(html)?.[1]);
  const path = /<path d="([^"]+)"/.exec(html)?.[1];
  if (path === undefined) return null;
  const scale = 4;
  const bitmap = {
    width: side * scale,
    height: side * scale,
    bits: new Uint8Array((side * scale * side * scale) / 8 + side * scale),
  };
  for (const [, x, y, across] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    blackenDots(bitmap, Number(x) * scale, Number(y) * scale, Number(across) * scale, scale);
  }
  return readQr(bitmap);
}

describe('a receipt as a page', () => {
  it('says what the thermal paper says, and its code reads back', () => {
    const content = threeCurrencies();
    const html = receiptPage(content, original);
    const page = words(html);
    for (const said of [
      content.number,
      content.payer.name,
      'فقط ألف ومائتان وأربعة وثلاثون',
      'B-2026-09-100234-1',
      'غرامات',
      '120.000 دينار × 5.2345',
      '628.14',
      'الباقي المعاد بالدولار',
      'فرق التقريب (لصالح المواطن)',
      'الرصيد الدائن للاشتراك',
      content.cashier.ar,
    ]) {
      expect(page).toContain(said);
    }
    expect(scanned(html)).toBe(content.qr);
  });

  it('is marked as a copy at head and foot of each page, and the original is not', () => {
    expect(count(receiptPage(sampleContent(), original), 'نسخة طبق الأصل')).toBe(0);
    const copy = receiptPage(sampleContent({ isDemonstration: true }), { copyNumber: 3, crest: null });
    for (const part of ['thead', 'tfoot']) {
      const band = new RegExp(`<${part}>.*?</${part}>`, 's').exec(copy)?.[0] ?? '';
      expect(words(`<body>${band}`)).toContain('نسخة طبق الأصل – رقم 3');
      expect(band).toContain('تجريبي');
    }
  });

  it('that takes one back says so, has no code to scan and no balance', () => {
    const html = receiptPage(undoneContent(), original);
    expect(count(words(html), 'إلغاء سند قبض')).toBe(2);
    expect(words(html)).toContain('وكان السند قبل ذلك');
    expect(words(html)).not.toContain('الرصيد المتبقي');
    expect(scanned(html)).toBeNull();
  });

  it('of a paper book and of a basket names the leaf, the accounts and their sums', () => {
    const book = { code: 'D7', leaf: 45, writtenOn: '2026-11-22', writtenBy: { ar: 'سناء', en: '' } };
    expect(words(receiptPage(sampleContent({ book }), original))).toContain('ليس سندًا ثانيًا');
    const page = words(receiptPage(basket(), original));
    for (const said of ['اشتراك 100871', 'مجموع الاشتراك 204410', '410.00', 'خدمات ورسوم']) {
      expect(page).toContain(said);
    }
  });

  it('keeps every identifier an island, and digits of both kinds in their order', () => {
    const html = receiptPage(
      sampleContent({ payer: { name: 'محمد ٢٠٢٦-٠٠٤٥ شقة 12-B', identityNumber: '900123456' } }),
      original,
    );
    expect(html).toContain('<bdi dir="ltr" class="whole">12-B</bdi>');
    expect(html).toContain('<bdo dir="ltr">٢٠٢٦-٠٠٤٥</bdo>');
    expect(html).toContain('<bdi dir="ltr" class="whole">KY01-2026-004512</bdi>');
    expect(html).not.toMatch(/[\u2066-\u2069\u202a-\u202e]/);
  });

  it('runs nothing that a name brings along', () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(2)> & "محمد"';
    const html = receiptPage(sampleContent({ payer: { name, identityNumber: null } }), original);
    expect(words(html).replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
    expect(html).not.toMatch(/<script|<img|style=/);
    expect(() => receiptPage(hostileContent(), original)).not.toThrow();
  });
});

describe('a report or a slip as a page', () => {
  it('has every element of it', () => {
    const page = words(documentPage(shiftReport(), original));
    for (const said of [
      'تقرير إغلاق وردية',
      'Z-KY01-000012',
      'KY01-2026-004401',
      '37,971.05',
      '\u22121,234.50',
      '\u221212.50',
      '900.250',
      'رامي خليل شبير',
    ]) {
      expect(page).toContain(said);
    }
    const slip = words(documentPage(depositSlip(), { copyNumber: 2, crest: null }));
    expect(slip).toContain('الفرق -12.50 مبيَّن');
    expect(count(slip, 'نسخة طبق الأصل – رقم 2')).toBe(2);
  });

  it('leaves out what only tries a thermal head', () => {
    const html = documentPage(samplePage(576), original);
    expect(words(html)).toContain('نهاية صفحة الاختبار');
    expect(scanned(html)).toBe('SANDUQ TEST 576');
  });
});

describe('a crest on a page', () => {
  it('is a picture, or is left out', () => {
    expect(pictureUrl(readFileSync(crestFile))).toMatch(/^data:image\/svg\+xml;base64,/);
    const png = bitmapPng({ width: 8, height: 8, bits: new Uint8Array(8) });
    expect(pictureUrl(png)).toMatch(/^data:image\/png/);
    expect(pictureUrl(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toMatch(/^data:image\/jpeg/);
    for (const other of ['', 'words', '<html><svg></svg></html>', '%PDF-1.7']) {
      expect(pictureUrl(Buffer.from(other))).toBeNull();
    }
    const url = pictureUrl(png);
    expect(receiptPage(sampleContent(), { copyNumber: 0, crest: url })).toContain(`src="${url}"`);
  });

  it('and the letters come with the program: nothing is fetched', () => {
    expect([...pageStyle.matchAll(/url\('([^']+)'\)/g)].map(([, url]) => url)).toHaveLength(6);
    expect(pageStyle).not.toMatch(/https?:|@import/);
  });
});
