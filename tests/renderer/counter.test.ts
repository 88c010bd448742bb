import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetCounter, useCounter } from '../../renderer/stores/counter.ts';
import { receivedText } from '../../renderer/draft/payDraft.ts';
import type { AccountView, PaymentTaken, SearchHit } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { useRates } from '../../renderer/stores/rates.ts';
import { shekels } from '../../renderer/draft/tenderDraft.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const hit = (accountId: number, name: string): SearchHit => ({
  accountId,
  accountNumber: String(accountId),
  name,
  identityNumber: null,
  quarter: 'معن',
  category: { ar: 'منزلي', en: 'Household' },
  owedMinor: 3000,
  matched: 'name',
  matchedText: null,
  billId: null,
});

const account = (id: number): AccountView => ({
  id,
  number: String(id),
  citizen: { id, name: 'محمود', identityNumber: null, phones: [], otherAccounts: [] },
  category: { code: 'home', ar: 'منزلي', en: 'Household' },
  quarter: 'معن',
  address: '',
  services: [],
  openBills: [
    {
      id: 7,
      number: 'B7',
      accountId: id,
      serviceCode: 'water',
      period: '2026-01',
      kind: 'charge',
      issuedOn: '2026-01-01',
      dueOn: '2026-01-28',
      amountMinor: 3000,
      paidMinor: 0,
      serviceAr: 'مياه',
      serviceEn: 'Water',
      leastMinor: 1,
    },
  ],
  creditMinor: 0,
  surpluses: [],
  bouncedCheques: 0,
  owedMinor: 3000,
  arrearsMinor: 3000,
  finesMinor: 0,
  asOfMs: 0,
  lastReceipts: [],
});

const taken = { paymentId: 9, account: account(1), shift: null, receipt: {} } as unknown as PaymentTaken;
const counter = () => useCounter.getState();

async function settle(): Promise<void> {
  await vi.waitFor(() => expect(counter().isTaking).toBe(false));
}

function takesOf(asked: readonly { channel: string; input: unknown }[]): string[] {
  return asked
    .filter(({ channel }) => channel === 'payments.take')
    .map(({ input }) => (input as { requestId: string }).requestId);
}

async function readyToTake(handlers: Parameters<typeof standIn>[0]) {
  const bridge = standIn({
    'accounts.open': () => ok(account(1)),
    'receipts.picture': () => ok({}),
    ...handlers,
  });
  await counter().openAccount(1);
  counter().toggle(7);
  counter().receiveExact();
  return bridge;
}

beforeEach(() => {
  forgetCounter();
  useRates.setState({ view: null, terms: { rates: {}, smallestCoinMinor: 10 } });
});
afterEach(() => vi.useRealTimers());

describe('search', () => {
  it('an answer that comes late never replaces the answer to what is typed now', async () => {
    const slow = later<Reply<readonly SearchHit[]>>();
    standIn({
      'accounts.search': (input) =>
        (input as { text: string }).text === 'م' ? slow.promise : ok([hit(2, 'محمود')]),
    });
    counter().type('م');
    counter().type('محمود');
    await vi.waitFor(() => expect(counter().hitsFor).toBe('محمود'));
    slow.resolve(ok([hit(1, 'مريم')]));
    await slow.promise;
    expect(counter().hits.map(({ name }) => name)).toEqual(['محمود']);
  });

  it('Enter before the answer opens the first hit when it comes', async () => {
    const slow = later<Reply<readonly SearchHit[]>>();
    standIn({ 'accounts.search': () => slow.promise, 'accounts.open': () => ok(account(5)) });
    counter().type('5');
    counter().openHighlighted();
    slow.resolve(ok([hit(5, 'سعاد')]));
    await vi.waitFor(() => expect(counter().account?.id).toBe(5));
    expect(counter().searchText).toBe('');
  });

  it('a scan that is nothing by itself is looked up with what the box held before it', async () => {
    const asked: string[] = [];
    const known = new Map([
      ['12000188', [hit(5, 'سعاد')]],
      ['12000199', [hit(6, 'أحمد')]],
      ['2000199', [hit(7, 'منى')]],
    ]);
    standIn({
      'accounts.search': (input) => {
        const { text } = input as { text: string };
        asked.push(text);
        return ok(known.get(text) ?? []);
      },
      'accounts.open': (input) => ok(account((input as { accountId: number }).accountId)),
    });
    counter().scan('2000188', '12000188');
    await vi.waitFor(() => expect(counter().account?.id).toBe(5));
    expect(asked).toEqual(['2000188', '12000188']);
    counter().scan('2000199', '12000199');
    await vi.waitFor(() => expect(counter().account?.id).toBe(7));
    // Neither is anything: the scan is what is shown as not found.
    asked.length = 0;
    counter().scan('99', '1299');
    await vi.waitFor(() => expect(asked).toEqual(['99', '1299']));
    expect(counter()).toMatchObject({ searchText: '99', hits: [], hitsFor: '99' });
    // And what is typed after it is not looked up with it.
    counter().type('99');
    counter().openHighlighted();
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    expect(asked[2]).toBe('99');
  });

  it('the account that was asked for last is the one that opens', async () => {
    const slow = later<Reply<AccountView>>();
    standIn({
      'accounts.open': (input) =>
        (input as { accountId: number }).accountId === 1 ? slow.promise : ok(account(2)),
    });
    const first = counter().openAccount(1);
    await counter().openAccount(2);
    slow.resolve(ok(account(1)));
    await first;
    expect(counter().account?.id).toBe(2);
  });
});

