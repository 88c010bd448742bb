import { describe, expect, it } from 'vitest';
import { createScanReader } from '../../renderer/components/scanReader.ts';

type Key = readonly [key: string, code: string];

/** Types the keys with a fixed gap, then Enter; returns what the reader made of the Enter. */
function typed(keys: readonly Key[], gapMs: number) {
  const reader = createScanReader();
  let atMs = 1000;
  for (const [key, code] of keys) {
    reader.read({ key, code, atMs });
    atMs += gapMs;
  }
  return reader.read({ key: 'Enter', code: 'Enter', atMs });
}

const digits = (text: string): Key[] => [...text].map((digit) => [digit, `Digit${digit}`] as const);

describe('a scanner among the keys', () => {
  it('fast keys and Enter are a scan', () => {
    expect(typed(digits('26000412'), 8)).toEqual({ kind: 'scanned', text: '26000412' });
  });

  it('a person who types as fast as people can is not', () => {
    expect(typed(digits('26000412'), 60)).toEqual({ kind: 'nothing' });
  });

  it('a short amount is never a scan, however fast', () => {
    expect(typed(digits('150'), 5)).toEqual({ kind: 'nothing' });
  });

  it('with an Arabic layout the places of the keys are read', () => {
    const keys: Key[] = [['ن', 'KeyK'], ['غ', 'KeyY'], ...digits('01'), ['-', 'Minus'], ...digits('2026')];
    expect(typed(keys, 6)).toEqual({ kind: 'scanned', text: 'KY01-2026' });
  });

  it('a person who types, pauses and then scans is heard as a scan of the scanned part alone', () => {
    const reader = createScanReader();
    reader.read({ key: '5', code: 'Digit5', atMs: 0 });
    const started = digits('900123456').map(([key, code], index) =>
      reader.read({ key, code, atMs: 1000 + index * 10 }),
    );
    expect(started[0]).toEqual({ kind: 'started' });
    expect(reader.read({ key: 'Enter', code: 'Enter', atMs: 1095 })).toEqual({
      kind: 'scanned',
      text: '900123456',
    });
  });
});
