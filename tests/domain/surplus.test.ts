import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillAsPaid, BillAsSaid } from '../../shared/domain/surplus.ts';
import { settleBill } from '../../shared/domain/surplus.ts';

const asPaid = (paidMinor: number, hereMinor: number, moneyMinor = hereMinor): BillAsPaid => ({
  paidMinor,
  hereMinor,
  moneyMinor,
});
const asSaid = (amountMinor: number, elsewhereMinor?: number, paidMinor = 0): BillAsSaid => ({
  amountMinor,
  paidMinor,
  elsewhereMinor,
});

test.each<[string, BillAsPaid, BillAsSaid, object]>([
  [
    'a lower amount makes what was paid here beyond it surplus',
    asPaid(6_830, 6_830),
    asSaid(6_000),
    { ok: true, paidMinor: 6_000, surplusMinor: 830, cause: 'amountLowered' },
  ],
  [
    'a bill paid here and elsewhere is paid once, and what was paid here is surplus',
    asPaid(6_830, 6_830),
    asSaid(6_830, 6_830),
    { ok: true, paidMinor: 6_830, surplusMinor: 6_830, cause: 'paidElsewhere' },
  ],
  [
    'a part paid elsewhere leaves the rest of what was paid here where it was',
    asPaid(6_830, 6_830),
    asSaid(6_830, 1_000),
    { ok: true, paidMinor: 6_830, surplusMinor: 1_000, cause: 'paidElsewhere' },
  ],
  [
    'what fits beside what was paid here is no surplus',
    asPaid(2_000, 2_000),
    asSaid(6_830, 3_000),
    { ok: true, paidMinor: 5_000, surplusMinor: 0, cause: 'paidElsewhere' },
  ],
  [
    'what was known as paid elsewhere never falls',
    asPaid(5_000, 2_000),
    asSaid(6_830, 1_000),
    { ok: true, paidMinor: 5_000, surplusMinor: 0, cause: 'amountLowered' },
  ],
  [
    'the municipality’s total raises what is paid and is none of this till’s surplus',
    asPaid(2_000, 2_000),
    asSaid(6_830, undefined, 6_830),
    { ok: true, paidMinor: 6_830, surplusMinor: 0, cause: 'amountLowered' },
  ],
  [
    'what was paid elsewhere beyond the amount is not for this till to credit',
    asPaid(5_000, 1_000),
    asSaid(3_999),
    { ok: false, reason: 'paidMoreThanNewAmount' },
  ],
  [
    'what was waived is not owed back',
    asPaid(5_000, 5_000, 1_000),
    asSaid(3_999),
    { ok: false, reason: 'waivedHere' },
  ],
  [
    'the money beside a waiver is',
    asPaid(5_000, 5_000, 1_000),
    asSaid(4_000),
    { ok: true, paidMinor: 4_000, surplusMinor: 1_000, cause: 'amountLowered' },
  ],
])('%s', (_, bill, said, expected) => {
  expect(settleBill(bill, said)).toEqual(expected);
});

test('no agora is lost or made, and the same file again changes nothing', () => {
  const minor = fc.integer({ min: 0, max: 1_000 });
  let settled = 0;
  fc.assert(
    fc.property(
      fc.record({
        money: minor,
        waived: minor,
        elsewhere: minor,
        paid: minor,
        amount: minor.map((n) => n + 1),
      }),
      fc.option(minor, { nil: undefined }),
      ({ money, waived, elsewhere, paid, amount }, saidElsewhere) => {
        const hereMinor = money + waived;
        const bill = { paidMinor: hereMinor + elsewhere, hereMinor, moneyMinor: money };
        const said = {
          amountMinor: amount,
          paidMinor: Math.min(paid, amount),
          elsewhereMinor: saidElsewhere === undefined ? undefined : Math.min(saidElsewhere, amount),
        };
        const settlement = settleBill(bill, said);
        const elsewhereMinor = Math.max(elsewhere, said.elsewhereMinor ?? 0);
        if (!settlement.ok) {
          expect(elsewhereMinor > amount || elsewhereMinor + waived > amount).toBe(true);
          return;
        }
        settled += 1;
        const { paidMinor, surplusMinor } = settlement;
        expect(paidMinor + surplusMinor).toBe(
          Math.max(hereMinor + elsewhereMinor, said.paidMinor + surplusMinor),
        );
        expect(paidMinor).toBeLessThanOrEqual(amount);
        expect(surplusMinor).toBeLessThanOrEqual(money);
        // Surplus only where the bill is paid in full.
        if (surplusMinor > 0) expect(paidMinor).toBe(amount);
        const after = { paidMinor, hereMinor: hereMinor - surplusMinor, moneyMinor: money - surplusMinor };
        expect(settleBill(after, said)).toMatchObject({ ok: true, paidMinor, surplusMinor: 0 });
      },
    ),
  );
  expect(settled).toBeGreaterThan(10);
});
