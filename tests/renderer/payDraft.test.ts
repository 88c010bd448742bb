import { describe, expect, it } from 'vitest';
import {
  allocationsOf,
  emptyDraft,
  reckon,
  toggleAll,
  toggleBill,
  typeAmount,
  typeRow,
} from '../../renderer/stores/payDraft.ts';
import type { Bill } from '../../shared/domain/bill.ts';

function bill(id: number, dueOn: string, amountMinor: number, paidMinor = 0): Bill {
  return {
    id,
    number: `B${id}`,
    accountId: 1,
    serviceCode: 'water',
    period: dueOn.slice(0, 7),
    kind: 'charge',
    issuedOn: dueOn,
    dueOn,
    amountMinor,
    paidMinor,
  };
}

const bills = [bill(1, '2026-01-28', 3000), bill(2, '2026-02-28', 5000, 1000), bill(3, '2026-03-28', 2500)];

describe('what the cashier has chosen', () => {
  it('a ticked bill pays all that is outstanding on it, and unticking takes it away', () => {
    const ticked = toggleBill(emptyDraft, bill(2, '2026-02-28', 5000, 1000));
    expect(ticked.chosen.get(2)).toBe(4000);
    expect(toggleBill(ticked, bill(2, '2026-02-28', 5000, 1000)).chosen.size).toBe(0);
  });

  it('all bills are ticked in full, and a second time none', () => {
    const all = toggleAll(emptyDraft, bills);
    expect(reckon(all).totalMinor).toBe(9500);
    expect(toggleAll(all, bills).chosen.size).toBe(0);
  });

  it('a typed amount goes to the oldest first and stops where it is used up', () => {
    const draft = typeAmount(emptyDraft, bills, '٥٠٫٥');
    expect(allocationsOf(draft, bills)).toEqual([
      { billId: 1, minor: 3000 },
      { billId: 2, minor: 2050 },
    ]);
  });

  it('an amount over all that is owed is refused at the field and allocates nothing', () => {
    const draft = typeAmount(emptyDraft, bills, '95.01');
    expect(draft.amountProblem).toEqual({
      kind: 'rule',
      problem: { code: 'payment.moreThanOwed', params: { owedMinor: 9500 } },
    });
    expect(draft.chosen.size).toBe(0);
    expect(draft.amountText).toBe('95.01');
  });

  it.each(['12.345', 'abc', '-5', '0', '12,5'])('%s is refused as typed and kept in the field', (text) => {
    const draft = typeAmount(emptyDraft, bills, text);
    expect(draft.amountProblem?.kind).toBe('typed');
    expect(draft.amountText).toBe(text);
    expect(reckon({ ...draft, receivedText: '100' }).isReady).toBe(false);
  });

  it('a row can be given less, but not more than its bill, and nothing is taken while a row is wrong', () => {
    const all = { ...toggleAll(emptyDraft, bills), receivedText: '100' };
    const [first] = bills;
    if (first === undefined) throw new Error('no bill');
    const less = typeRow(all, first, '10');
    expect(reckon(less).totalMinor).toBe(7500);
    expect(reckon(less).isReady).toBe(true);
    const more = typeRow(less, first, '30.01');
    expect(more.rowProblems.get(1)).toMatchObject({ problem: { code: 'bill.overpaid' } });
    expect(reckon(more).isReady).toBe(false);
  });

  it('the change is known only when the cash covers the total', () => {
    const ticked = toggleAll(emptyDraft, bills);
    expect(reckon({ ...ticked, receivedText: '90' })).toMatchObject({ changeMinor: null, missingMinor: 500 });
    expect(reckon({ ...ticked, receivedText: '100' })).toMatchObject({ changeMinor: 500, isReady: true });
  });

  it('an extra digit in the cash received is caught before it is sent', () => {
    const ticked = toggleAll(emptyDraft, bills);
    const reckoned = reckon({ ...ticked, receivedText: '20000' });
    expect(reckoned.receivedProblem).toMatchObject({ problem: { code: 'tender.excessive' } });
    expect(reckoned.isReady).toBe(false);
  });
});
