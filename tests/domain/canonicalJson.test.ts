import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';

/** The definition, written as plainly as can be. */
function plainly(value: Canonical): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainly).join(',')}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${plainly(item as Canonical)}`).join(',')}}`;
}

const key = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('0', '10', '9', '01', '2026-11-25', '__proto__', 'toJSON', 'مبلغ', ''),
  fc.nat().map(String),
);
const { value } = fc.letrec<{ value: Canonical }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Canonical>(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value')),
    fc.array(fc.tuple(key, tie('value'))).map((entries) => Object.fromEntries(entries)),
  ),
}));

test('one value has one text, whatever its keys are called and in whatever order they came', () => {
  fc.assert(
    fc.property(value, (one) => {
      const text = canonicalJson(one);
      expect(text).toBe(plainly(one));
      expect(canonicalJson(JSON.parse(text) as Canonical)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('what is left out is not there, and nothing has a sign', () => {
  expect(canonicalJson({ b: -0, a: undefined, c: [null, -0] })).toBe('{"b":0,"c":[null,0]}');
  expect(canonicalJson({ 10: 1, 9: 2, a: -0 })).toBe('{"10":1,"9":2,"a":0}');
});

test.each([0.5, Number.NaN, Infinity, 2 ** 53, '\ud800', ['\udc00'], { a: { b: 1.5 } }, { 1: 1.5 }])(
  'a fraction, what is no number and half a letter are refused: %j',
  (wrong) => expect(() => canonicalJson(wrong)).toThrow(TypeError),
);
