import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyQuery, fold, foldTokens, indexTokens, queryTokens } from '../../shared/domain/folding.ts';

/** What the search does: every word looked for must begin some word of the index. */
function finds(query: string, name: string): boolean {
  const index = indexTokens(name);
  const words = queryTokens(query);
  return words.length > 0 && words.every((word) => index.some((token) => token.startsWith(word)));
}

describe('one spelling', () => {
  test.each([
    ['أحمد إبراهيم آدم ٱلله', 'احمد ابراهيم ادم الله'],
    ['مصطفى يحيى', 'مصطفي يحيي'],
    ['فاطمة', 'فاطمه'],
    ['رؤى لؤي', 'روي لوي'],
    ['عائشة هانئ', 'عايشه هاني'],
    ['علاء شيماء', 'علا شيما'],
    ['مُحَمَّدٌ', 'محمد'],
    ['محمـــد', 'محمد'],
    ['\u202bمحمد\u202c \u200fعلي\u200e', 'محمد علي'],
    ['ﻣﺤﻤﺪ', 'محمد'],
    ['ﻷحمد', 'لاحمد'],
    ['علی کریم', 'علي كريم'],
    ['حساب ١٢٣ و۴۵', 'حساب 123 و45'],
    ['José  O’NEIL', 'jose o neil'],
    ['  أبو-دقة،(خان يونس) ', 'ابو دقه خان يونس'],
    ['ا\u0654حمد', 'احمد'],
    ['', ''],
    ['ـ ء ،', ''],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('of a folded text is itself, whatever the text was', () => {
    const arabic = fc.string({
      unit: fc.integer({ min: 0x600, max: 0x6ff }).map((c) => String.fromCharCode(c)),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), arabic), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(foldTokens(text).join('')).toBe(fold(text).replaceAll(' ', ''));
      }),
      { numRuns: 1_000 },
    );
  });
});

test('a name in plain letters is folded as it is among other characters', () => {
  const letters = fc.string({
    unit: fc.oneof(
      fc.constant(' '),
      fc.integer({ min: 0x621, max: 0x64a }).map((code) => String.fromCharCode(code)),
    ),
  });
  fc.assert(
    fc.property(letters, (name) => {
      expect(fold(name)).toBe(fold(`${name}\u064b`));
    }),
    { numRuns: 1_000 },
  );
});

describe('compound names', () => {
  test.each([
    ['عبد الرحمن', ['عبدالرحمن']],
    ['عبدالرحمن', ['عبدالرحمن']],
    ['محمد عبد الله أبو دقة', ['محمد', 'عبدالله', 'ابودقه']],
    ['أم كلثوم ابن سعيد', ['امكلثوم', 'ابنسعيد']],
    ['أبو عبد الله', ['ابوعبدالله']],
    ['نور الدين محمود', ['نورالدين', 'محمود']],
    ['هبة الله', ['هبهالله']],
    ['محمد بن علي', ['محمد', 'بن', 'علي']],
    ['محمد عبد', ['محمد', 'عبد']],
    ['الدين', ['الدين']],
    ['', []],
  ])('%j is %j', (text, tokens) => {
    expect(foldTokens(text)).toEqual(tokens);
  });

  test('are kept in the index with and without the article, each word once', () => {
    expect(indexTokens('محمد محمد الأسطل')).toEqual(['محمد', 'الاسطل', 'اسطل']);
    expect(indexTokens('عبد الرحمن')).toEqual(['عبدالرحمن', 'عبدرحمن']);
    expect(indexTokens('أبو السعود')).toEqual(['ابوالسعود', 'ابوسعود', 'السعود', 'سعود']);
    expect(indexTokens('نور الدين')).toEqual(['نورالدين', 'نور', 'الدين', 'دين']);
    expect(indexTokens('آلاء')).toEqual(['الا']);
  });
});

