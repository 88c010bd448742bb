import fc from 'fast-check';
import type { Bill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { maxRate } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies, minorDigits } from '../../shared/domain/money.ts';
import type { PaymentLine } from '../../shared/domain/payment.ts';
import type { Tender } from '../../shared/domain/tender.ts';
import { billsOf } from './bills.ts';

const rate = fc.oneof(fc.integer({ min: 20_000, max: 80_000 }), fc.integer({ min: 100, max: maxRate }));

/** Both rates of a day: mostly as they are, some as they never were. */
export const anyRates: fc.Arbitrary<Required<Rates>> = fc.record({ JOD: rate, USD: rate });

/** The smallest coin, as the setting allows it; odd ones too. */
export const smallestCoins = fc.oneof(
  fc.constantFrom(10, 10, 10, 1, 5, 50, 100),
  fc.integer({ min: 1, max: 100 }),
);

export type Basket = {
  readonly lines: readonly PaymentLine[];
  readonly bills: readonly Bill[];
  readonly creditMinor: ReadonlyMap<number, number>;
};

/** Bills of two accounts in full or in part, advances and fees: at least one of them. */
export const baskets: fc.Arbitrary<Basket> = fc
  .tuple(
    billsOf(),
    billsOf(),
    fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 60, maxLength: 60 }),
    fc.uniqueArray(fc.constantFrom(1, 2), { maxLength: 2 }),
    fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 20 }),
        unitMinor: fc.integer({ min: 1, max: 50_000 }),
      }),
      { maxLength: 3 },
    ),
    fc.array(fc.nat({ max: 1_000_000 }), { minLength: 2, maxLength: 2 }),
  )
  .map(([first, second, shares, advances, fees, credits]): Basket => {
    const bills = [...first.slice(0, 8), ...second.slice(0, 8).map((bill) => ({ ...bill, accountId: 2 }))];
    const lines: PaymentLine[] = [];
    for (const [index, bill] of bills.entries()) {
      const minor = Math.ceil((outstandingMinor(bill) * (shares[index] ?? 1)) / 100);
      if (minor > 0) lines.push({ kind: 'bill', accountId: bill.accountId, billId: bill.id, minor });
    }
    for (const accountId of advances)
      lines.push({ kind: 'advance', accountId, minor: (shares[59] ?? 1) * 50 });
    for (const fee of fees) lines.push({ kind: 'fee', serviceCode: 'stamp', note: '', ...fee });
    return { lines, bills, creditMinor: new Map(credits.map((minor, index) => [index + 1, minor])) };
  })
  .filter(({ lines }) => lines.length > 0);

type Maker = (
  dueMinor: number,
  rates: Required<Rates>,
  creditLeft: ReadonlyMap<number, number>,
) => Tender | null;

/** A tender for a share of what is still owed; null where there is nothing to pay, or no note so small. */
export const anyTenderOf: fc.Arbitrary<Maker> = fc
  .record({
    share: fc.integer({ min: 1, max: 150 }),
    currency: fc.constantFrom(...currencies),
    kind: fc.constantFrom('cash', 'cash', 'card', 'transfer', 'waiver', 'credit'),
    worn: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ share, currency, kind, worn }): Maker => {
    return (dueMinor, rates, creditLeft) => {
      const part = Math.floor((dueMinor * Math.min(share, kind === 'cash' ? 150 : 100)) / 100);
      if (dueMinor <= 0 || part <= 0) return null;
      const inIls = { currency: 'ILS', receivedMinor: part } as const;
      if (kind === 'card') return { kind, ...inIls, terminal: 'T-1', approvalCode: 'A1' };
      if (kind === 'waiver') return { kind, ...inIls, decisionNumber: '1', decisionOn: '2026-01-01' };
      if (kind === 'credit') {
        const accountId = (share % 2) + 1;
        const receivedMinor = Math.min(part, creditLeft.get(accountId) ?? 0);
        return receivedMinor > 0 ? { kind, currency: 'ILS', receivedMinor, accountId } : null;
      }
      const receivedMinor = coinsWorth(part, currency, rates);
      if (receivedMinor === 0) return null;
      if (kind === 'cash')
        return { kind, currency, receivedMinor, wornMinor: Math.floor((receivedMinor * worn) / 100) };
      const sent = { reference: 'R-1', provider: 'بنك', sender: 'مرسل', sentOn: '2026-01-01' };
      return { kind: 'transfer', currency, receivedMinor, ...sent };
    };
  });

/** About so much in whole coins, counted without the code under test. */
function coinsWorth(agorot: number, currency: Currency, rates: Required<Rates>): number {
  const step = denominations[currency].at(-1) ?? 1;
  const each = currency === 'ILS' ? 1 : rates[currency] / 100 / 10 ** minorDigits[currency];
  return Math.min(step * Math.floor(agorot / each / step), 90_000_000_000);
}
