import { withCheckDigit } from '../../shared/domain/identity.ts';
import { makeName } from './names.ts';
import type { Random } from './random.ts';

export type MadeCitizen = {
  readonly id: number;
  readonly identityNumber: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly otherPhone: string | null;
};

/**
 * Seven digits that look scattered and never repeat below ten million: the multiplier has no factor in common with
 * ten, so it only shuffles.
 */
function scattered(serial: number): string {
  return String((serial * 7_368_787 + 1_234_567) % 10_000_000).padStart(7, '0');
}

/** A made-up person; the id decides the identity number, so that no two are alike. */
export function makeCitizen(random: Random, id: number): MadeCitizen {
  const first = random.chance(0.55) ? '9' : random.chance(0.6) ? '8' : '4';
  return {
    id,
    identityNumber: random.chance(0.03) ? null : withCheckDigit(first + scattered(id)),
    name: makeName(random),
    phone: random.chance(0.06) ? null : makePhone(random),
    otherPhone: random.chance(0.12) ? makePhone(random) : null,
  };
}

function makePhone(random: Random): string {
  const network = random.chance(0.72) ? '059' : '056';
  return network + String(random.between(2_000_000, 9_999_999));
}
