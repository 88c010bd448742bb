import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies, maxMinor } from '../../shared/domain/money.ts';
import type {
  PaymentDecision,
  PaymentLine,
  PaymentOffer,
  PaymentTerms,
} from '../../shared/domain/payment.ts';
import {
  decidePayment,
  isExcessiveTender,
  lineMinor,
  planChange,
  roundingTolerance,
} from '../../shared/domain/payment.ts';
import type { CashTender, Tender } from '../../shared/domain/tender.ts';
import { Refusal } from '../../shared/errors.ts';
import { billsOf } from './bills.ts';
import { anyRates, anyTenderOf, baskets, smallestCoins } from './offers.ts';

const cash = (receivedMinor: number, currency: Currency = 'ILS', wornMinor = 0): CashTender => ({
  kind: 'cash',
  currency,
  receivedMinor,
  wornMinor,
});

type Answer = PaymentDecision | { readonly code: string; readonly params: object };

/** What the rules say; anything thrown but a refusal fails the test. */
function decide(offer: PaymentOffer, terms: PaymentTerms): Answer {
  try {
    return decidePayment(offer, terms);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, params: error.params };
    throw error;
  }
}

/** The promise of every payment that is taken, checked by adding up anew. */
function expectAddsUp(offer: PaymentOffer, terms: PaymentTerms, decision: PaymentDecision): void {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const lines = sum(
    offer.lines.map((line) => (line.kind === 'fee' ? line.quantity * line.unitMinor : line.minor)),
  );
  const change = sum(decision.change.map(({ valueMinor }) => valueMinor));
  expect(decision.totalMinor).toBe(lines);
  expect(decision.tenders.map(({ tender }) => tender)).toEqual(offer.tenders);
  expect(decision.change.map(({ currency, minor }) => ({ currency, minor }))).toEqual(offer.change);
  for (const { tender, valueMinor } of decision.tenders)
    expect(valueMinor).toBe(
      valueInAccountCurrency({ minor: tender.receivedMinor, currency: tender.currency }, terms.rates),
    );
  for (const { valueMinor, ...given } of decision.change)
    expect(valueMinor).toBe(valueInAccountCurrency(given, terms.rates));
  expect(sum(decision.tenders.map(({ valueMinor }) => valueMinor))).toBe(
    lines + change + decision.changeCreditMinor + decision.roundingMinor,
  );
  expect(decision.changeCreditMinor).toBe(offer.changeCredit?.minor ?? 0);
  const half = Math.floor(terms.smallestCoinMinor / 2);
  const most = offer.tenders.some(({ kind }) => kind === 'cash') ? half : 0;
  expect(Math.abs(decision.roundingMinor)).toBeLessThanOrEqual(most);
  expect(Object.is(decision.roundingMinor, -0)).toBe(false);
  expectOwed(offer, terms);
}

/** No bill is paid twice or more than is owed on it, no account uses credit that it has not. */
function expectOwed({ lines, tenders }: PaymentOffer, { bills, creditMinor }: PaymentTerms): void {
  const paid = lines.flatMap((line) => (line.kind === 'bill' ? [line] : []));
  expect(new Set(paid.map(({ accountId, billId }) => `${accountId}/${billId}`)).size).toBe(paid.length);
  for (const { accountId, billId, minor } of paid) {
    const bill = bills.find((one) => one.accountId === accountId && one.id === billId);
    expect(Number.isSafeInteger(minor) && minor > 0).toBe(true);
    expect(minor).toBeLessThanOrEqual(bill === undefined ? 0 : outstandingMinor(bill));
  }
  const used = new Map<number, number>();
  for (const tender of tenders)
    if (tender.kind === 'credit')
      used.set(tender.accountId, (used.get(tender.accountId) ?? 0) + tender.receivedMinor);
  for (const [accountId, minor] of used) expect(minor).toBeLessThanOrEqual(creditMinor.get(accountId) ?? 0);
}