describe('taking money', () => {
  it('a double press sends one request', async () => {
    const answer = later<Reply<PaymentTaken>>();
    const { asked } = await readyToTake({ 'payments.take': () => answer.promise });
    void counter().take();
    void counter().take();
    answer.resolve(ok(taken));
    await settle();
    await counter().take();
    expect(takesOf(asked)).toHaveLength(1);
    expect(counter().taken?.paymentId).toBe(9);
  });

  it('after a lost answer the same request id goes again, and the contents stand still until then', async () => {
    let tries = 0;
    const { asked } = await readyToTake({
      'payments.take': () => {
        tries += 1;
        if (tries === 1) throw new Error('the pipe is gone');
        return ok(taken);
      },
    });
    await counter().take();
    expect(counter()).toMatchObject({ isUnresolved: true, takeFailure: { code: 'lost' } });
    counter().typeReceived('200');
    counter().toggle(7);
    expect(receivedText(counter().draft)).toBe('30.00');
    await counter().take();
    const [first, second] = takesOf(asked);
    expect(second).toBe(first);
    expect(counter().taken?.paymentId).toBe(9);
  });

  it('no answer in ten seconds counts as lost, and the screen is free to try again', async () => {
    vi.useFakeTimers();
    await readyToTake({ 'payments.take': () => new Promise<never>(() => undefined) });
    const taking = counter().take();
    await vi.advanceTimersByTimeAsync(10_000);
    await taking;
    expect(counter()).toMatchObject({ isTaking: false, isUnresolved: true });
  });

  it('a refusal keeps what was typed, and changed contents get a new request id', async () => {
    const { asked } = await readyToTake({
      'payments.take': () => ({ ok: false, code: 'tender.excessive', params: {} }),
    });
    await counter().take();
    await counter().take();
    expect(counter()).toMatchObject({ isUnresolved: false, takeFailure: { code: 'tender.excessive' } });
    counter().typeReceived('50');
    await counter().take();
    const [first, same, changed] = takesOf(asked);
    expect(same).toBe(first);
    expect(changed).not.toBe(first);
  });

  it('bills that were paid meanwhile are read again and are no longer chosen', async () => {
    let opened = 0;
    await readyToTake({
      'accounts.open': () => {
        opened += 1;
        return ok(opened === 1 ? account(1) : { ...account(1), openBills: [] });
      },
      'payments.take': () => ({ ok: false, code: 'bill.changed', params: { number: 'B7' } }),
    });
    await counter().take();
    expect(counter().account?.openBills).toEqual([]);
    expect(counter().draft.chosen.size).toBe(0);
    expect(counter().takeFailure?.code).toBe('bill.changed');
  });

  it('a payment that comes back after signing out is not shown to the next person', async () => {
    const answer = later<Reply<PaymentTaken>>();
    await readyToTake({ 'payments.take': () => answer.promise });
    const taking = counter().take();
    forgetCounter();
    answer.resolve(ok(taken));
    await taking;
    expect(counter().taken).toBeNull();
  });

  it('Escape goes back one step at a time', async () => {
    await readyToTake({ 'accounts.search': () => ok([]) });
    counter().type('مح');
    counter().stepBack();
    expect(counter()).toMatchObject({ searchText: '' });
    expect(receivedText(counter().draft)).toBe('30.00');
    counter().stepBack();
    expect(receivedText(counter().draft)).toBe('');
    counter().stepBack();
    expect(counter().draft.chosen.size).toBe(0);
    counter().stepBack();
    expect(counter().account).toBeNull();
  });

  it('sends who pays, every line, tender and piece of change, and the rates that were seen', async () => {
    const { asked } = await readyToTake({ 'payments.take': () => ok(taken) });
    useRates.setState({ terms: { rates: { USD: 36_000 }, smallestCoinMinor: 10 } });
    counter().typeReceived('');
    counter().putTender({ ...shekels, id: 1, currency: 'USD', amountText: '10' });
    await counter().take();
    const sent = asked.find(({ channel }) => channel === 'payments.take')?.input;
    expect(sent).toMatchObject({
      payer: { kind: 'account', accountId: 1 },
      lines: [{ kind: 'bill', accountId: 1, billId: 7, minor: 3000 }],
      tenders: [{ kind: 'cash', currency: 'USD', receivedMinor: 1000, wornMinor: 0 }],
      change: [{ currency: 'ILS', minor: 600 }],
      changeCredit: null,
      rates: { USD: 36_000 },
    });
  });

  it('when the rates changed meanwhile the new ones are read, and what was typed stays', async () => {
    await readyToTake({
      'payments.take': () => ({ ok: false, code: 'rate.changed', params: { currency: 'USD' } }),
      'rates.today': () =>
        ok({ businessDate: '2026-11-25', today: { USD: 37_000 }, last: {}, smallestCoinMinor: 10 }),
    });
    await counter().take();
    expect(useRates.getState().terms.rates).toEqual({ USD: 37_000 });
    expect(receivedText(counter().draft)).toBe('30.00');
  });
});

