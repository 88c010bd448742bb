import type { CashAmount } from '../../shared/domain/counting.ts';
import type { Place } from '../../shared/domain/custody.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';

/** What should lie at each place, added up from signed entries alone. */
export function createLedger() {
  const balances = new Map<string, number>();

  const keyOf = (place: Place, currency: Currency): string => `${placeName(place)} ${currency}`;

  return {
    /** @returns false when more was taken than should have been there */
    add(place: Place, currency: Currency, minor: number): boolean {
      if (place.kind === 'outside') return true;
      const key = keyOf(place, currency);
      const after = (balances.get(key) ?? 0) + minor;
      balances.set(key, after);
      return after >= 0;
    },
    at(place: Place, currency: Currency): number {
      return balances.get(keyOf(place, currency)) ?? 0;
    },
    /** Everything that lies at a place, in the order of the currencies. */
    all(place: Place): CashAmount[] {
      return currencies.flatMap((currency) => {
        const minor = balances.get(keyOf(place, currency)) ?? 0;
        return minor === 0 ? [] : [{ currency, minor }];
      });
    },
    /** Every place with something in it, by its name and currency. */
    entries(): ReadonlyMap<string, number> {
      return new Map([...balances].filter(([, minor]) => minor !== 0));
    },
  };
}
export type Ledger = ReturnType<typeof createLedger>;

export function placeName(place: Place): string {
  if (place.kind === 'shift') return `shift ${place.shiftId}`;
  return place.kind === 'till' ? `till ${place.till}` : place.kind;
}
