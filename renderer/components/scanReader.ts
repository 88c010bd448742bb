/** One key press, as much of it as matters here. */
export type Stroke = { readonly key: string; readonly code: string; readonly atMs: number };

export type ScanReader = {
  /**
   * @returns `started` on the first key of what may become a scan (the moment to remember what the field held),
   *   `scanned` on the Enter that ends one, otherwise `nothing`
   */
  read(
    stroke: Stroke,
  ): { readonly kind: 'nothing' | 'started' } | { readonly kind: 'scanned'; readonly text: string };
};

// Scanners were seen to send a key each 1 to 20 ms, on a busy machine now and then a later one; the fastest typist
// needs 60 ms and more on average.
const slowestAverageMs = 45;
const shortestScan = 6;
// After this much silence a new run of keys begins.
const pauseMs = 300;

/**
 * Tells a scanner from a person: a scanner is a keyboard that types at least six keys without a pause and ends with
 * Enter. With an Arabic layout chosen in Windows its letters arrive as Arabic ones; then the keys' places are read.
 */
export function createScanReader(): ScanReader {
  let typed = '';
  let byPlace = '';
  let firstMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    read({ key, code, atMs }) {
      const isFirst = atMs - lastMs > pauseMs || typed === '';
      if (key === 'Enter') {
        const text = /[\u0600-\u06ff]/.test(typed) ? byPlace : typed;
        const isFast = atMs - firstMs <= slowestAverageMs * typed.length;
        const isScan = !isFirst && isFast && typed.length >= shortestScan;
        typed = '';
        return isScan ? { kind: 'scanned', text } : { kind: 'nothing' };
      }
      if (key.length !== 1) {
        // A person who moves about or corrects: whatever ran until here is no scan. Shift is part of typing capitals.
        if (key !== 'Shift') typed = '';
        return { kind: 'nothing' };
      }
      if (isFirst) firstMs = atMs;
      typed = isFirst ? key : typed + key;
      byPlace = (isFirst ? '' : byPlace) + placeOf(code, key);
      lastMs = atMs;
      return { kind: isFirst ? 'started' : 'nothing' };
    },
  };
}

/** What a Latin layout would have written with this key; receipt and bill codes are in capitals. */
function placeOf(code: string, key: string): string {
  const letterOrDigit = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1];
  if (letterOrDigit !== undefined) return letterOrDigit;
  if (code === 'Minus' || code === 'NumpadSubtract') return '-';
  if (code === 'Slash' || code === 'NumpadDivide') return '/';
  return key;
}