describe('whatever is paid, the money adds up', () => {
  test('value of the tenders = lines + change + credit for change + rounding, and what is planned is taken', () => {
    let taken = 0;
    const planned = { foreign: 0, credit: 0, rounded: 0 };
    fc.assert(
      fc.property(
        baskets,
        anyRates,
        smallestCoins,
        fc.array(anyTenderOf, { maxLength: 4 }),
        fc.constantFrom(...currencies),
        fc.boolean(),
        ({ lines, bills, creditMinor }, rates, smallestCoinMinor, makers, wished, asCredit) => {
          const terms = { bills, rates, creditMinor, smallestCoinMinor };
          const totalMinor = lines.reduce((sum, line) => sum + lineMinor(line), 0);
          // Each tender takes a share of what is still owed; cash closes it, in its own currency and coins.
          const tenders: Tender[] = [];
          const creditLeft = new Map(creditMinor);
          let dueMinor = totalMinor;
          for (const maker of makers) {
            const tender = maker(dueMinor, rates, creditLeft);
            if (tender === null) continue;
            if (tender.kind === 'credit')
              creditLeft.set(
                tender.accountId,
                (creditLeft.get(tender.accountId) ?? 0) - tender.receivedMinor,
              );
            tenders.push(tender);
            dueMinor -= valueInAccountCurrency({ ...tender, minor: tender.receivedMinor }, rates);
          }
          if (dueMinor > 0) tenders.push(cash(Math.ceil(dueMinor / 2_000) * 2_000));
          const offer = { lines, tenders, change: [], changeCredit: null };
          const overMinor = valueOf(tenders, rates) - totalMinor;
          const cashMinor = valueOf(
            tenders.filter(({ kind }) => kind === 'cash'),
            rates,
          );
          const isChanged = overMinor <= cashMinor && cashMinor > 0;
          const plan = planChange(isChanged ? overMinor : 0, wished, rates, smallestCoinMinor);
          const whole: PaymentOffer =
            isChanged && !asCredit
              ? { ...offer, change: plan.change }
              : { ...offer, changeCredit: overMinor > 0 ? { accountId: 1, minor: overMinor } : null };
          const decision = decide(whole, terms);
          if ('code' in decision) {
            expect(decision.code).toBe('tender.excessive');
            return;
          }
          expectAddsUp(whole, terms, decision);
          if (isChanged && !asCredit) expect(decision.roundingMinor).toBe(plan.roundingMinor);
          taken += 1;
          if (decision.change.some(({ currency }) => currency !== 'ILS')) planned.foreign += 1;
          if (decision.changeCreditMinor > 0) planned.credit += 1;
          if (decision.roundingMinor !== 0) planned.rounded += 1;
        },
      ),
      { numRuns: 2_000 },
    );
    // The generator reaches what the test speaks of.
    expect(taken).toBeGreaterThan(1_000);
    for (const reached of Object.values(planned)) expect(reached).toBeGreaterThan(50);
  });

  test('any offer whatever is refused, or adds up and overpays no bill', () => {
    const wild = fc.oneof(
      fc.integer({ min: -5, max: 600 }),
      fc.constantFrom(0, 0.5, NaN, Infinity, -Infinity, maxMinor, maxMinor + 1, 2 ** 53),
    );
    const id = fc.integer({ min: 0, max: 4 });
    const currency = fc.constantFrom(...currencies);
    const wildLine: fc.Arbitrary<PaymentLine> = fc.oneof(
      fc.record({ kind: fc.constant('bill' as const), accountId: id, billId: id, minor: wild }),
      fc.record({ kind: fc.constant('advance' as const), accountId: id, minor: wild }),
      fc.record({
        kind: fc.constant('fee' as const),
        serviceCode: fc.constant('stamp'),
        quantity: wild,
        unitMinor: wild,
        note: fc.constantFrom('', '4111 1111 1111 1111'),
      }),
    );
    const wildTender: fc.Arbitrary<Tender> = fc.oneof(
      fc.record({ kind: fc.constant('cash' as const), currency, receivedMinor: wild, wornMinor: wild }),
      fc.record({
        kind: fc.constant('credit' as const),
        currency: fc.constant('ILS' as const),
        receivedMinor: wild,
        accountId: id,
      }),
      fc.record({
        kind: fc.constant('card' as const),
        currency: fc.constant('ILS' as const),
        receivedMinor: wild,
        terminal: fc.constant('1'),
        approvalCode: fc.constantFrom('A1', '٤١١١١١١١١١١١١١١١'),
      }),
    );
    const offers = fc.record({
      lines: fc.array(wildLine, { maxLength: 4 }),
      tenders: fc.array(wildTender, { maxLength: 4 }),
      change: fc.array(fc.record({ currency, minor: wild }), { maxLength: 3 }),
      changeCredit: fc.option(fc.record({ accountId: id, minor: wild })),
    });
    const rates = fc.constantFrom<Rates>({}, { JOD: 52_345 }, { JOD: 52_345, USD: 36_550 }, { USD: 1 });
    fc.assert(
      fc.property(billsOf(), offers, rates, smallestCoins, (bills, offer, today, smallestCoinMinor) => {
        const terms = { bills, rates: today, smallestCoinMinor, creditMinor: new Map([[1, 300]]) };
        const decision = decide(offer, terms);
        if (!('code' in decision)) expectAddsUp(offer, terms, decision);
      }),
      { numRuns: 5_000 },
    );
  });
});

