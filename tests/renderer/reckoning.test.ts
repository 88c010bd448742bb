import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayDraft } from '../../renderer/draft/payDraft.ts';
import { emptyDraft, putTender, setAside, toggleAll, typeReceived } from '../../renderer/draft/payDraft.ts';
import type { CounterTerms } from '../../renderer/draft/reckoning.ts';
import { reckon } from '../../renderer/draft/reckoning.ts';
import type { TenderDraft } from '../../renderer/draft/tenderDraft.ts';
import { cashFor, proposedAmount, shekels } from '../../renderer/draft/tenderDraft.ts';
import { valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies, toDecimal } from '../../shared/domain/money.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { decidePayment } from '../../shared/domain/payment.ts';
import { accountOf, bill } from './samples.ts';

const terms: CounterTerms = { rates: { JOD: 52_345, USD: 36_500 }, smallestCoinMinor: 10 };
const account = accountOf(1, [bill(1, '2026-01-28', 10_003)], 4000);
const owing = toggleAll(emptyDraft, account.openBills);

const cheque: TenderDraft = {
  id: 1,
  kind: 'cheque',
  currency: 'ILS',
  amountText: '100.03',
  fields: {
    bank: 'بنك فلسطين',
    chequeNumber: '٠٠١٢٣',
    chequeAccount: '445566',
    drawer: 'سعاد',
    dueOn: '5/3/2027',
  },
  accountId: null,
};

describe('what is put on the counter', () => {
  it('cash settles to the nearest coin, and the rounding is said', () => {
    expect(reckon(typeReceived(owing, '100'), account, terms)).toMatchObject({
      isReady: true,
      roundingMinor: -3,
      change: [],
    });
    expect(reckon(typeReceived(owing, '99.90'), account, terms)).toMatchObject({
      isReady: false,
      missingMinor: 13,
    });
  });

  it('a cheque pays to the agora, without any cash', () => {
    const { isReady, roundingMinor, offer } = reckon(putTender(owing, cheque), account, terms);
    expect({ isReady, roundingMinor }).toEqual({ isReady: true, roundingMinor: 0 });
    expect(offer?.tenders).toEqual([
      {
        kind: 'cheque',
        currency: 'ILS',
        receivedMinor: 10_003,
        bank: 'بنك فلسطين',
        branch: '',
        chequeNumber: '00123',
        chequeAccount: '445566',
        drawer: 'سعاد',
        dueOn: '2027-03-05',
      },
    ]);
  });

  it('what is over and is no cash becomes credit of the account, never change', () => {
    const over = putTender(owing, { ...cheque, amountText: '150' });
    expect(reckon(over, account, terms)).toMatchObject({
      change: [],
      creditMinor: 4997,
      forcedCreditMinor: 4997,
      isReady: true,
    });
  });

  it('change goes back in the currency that is wished, the rest in shekels', () => {
    const paid = { ...typeReceived(owing, '200'), changeCurrency: 'USD' as const };
    const { change, roundingMinor } = reckon(paid, account, terms);
    expect(change).toEqual([
      { currency: 'USD', minor: 2700 },
      { currency: 'ILS', minor: 140 },
    ]);
    expect(roundingMinor).toBe(2);
  });

  it('change that can’t be given is credit, all of it or a part; more than the change is refused', () => {
    const paid = typeReceived(owing, '110');
    const part = reckon({ ...paid, creditText: '5' }, account, terms);
    expect(part).toMatchObject({
      creditMinor: 500,
      change: [{ currency: 'ILS', minor: 500 }],
      roundingMinor: -3,
    });
    const all = reckon({ ...paid, creditText: '9.97' }, account, terms);
    expect(all).toMatchObject({ creditMinor: 997, change: [], roundingMinor: 0, isReady: true });
    const more = reckon({ ...paid, creditText: '9.98' }, account, terms);
    expect(more).toMatchObject({ isReady: false, creditProblem: { problem: 'moreThanChange' } });
  });

  it('a currency without a rate today, a card number and an empty field stand at their field', () => {
    const dollars = putTender(owing, { ...shekels, id: 1, currency: 'USD', amountText: '30' });
    const without = reckon(dollars, account, { rates: {}, smallestCoinMinor: 10 });
    expect(without.tenders[1]?.problems.get('amount')).toMatchObject({ problem: { code: 'rate.missing' } });
    const card = putTender(owing, {
      ...cheque,
      kind: 'card',
      fields: { terminal: '', approvalCode: '4111 1111 1111 1111' },
    });
    const { problems } = reckon(card, account, terms).tenders[1] ?? { problems: new Map() };
    expect(problems.get('approvalCode')).toMatchObject({ problem: { code: 'tender.cardNumber' } });
    expect(problems.get('terminal')).toEqual({ kind: 'typed', problem: 'required' });
    expect(reckon(typeReceived(card, '200'), account, terms).isReady).toBe(false);
  });

  it('more worn than was received is refused at its field', () => {
    const worn = putTender(owing, { ...shekels, amountText: '100', fields: { worn: '120' } });
    expect(reckon(worn, account, terms)).toMatchObject({
      isReady: false,
      receivedProblem: { problem: { code: 'tender.wornTooMuch' } },
    });
  });

  it('a basket without an open account is in the name of its first, and change can be its credit', () => {
    const aside = { ...typeReceived(setAside(owing, account), '110'), creditText: '9.97' };
    expect(reckon(aside, null, terms)).toMatchObject({
      isReady: true,
      offer: { changeCredit: { accountId: 1, minor: 997 } },
    });
  });
});

