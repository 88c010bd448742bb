/** Park and Miller's generator: a failing run can be had again. */
export function seeded(seed: number) {
  let state = (seed % 2_147_483_646) + 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  // The first numbers of neighbouring seeds are neighbours.
  for (let warm = 0; warm < 5; warm++) next();
  return {
    next,
    below: (count: number): number => Math.floor(next() * count),
    chance: (share: number): boolean => next() < share,
    among: <T>(list: readonly T[]): T => {
      const one = list[Math.floor(next() * list.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
  };
}
export type Seeded = ReturnType<typeof seeded>;
