import { makeAddress, quarters } from './places.ts';
import type { Random } from './random.ts';
import { createDraw } from './random.ts';

export type MadeAccount = {
  readonly id: number;
  readonly number: string;
  readonly citizenId: number;
  readonly categoryCode: string;
  readonly quarter: string;
  readonly address: string;
  readonly creditMinor: number;
  /** Service code and, for water, the meter's number. */
  readonly services: readonly (readonly [code: string, meter: string | null])[];
};

type Kind = { readonly code: string; readonly services: readonly string[] };

// One bill for all («فاتورة الجباية») where the municipality collects together, the single services elsewhere.
const kinds: readonly [Kind, ...Kind[]] = [
  { code: 'domestic', services: ['collection', 'water', 'sewage', 'waste'] },
  { code: 'trade', services: ['water', 'waste', 'tradeLicence', 'signs'] },
  { code: 'stall', services: ['stallRent'] },
  { code: 'craft', services: ['water', 'waste', 'tradeLicence'] },
  { code: 'farm', services: ['wellWater'] },
  { code: 'institution', services: ['water', 'sewage', 'waste'] },
];
const drawKind = createDraw(kinds, 2.2);
const drawQuarter = createDraw([...quarters.keys()].map((index) => index) as [number, ...number[]], 0.4);
const metered = new Set(['water', 'wellWater']);

/** Makes accounts one after the other; the numbers run on in each quarter. */
export function createAccountMaker(random: Random): (id: number, citizenId: number) => MadeAccount {
  const lastInQuarter = quarters.map(() => 0);
  let meters = 0;

  function makeMeter(): string {
    meters += random.between(1, 3);
    return `${random.between(2006, 2023)}${String(meters).padStart(7, '0')}`;
  }

  return (id, citizenId) => {
    const kind = drawKind(random);
    const place = drawQuarter(random);
    const serial = (lastInQuarter[place] ?? 0) + random.between(1, 3);
    lastInQuarter[place] = serial;
    return {
      id,
      number: `${11 + place}${String(serial).padStart(6, '0')}`,
      citizenId,
      categoryCode: kind.code,
      quarter: quarters[place] ?? quarters[0],
      address: makeAddress(random),
      creditMinor: random.chance(0.02) ? random.between(1, 90) * 50 : 0,
      services: kind.services.map((code) => [code, metered.has(code) ? makeMeter() : null] as const),
    };
  };
}