const amountOf = (minor: number, currency: Currency): string => toDecimal({ minor, currency });
const anyCurrency = fc.constantFrom(...currencies);
const anyCoin = fc.constantFrom(1, 5, 10, 50, 100);
const anyRates = fc.record({
  JOD: fc.integer({ min: 30_000, max: 90_000 }),
  USD: fc.integer({ min: 20_000, max: 60_000 }),
});

describe('for every total, rate, coin and currency', () => {
  it('what is proposed covers what remains, and one coin less would not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        anyRates,
        fc.constantFrom('JOD' as const, 'USD' as const),
        fc.boolean(),
        (minor, rates, currency, isCash) => {
          const kind = isCash ? 'cash' : 'transfer';
          const parsed = parseMoney(proposedAmount(minor, kind, currency, rates, 10), currency);
          if (!parsed.ok) throw new Error(parsed.problem);
          const step = !isCash ? 1 : currency === 'JOD' ? 50 : 100;
          const worth = (amount: number): number =>
            valueInAccountCurrency({ minor: amount, currency }, rates);
          expect(worth(parsed.minor)).toBeGreaterThanOrEqual(minor);
          expect(worth(parsed.minor - step)).toBeLessThan(minor);
          expect(parsed.minor % step).toBe(0);
        },
      ),
    );
  });

  it('the same amount in cash is always enough and leaves nothing but rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 5_000_000 }), anyCoin, (minor, smallestCoinMinor) => {
        const owed = accountOf(1, [bill(1, '2026-01-28', minor)]);
        const text = amountOf(cashFor(minor, smallestCoinMinor), 'ILS');
        const draft = typeReceived(toggleAll(emptyDraft, owed.openBills), text);
        const { isReady, change } = reckon(draft, owed, { rates: {}, smallestCoinMinor });
        expect({ isReady, change }).toEqual({ isReady: true, change: [] });
      }),
    );
  });

  it('whatever is ready to be taken, the rules take, and it adds up to the agora', () => {
    const anyTender = fc.record({
      currency: anyCurrency,
      minor: fc.integer({ min: 1, max: 200_000 }),
      isCash: fc.boolean(),
    });
    let taken = 0;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 5 }),
        fc.array(anyTender, { minLength: 1, maxLength: 4 }),
        anyRates,
        anyCoin,
        anyCurrency,
        fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null }),
        (amounts, given, rates, smallestCoinMinor, changeCurrency, creditMinor) => {
          const owed = accountOf(
            1,
            amounts.map((minor, index) => bill(index + 1, '2026-01-28', minor)),
          );
          let draft: PayDraft = {
            ...toggleAll(emptyDraft, owed.openBills),
            changeCurrency,
            creditText: creditMinor === null ? '' : amountOf(creditMinor, 'ILS'),
          };
          for (const [index, { currency, minor, isCash }] of given.entries()) {
            const amountText = amountOf(minor, currency);
            const base = isCash ? shekels : cheque;
            draft = putTender(draft, { ...base, id: index + 1, currency, amountText });
          }
          const all: CounterTerms = { rates, smallestCoinMinor };
          const { offer, totalMinor, roundingMinor, creditMinor: credited } = reckon(draft, owed, all);
          if (offer === null) return;
          taken += 1;
          const decision = decidePayment(offer, { ...all, bills: owed.openBills, creditMinor: new Map() });
          const sum = (values: readonly { valueMinor: number }[]): number =>
            values.reduce((total, { valueMinor }) => total + valueMinor, 0);
          expect(decision.roundingMinor).toBe(roundingMinor);
          expect(sum(decision.tenders)).toBe(totalMinor + sum(decision.change) + credited + roundingMinor);
        },
      ),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
