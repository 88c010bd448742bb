import { describe, expect, it } from 'vitest';
import type { PayDraft } from '../../renderer/draft/payDraft.ts';
import {
  acceptSurplus,
  emptyDraft,
  setAside,
  stillOpen,
  takeUp,
  toggleAll,
  toggleBill,
  typeAmount,
  typeReceived,
  typeRow,
} from '../../renderer/draft/payDraft.ts';
import { linesOf, reckon } from '../../renderer/draft/reckoning.ts';
import { accountOf, bill } from './samples.ts';

const bills = [bill(1, '2026-01-28', 3000), bill(2, '2026-02-28', 5000, 1000), bill(3, '2026-03-28', 2500)];
const account = accountOf(1, bills);
const terms = { rates: {}, smallestCoinMinor: 10 };
const reckoned = (draft: PayDraft) => reckon(draft, account, terms);

describe('what the cashier has chosen', () => {
  it('a ticked bill pays all that is outstanding on it, and unticking takes it away', () => {
    const ticked = toggleBill(emptyDraft, bill(2, '2026-02-28', 5000, 1000));
    expect(ticked.chosen.get(2)).toBe(4000);
    expect(toggleBill(ticked, bill(2, '2026-02-28', 5000, 1000)).chosen.size).toBe(0);
  });

  it('all bills are ticked in full, and a second time none', () => {
    const all = toggleAll(emptyDraft, bills);
    expect(reckoned(all).totalMinor).toBe(9500);
    expect(toggleAll(all, bills).chosen.size).toBe(0);
  });

  it('a typed amount goes to the oldest first and stops where it is used up', () => {
    const draft = typeAmount(emptyDraft, bills, '٥٠٫٥');
    expect(linesOf(draft, account)).toEqual([
      { kind: 'bill', accountId: 1, billId: 1, minor: 3000 },
      { kind: 'bill', accountId: 1, billId: 2, minor: 2050 },
    ]);
  });

  it('an amount over all that is owed takes nothing until the rest is said to be on account', () => {
    const draft = typeReceived(typeAmount(emptyDraft, bills, '100'), '100');
    expect(draft.surplusMinor).toBe(500);
    expect(reckoned(draft)).toMatchObject({ totalMinor: 9500, isReady: false });
    const accepted = acceptSurplus(draft);
    expect(reckoned(accepted)).toMatchObject({ totalMinor: 10000, advanceMinor: 500, isReady: true });
    expect(linesOf(accepted, account).at(-1)).toEqual({ kind: 'advance', accountId: 1, minor: 500 });
    expect(typeAmount(accepted, bills, '95').advanceMinor).toBe(0);
  });

  it.each(['12.345', 'abc', '-5', '0', '12,5'])('%s is refused as typed and kept in the field', (text) => {
    const draft = typeAmount(emptyDraft, bills, text);
    expect(draft.amountProblem?.kind).toBe('typed');
    expect(draft.amountText).toBe(text);
    expect(reckoned(typeReceived(draft, '100')).isReady).toBe(false);
  });

  it('a row can be given less, but not more than its bill, and nothing is taken while a row is wrong', () => {
    const all = typeReceived(toggleAll(emptyDraft, bills), '100');
    const [first] = bills;
    if (first === undefined) throw new Error('no bill');
    const less = typeRow(all, first, '10');
    expect(reckoned(less).totalMinor).toBe(7500);
    expect(reckoned(less).isReady).toBe(true);
    const more = typeRow(less, first, '30.01');
    expect(more.rowProblems.get(1)).toMatchObject({ problem: { code: 'bill.overpaid' } });
    expect(reckoned(more).isReady).toBe(false);
  });

  it('a bill that is paid whole takes no part of it, typed on its row or spread', () => {
    const whole = { ...bill(1, '2026-01-28', 3000), leastMinor: 3000 };
    expect(typeRow(emptyDraft, whole, '10').rowProblems.get(1)).toMatchObject({
      problem: { code: 'bill.partTooSmall' },
    });
    const spread = typeAmount(emptyDraft, [whole, bill(2, '2026-02-28', 500)], '10');
    expect([...spread.chosen]).toEqual([[2, 500]]);
    expect(spread.surplusMinor).toBe(500);
  });

  it('the change is known only when the cash covers the total', () => {
    const ticked = toggleAll(emptyDraft, bills);
    expect(reckoned(typeReceived(ticked, '90'))).toMatchObject({ changeMinor: null, missingMinor: 500 });
    expect(reckoned(typeReceived(ticked, '100'))).toMatchObject({ changeMinor: 500, isReady: true });
  });

  it('an extra digit in the cash received is caught before it is sent', () => {
    const { receivedProblem, isReady } = reckoned(typeReceived(toggleAll(emptyDraft, bills), '20000'));
    expect(receivedProblem).toMatchObject({ problem: { code: 'tender.excessive' } });
    expect(isReady).toBe(false);
  });

  it('an account that is put aside keeps its choices, and gives back those that are still open', () => {
    const aside = setAside(toggleAll(emptyDraft, bills), account);
    expect(aside.chosen.size).toBe(0);
    expect(reckon(aside, null, terms).totalMinor).toBe(9500);
    const paidMeanwhile = accountOf(1, bills.slice(1));
    expect([...takeUp(aside, paidMeanwhile).chosen.keys()]).toEqual([2, 3]);
    expect(setAside(emptyDraft, account).basket).toEqual([]);
  });

  it('a bill of which a part was paid meanwhile is chosen for what is left', () => {
    const left = stillOpen(new Map([[1, 3000]]), [bill(1, '2026-01-28', 3000, 1000)]);
    expect(left.get(1)).toBe(2000);
  });
});
