/** A small, fast source of numbers that is the same everywhere for the same seed (sfc32). Not for secrets. */
export type Random = {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in this share of the cases, 0 to 1. */
  chance(share: number): boolean;
};

export function createRandom(seed: number): Random {
  let a = 0x9e37_79b9;
  let b = 0x243f_6a88;
  let c = 0xb7e1_5162;
  let d = seed | 0;
  function next(): number {
    const mixed = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + mixed) | 0;
    return (mixed >>> 0) / 0x1_0000_0000;
  }
  // The first numbers of seeds that are near each other are alike.
  for (let i = 0; i < 16; i++) next();
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
  };
}

/** Draws from a list whose first entries are the commonest: the weight of place n falls as n to this power. */
export function createDraw<T>(entries: readonly [T, ...T[]], steepness: number): (random: Random) => T {
  let total = 0;
  const upTo = entries.map((_, index) => (total += (index + 1) ** -steepness));
  return (random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = entries.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? total) > wanted) high = middle;
      else low = middle + 1;
    }
    return entries[low] ?? entries[0];
  };
}

/** The entries of a list written with «،» between them. @throws RangeError for an empty text. */
export function list(text: string): readonly [string, ...string[]] {
  const [first, ...rest] = text.trim().split(/،\s+/u);
  if (first === undefined || first === '') throw new RangeError('an empty list');
  return [first, ...rest];
}