describe('a payment that is begun and left', () => {
  it('is recorded with its sum and what was put on the counter, even when the money is taken away first', async () => {
    const { asked } = await readyToTake({ 'payments.abandon': () => ok({}) });
    counter().stepBack();
    counter().closeAccount();
    expect(asked.filter(({ channel }) => channel === 'payments.abandon')).toEqual([
      {
        channel: 'payments.abandon',
        input: { accountId: 1, totalMinor: 3000, receivedKinds: ['cash'] },
      },
    ]);
  });

  it('is not one that was taken, nor one without any money', async () => {
    const { asked } = await readyToTake({ 'payments.take': () => ok(taken) });
    await counter().take();
    counter().closeAccount();
    await counter().openAccount(1);
    counter().toggle(7);
    counter().closeAccount();
    expect(asked.some(({ channel }) => channel === 'payments.abandon')).toBe(false);
  });
});

describe('several accounts in one receipt', () => {
  it('what was chosen of the first stays in the basket while the next is opened, and both are sent', async () => {
    const { asked } = await readyToTake({
      'accounts.open': (input) => {
        const { accountId } = input as { accountId: number };
        const view = account(accountId);
        return ok({
          ...view,
          openBills: view.openBills.map((bill) => ({ ...bill, id: bill.id + accountId })),
        });
      },
      'payments.take': () => ok(taken),
    });
    counter().toggleAll();
    counter().addAccount();
    expect(counter()).toMatchObject({ account: null, draft: { basket: [{ account: { id: 1 } }] } });
    await counter().openAccount(2);
    counter().toggleAll();
    counter().receiveExact();
    expect(receivedText(counter().draft)).toBe('60.00');
    await counter().take();
    const sent = asked.find(({ channel }) => channel === 'payments.take')?.input;
    expect(sent).toMatchObject({
      payer: { kind: 'account', accountId: 2 },
      lines: [
        { accountId: 2, billId: 9 },
        { accountId: 1, billId: 8 },
      ],
    });
  });

  it('an account that is opened again takes its choices out of the basket', async () => {
    await readyToTake({});
    counter().addAccount();
    await counter().openAccount(1);
    expect(counter().draft.basket).toEqual([]);
    expect(counter().draft.chosen.get(7)).toBe(3000);
  });

  it('fees are sold to whoever pays, without an account', async () => {
    const { asked } = standIn({
      'payments.take': () => ok({ ...taken, account: null }),
      'receipts.picture': () => ok({}),
    });
    const fee = { serviceCode: 'stamp', ar: 'طابع', en: 'Stamp', quantity: 3, unitMinor: 500, note: '' };
    counter().addFee(fee, { name: 'سعيد', identityNumber: null });
    counter().receiveExact();
    await counter().take();
    expect(asked[0]?.input).toMatchObject({
      payer: { kind: 'occasional', name: 'سعيد', identityNumber: null },
      lines: [{ kind: 'fee', serviceCode: 'stamp', quantity: 3, unitMinor: 500, note: '' }],
    });
    expect(counter()).toMatchObject({ account: null, taken: { paymentId: 9 } });
  });
});