function valueOf(tenders: readonly Tender[], rates: Rates): number {
  return tenders.reduce(
    (sum, { currency, receivedMinor }) =>
      sum + valueInAccountCurrency({ currency, minor: receivedMinor }, rates),
    0,
  );
}

describe('the change that is proposed', () => {
  const rates = { JOD: 52_345, USD: 36_550 };

  test('is the most of the wished currency’s coins that fits, the rest in shekels to the nearest coin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.constantFrom(...currencies),
        anyRates,
        smallestCoins,
        (dueMinor, wished, today, coinMinor) => {
          const { change, roundingMinor } = planChange(dueMinor, wished, today, coinMinor);
          const given = (currency: Currency): number =>
            change.find((one) => one.currency === currency)?.minor ?? 0;
          const worth = (minor: number): number => valueInAccountCurrency({ currency: wished, minor }, today);
          let restMinor = dueMinor;
          if (wished !== 'ILS') {
            const step = denominations[wished].at(-1) ?? 0;
            const foreign = given(wished);
            expect(foreign % step).toBe(0);
            expect(worth(foreign)).toBeLessThanOrEqual(dueMinor);
            if (dueMinor > 0) expect(worth(foreign + step)).toBeGreaterThan(dueMinor);
            restMinor -= worth(foreign);
          }
          expect(given('ILS') % coinMinor).toBe(0);
          expect(roundingMinor).toBe(restMinor - given('ILS'));
          expect(Math.abs(roundingMinor)).toBeLessThanOrEqual(Math.floor(coinMinor / 2));
          expect(change.every(({ minor }) => minor > 0)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [0, 'ILS', []],
    [4, 'ILS', []],
    [5, 'ILS', [{ currency: 'ILS', minor: 10 }]],
    [14, 'ILS', [{ currency: 'ILS', minor: 10 }]],
    [365, 'USD', [{ currency: 'ILS', minor: 370 }]],
    [366, 'USD', [{ currency: 'USD', minor: 100 }]],
    [
      1_000,
      'USD',
      [
        { currency: 'USD', minor: 200 },
        { currency: 'ILS', minor: 270 },
      ],
    ],
    // A dinar is 5.23 shekels; an agora less, and its smallest coin, fifty fils, is what is left out.
    [
      522,
      'JOD',
      [
        { currency: 'JOD', minor: 950 },
        { currency: 'ILS', minor: 30 },
      ],
    ],
    [523, 'JOD', [{ currency: 'JOD', minor: 1_000 }]],
  ] as const)('for %i agorot in %s', (dueMinor, wished, change) => {
    expect(planChange(dueMinor, wished, rates, 10).change).toEqual(change);
  });

  test('gives away what is short by less than half a coin, and says so', () => {
    expect(planChange(-5, 'ILS', rates, 10)).toEqual({ change: [], creditMinor: 0, roundingMinor: -5 });
  });

  test('needs the day’s rate of the currency that is wished', () => {
    expect(() => planChange(1_000, 'USD', { JOD: 52_345 }, 10)).toThrow(
      expect.objectContaining({ code: 'rate.missing', params: { currency: 'USD' } }),
    );
  });

  test('is rounded only where cash is: half of the smallest coin either way', () => {
    expect(roundingTolerance([cash(100)], 10)).toBe(5);
    expect(roundingTolerance([cash(100)], 1)).toBe(0);
    const credit: Tender = { kind: 'credit', currency: 'ILS', receivedMinor: 100, accountId: 1 };
    expect(roundingTolerance([credit], 10)).toBe(0);
    expect(roundingTolerance([credit, cash(100)], 10)).toBe(5);
  });
});

const bill: Bill = {
  id: 1,
  number: 'B-1',
  accountId: 1,
  serviceCode: 'water',
  period: '2026-01',
  kind: 'charge',
  issuedOn: '2026-01-01',
  dueOn: '2026-01-25',
  amountMinor: 5000,
  paidMinor: 2000,
};
const settled: Bill = { ...bill, id: 2, number: 'B-2', paidMinor: 5000 };
const elsewhere: Bill = { ...bill, id: 3, number: 'C-3', accountId: 2 };
const terms: PaymentTerms = {
  bills: [bill, settled, elsewhere],
  creditMinor: new Map([
    [1, 500],
    [2, 0],
  ]),
  rates: { JOD: 52_345 },
  smallestCoinMinor: 10,
};
const pays = (minor: number, billId = 1, accountId = 1): PaymentLine => ({
  kind: 'bill',
  accountId,
  billId,
  minor,
});
const offerOf = (
  lines: readonly PaymentLine[],
  tenders: readonly Tender[],
  rest: Partial<PaymentOffer> = {},
): PaymentOffer => ({ lines, tenders, change: [], changeCredit: null, ...rest });
const fee = (quantity: number, unitMinor: number, note = ''): PaymentLine => ({
  kind: 'fee',
  serviceCode: 'stamp',
  quantity,
  unitMinor,
  note,
});
const credit = (receivedMinor: number, accountId = 1): Tender => ({
  kind: 'credit',
  currency: 'ILS',
  receivedMinor,
  accountId,
});
const card = (receivedMinor: number, approvalCode = 'A1'): Tender => ({
  kind: 'card',
  currency: 'ILS',
  receivedMinor,
  terminal: 'T-1',
  approvalCode,
});
const waiver = (receivedMinor: number): Tender => ({
  kind: 'waiver',
  currency: 'ILS',
  receivedMinor,
  decisionNumber: '12/2026',
  decisionOn: '2026-01-01',
});
const ils = (minor: number) => ({ currency: 'ILS', minor }) as const;

describe('what is refused, and why', () => {
  const cases: [string, PaymentOffer, string, object][] = [
    ['nothing chosen', offerOf([], [cash(100)]), 'payment.nothingChosen', {}],
    ['nothing on a bill', offerOf([pays(0)], [cash(100)]), 'amount.invalid', {}],
    ['less than nothing', offerOf([pays(-1)], [cash(100)]), 'amount.invalid', {}],
    ['half an agora', offerOf([pays(0.5)], [cash(100)]), 'amount.invalid', {}],
    ['a bill twice', offerOf([pays(1), pays(1)], [cash(2)]), 'amount.invalid', {}],
    [
      'an advance on one account twice',
      offerOf(
        [
          { kind: 'advance', accountId: 1, minor: 1 },
          { kind: 'advance', accountId: 1, minor: 1 },
        ],
        [cash(2)],
      ),
      'amount.invalid',
      {},
    ],
    ['a fee sold no times', offerOf([fee(0, 100)], [cash(100)]), 'amount.invalid', {}],
    ['a fee for nothing', offerOf([fee(1, 0)], [cash(100)]), 'amount.invalid', {}],
    ['a fee past all amounts', offerOf([fee(10_000, maxMinor)], [cash(100)]), 'amount.tooLarge', {}],
    [
      'a card’s number in a fee’s note',
      offerOf([fee(1, 100, '4111-1111-1111-1111')], [cash(100)]),
      'tender.cardNumber',
      {},
    ],
    ['an amount past all amounts', offerOf([pays(maxMinor + 1)], [cash(100)]), 'amount.tooLarge', {}],
    ['lines past all amounts', offerOf([fee(1, maxMinor), fee(1, 1)], [cash(100)]), 'amount.tooLarge', {}],
    [
      'more lines than a receipt has',
      offerOf(Array(501).fill(fee(1, 1)), [cash(501)]),
      'amount.tooLarge',
      {},
    ],
    ['an unknown bill', offerOf([pays(1, 9)], [cash(1)]), 'bill.notFound', { number: '9' }],
    ['a bill of another account', offerOf([pays(1, 3)], [cash(1)]), 'bill.notFound', { number: '3' }],
    ['a settled bill', offerOf([pays(1, 2)], [cash(1)]), 'bill.changed', { number: 'B-2' }],
    [
      'an agora too much on a bill',
      offerOf([pays(3001)], [cash(3001)]),
      'bill.overpaid',
      { number: 'B-1', outstandingMinor: 3000 },
    ],
    ['no money', offerOf([pays(3000)], []), 'tender.short', { missingMinor: 3000 }],
    ['money that is none', offerOf([pays(3000)], [cash(0)]), 'amount.invalid', {}],
    ['cash past all amounts', offerOf([pays(3000)], [cash(maxMinor + 1)]), 'amount.tooLarge', {}],
    [
      'short by more than half a coin',
      offerOf([pays(3000)], [cash(2994)]),
      'tender.short',
      { missingMinor: 6 },
    ],
    [
      'an agora short where no coin is',
      offerOf([pays(3000)], [card(2999)]),
      'tender.short',
      { missingMinor: 1 },
    ],
    ['a digit too many', offerOf([pays(3000)], [cash(200_000)]), 'tender.excessive', {}],
    [
      'dollars without a rate',
      offerOf([pays(3000)], [cash(1000, 'USD')]),
      'rate.missing',
      { currency: 'USD' },
    ],
    [
      'change in dollars without a rate',
      offerOf([pays(3000)], [cash(5000)], { change: [{ currency: 'USD', minor: 500 }] }),
      'rate.missing',
      { currency: 'USD' },
    ],
    [
      'more worn notes than notes',
      offerOf([pays(3000)], [cash(3000, 'ILS', 3001)]),
      'tender.wornTooMuch',
      {},
    ],
    ['less than no worn notes', offerOf([pays(3000)], [cash(3000, 'ILS', -1)]), 'amount.invalid', {}],
    ['a card’s number', offerOf([pays(3000)], [card(3000, '4111111111111111')]), 'tender.cardNumber', {}],
    [
      'more credit than there is',
      offerOf([pays(3000)], [credit(501), cash(2500)]),
      'credit.tooLittle',
      { availableMinor: 500 },
    ],
    [
      'more credit than there is, in two parts',
      offerOf([pays(3000)], [credit(300), credit(300), cash(2400)]),
      'credit.tooLittle',
      { availableMinor: 500 },
    ],
    [
      'credit of an unknown account',
      offerOf([pays(100)], [credit(100, 7)]),
      'credit.tooLittle',
      { availableMinor: 0 },
    ],
    [
      'a waiver of more than is owed',
      offerOf([pays(3000)], [waiver(3001)], { changeCredit: { accountId: 1, minor: 1 } }),
      'tender.moreThanOwed',
      {},
    ],
    ['change of nothing', offerOf([pays(3000)], [cash(5000)], { change: [ils(0)] }), 'amount.invalid', {}],
    ['change not given', offerOf([pays(3000)], [cash(5000)]), 'change.wrong', {}],
    [
      'a coin too little given',
      offerOf([pays(3000)], [cash(5000)], { change: [ils(1990)] }),
      'change.wrong',
      {},
    ],
    [
      'a coin too much given',
      offerOf([pays(3000)], [cash(5000)], { change: [ils(2010)] }),
      'change.wrong',
      {},
    ],
    [
      'a currency given twice',
      offerOf([pays(3000)], [cash(5000)], { change: [ils(1000), ils(1000)] }),
      'change.wrong',
      {},
    ],
    ['change for a card', offerOf([pays(3000)], [card(5000)], { change: [ils(2000)] }), 'change.notCash', {}],
    [
      'more change than cash',
      offerOf([pays(3000)], [card(4000), cash(1000)], { change: [ils(2000)] }),
      'change.notCash',
      {},
    ],
    [
      'credit for change that is none',
      offerOf([pays(3000)], [cash(3000)], { changeCredit: { accountId: 1, minor: 0 } }),
      'amount.invalid',
      {},
    ],
    [
      'change given and credited as well',
      offerOf([pays(3000)], [cash(5000)], {
        change: [ils(2000)],
        changeCredit: { accountId: 1, minor: 2000 },
      }),
      'change.wrong',
      {},
    ],
  ];
  test.each(cases)('%s', (_, offer, code, params) => {
    expect(decide(offer, terms)).toEqual({ code, params });
  });
});

describe('what is taken', () => {
  const cases: [string, PaymentOffer, Partial<PaymentDecision>][] = [
    ['exact cash', offerOf([pays(3000)], [cash(3000)]), { totalMinor: 3000, roundingMinor: 0 }],
    ['cash short by half a coin', offerOf([pays(2995)], [cash(2990)]), { roundingMinor: -5 }],
    ['cash over by less than half a coin', offerOf([pays(2996)], [cash(3000)]), { roundingMinor: 4 }],
    [
      'what is over from a transfer, as credit',
      offerOf([pays(3000)], [card(3500)], { changeCredit: { accountId: 2, minor: 500 } }),
      { changeCreditMinor: 500, roundingMinor: 0 },
    ],
    [
      'a waiver alone: a receipt without money',
      offerOf([pays(3000)], [waiver(3000)]),
      { totalMinor: 3000, roundingMinor: 0 },
    ],
    [
      'the bills of two accounts, an advance and a fee, by dinars and credit',
      offerOf(
        [pays(3000), pays(1000, 3, 2), { kind: 'advance', accountId: 1, minor: 700 }, fee(3, 200)],
        [cash(10_000, 'JOD'), credit(500)],
        { change: [ils(430)] },
      ),
      // 10 dinars are 52.345 shekels, to the nearest agora 52.35; with the credit 57.35, and 53.00 are owed.
      { totalMinor: 5300, roundingMinor: 5 },
    ],
    [
      'the same service sold twice, for two reasons',
      offerOf([fee(1, 100, 'أ'), fee(1, 100, 'ب')], [cash(200)]),
      { totalMinor: 200 },
    ],
  ];
  test.each(cases)('%s', (_, offer, expected) => {
    const decision = decide(offer, terms);
    expect(decision).toMatchObject(expected);
    if (!('code' in decision)) expectAddsUp(offer, terms, decision);
  });
});

test('a thousand shekels of change or as much as is paid is too much; one agora less is not', () => {
  expect(isExcessiveTender(1_500, 1_500 + 99_999)).toBe(false);
  expect(isExcessiveTender(1_500, 1_500 + 100_000)).toBe(true);
  expect(isExcessiveTender(400_000, 799_999)).toBe(false);
  expect(isExcessiveTender(400_000, 800_000)).toBe(true);
});