describe('a name is found', () => {
  const name = 'محمد عبد الرحمن بن أحمد أبو دقّة الأسطل';
  test.each([
    'محمد',
    'مح',
    'الاسطل محمد',
    'أسطل',
    'الأسطل',
    'اسطل احمد',
    'عبدالرحمن',
    'عبد الرحمن',
    'عبد رحمن',
    'محمد عبد',
    'محمد عبد ا',
    'عبد ال',
    'ابودقه',
    'أبو دقة',
    'أبو',
    'دقة',
    'عبدالرحمن احمد',
    'عبد الرحمن بن احمد',
    'عبد الرحمن بن',
    'دقه محمـد',
  ])('by %j', (query) => {
    expect(finds(query, name)).toBe(true);
  });

  test('at every moment while it is typed', () => {
    const names = [
      name,
      'نور الدين عبد الله ابن سعيد',
      'فتح الله أم النصر',
      'هبة الله آل ثاني',
      'عبدالله الفرا',
    ];
    for (const whole of names) {
      for (let length = 1; length <= whole.length; length++) {
        const typed = whole.slice(0, length);
        expect({ typed, found: finds(typed, whole) }).toEqual({ typed, found: true });
      }
    }
  });

  test('whether or not it was stored in one word', () => {
    expect(finds('نور الدين', 'نورالدين محمود')).toBe(true);
    expect(finds('نورالدين', 'نور الدين محمود')).toBe(true);
    expect(finds('ابو دقة', 'سعيد ابودقة')).toBe(true);
    expect(finds('محمد بن علي', 'محمد علي')).toBe(true);
    expect(finds('محمد علي', 'محمد بن علي')).toBe(true);
  });

  test('not by another', () => {
    expect(finds('محمود', name)).toBe(false);
    expect(finds('عزيز', 'عبد العزيز')).toBe(false);
    expect(finds('', name)).toBe(false);
    expect(finds('،', name)).toBe(false);
  });
});

describe('the text of the search box', () => {
  test('is words when it is a name', () => {
    expect(classifyQuery('أحمد عبد ال')).toEqual({ digits: '', nameTokens: ['احمد', 'عبدال'] });
    expect(classifyQuery('Ahmad')).toEqual({ digits: '', nameTokens: ['ahmad'] });
    expect(classifyQuery('  ')).toEqual({ digits: '', nameTokens: [] });
  });

  test('is an identity when nine digits have their check digit', () => {
    expect(classifyQuery('123456782')).toEqual({
      digits: '123456782',
      nameTokens: [],
      identity: '123456782',
    });
    expect(classifyQuery('١٢٣٤٥٦٧٨٢').identity).toBe('123456782');
    expect(classifyQuery('123-456-782').identity).toBe('123456782');
    expect(classifyQuery('123456789')).toEqual({ digits: '123456789', nameTokens: [] });
  });

  test.each([
    '0599123456',
    '059 912 3456',
    '٠٥٩٩١٢٣٤٥٦',
    '+970599123456',
    '00970 59 912 3456',
    '00972599123456',
    '+970 (0) 599123456',
  ])('is a telephone number in local form when it is %j', (text) => {
    expect(classifyQuery(text).phone).toBe('0599123456');
  });

  test('is a telephone number that lost its zero', () => {
    expect(classifyQuery('599123456').phone).toBe('0599123456');
    expect(classifyQuery('0599').phone).toBe('0599');
  });

  test('is a plain number, an account or a meter, otherwise', () => {
    expect(classifyQuery('10045')).toEqual({ digits: '10045', nameTokens: [] });
    expect(classifyQuery(' ١٠٠-٤٥ ').digits).toBe('10045');
  });

  test.each([
    ['B-2026-004512', 'B-2026-004512'],
    ['b-2026-004512', 'B-2026-004512'],
    ['\u200eB-٢٠٢٦-٠٠٤٥١٢', 'B-2026-004512'],
    ['B – 2026 – 004512', 'B-2026-004512'],
    ['K01-2026-000123', 'K01-2026-000123'],
    ['خ1-2026-000123', 'خ1-2026-000123'],
    ['7-2026-000123', '7-2026-000123'],
  ])('is a number with letters or year, perhaps a receipt, when it is %j', (text, reference) => {
    const query = classifyQuery(text);
    expect(query.reference).toBe(reference);
    expect(query.receiptNumber).toBe(reference);
    expect(query.nameTokens).toEqual([]);
  });

  test('is a reference and no receipt when the form is another', () => {
    expect(classifyQuery('M4512')).toEqual({ digits: '', nameTokens: [], reference: 'M4512' });
    expect(classifyQuery('W-77/12').receiptNumber).toBeUndefined();
  });

  test('is a scanned code when it is long and unbroken, or has a scheme', () => {
    const code = `SQ1.${'a8Xz'.repeat(40)}`;
    expect(classifyQuery(` ${code}\n`)).toEqual({ digits: '', nameTokens: [], qr: code });
    expect(classifyQuery('sanduq:K01-2026-000123').qr).toBe('sanduq:K01-2026-000123');
  });

  test('is never an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const query = classifyQuery(text);
        expect(query.digits).toMatch(/^\d*$/);
        const kinds = [query.digits !== '', query.nameTokens.length > 0, query.reference, query.qr].filter(
          Boolean,
        );
        expect(kinds.length <= 2).toBe(true);
      }),
    );
  });
});
