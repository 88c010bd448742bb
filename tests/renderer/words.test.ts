import { beforeAll, describe, expect, it } from 'vitest';
import i18next from 'i18next';
import { ar } from '../../renderer/i18n/ar.ts';
import { en } from '../../renderer/i18n/en.ts';
import { startWords } from '../../renderer/i18n/index.ts';

function leaves(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('the words of the counter', () => {
  beforeAll(() => startWords('ar'));

  it.each([
    [0, 'لا نتائج'],
    [1, 'نتيجة واحدة'],
    [2, 'نتيجتان'],
    [3, '3 نتائج'],
    [11, '11 نتيجة'],
    [100, '100 نتيجة'],
    [103, '103 نتائج'],
  ])('%i results are counted as Arabic counts', (count, expected) => {
    expect(i18next.t('counter.hits', { count })).toBe(expected);
  });

  it('no English sentence asks for a value that the Arabic one does not', () => {
    const arabic = new Map(leaves(ar));
    const strange = leaves(en).filter(([key, text]) => {
      const other = arabic.get(key) ?? '';
      const known = new Set([...placeholders(other), 'count']);
      return placeholders(text).some((name) => !known.has(name));
    });
    expect(strange).toEqual([]);
  });
});
