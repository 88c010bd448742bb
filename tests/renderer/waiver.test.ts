import { beforeEach, describe, expect, it } from 'vitest';
import type { TenderDraft } from '../../renderer/draft/tenderDraft.ts';
import { useBooks } from '../../renderer/stores/books.ts';
import { forgetCounter, useCounter } from '../../renderer/stores/counter.ts';
import { useRates } from '../../renderer/stores/rates.ts';
import type { Input, PaymentTaken } from '../../shared/ipc/contract.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import type { Asked } from './fakeBridge.ts';
import { ok, standIn } from './fakeBridge.ts';
import { accountOf, bill } from './samples.ts';

type Take = Input<'payments.take'>;

const account = accountOf(1, [bill(7, '2026-01-28', 3000), bill(8, '2026-02-28', 2000)]);
const taken = { paymentId: 9, account, shift: null, receipt: {} } as unknown as PaymentTaken;
const waiver = (amountText: string): TenderDraft => ({
  id: 1,
  kind: 'waiver',
  currency: 'ILS',
  amountText,
  fields: { decisionNumber: '41/2026', decisionOn: '5/3/2026' },
  accountId: null,
});
const leaf = {
  bookId: 2,
  number: 'D7/000045',
  leaf: 45,
  writtenOn: '2026-03-04',
  writtenBy: { id: 3, ar: 'سمر', en: 'Samar' },
};
const counter = () => useCounter.getState();
const refused = (code: ErrorCode) => ({ ok: false, code, params: {} }) as Reply<never>;

const takes = (asked: readonly Asked[]): Take[] =>
  asked.flatMap(({ channel, input }) => (channel === 'payments.take' ? [input as Take] : []));

async function ready(answers: readonly Reply<PaymentTaken>[]) {
  const left = [...answers];
  const bridge = standIn({
    'accounts.open': () => ok(account),
    'receipts.picture': () => ok({}),
    'payments.take': () => left.shift() ?? ok(taken),
  });
  await counter().openAccount(1);
  counter().toggle(7);
  return bridge;
}

beforeEach(() => {
  forgetCounter();
  useRates.setState({ view: null, terms: { rates: {}, smallestCoinMinor: 10 } });
});

describe('a waiver', () => {
  it('is sent only with a supervisor’s word for exactly what is sent', async () => {
    const { asked } = await ready([]);
    counter().putTender(waiver('30'));
    await counter().take();
    expect(takes(asked)).toEqual([]);
    const act = counter().approving?.act;
    await counter().approve(77);
    const [sent] = takes(asked);
    expect(sent).toMatchObject({
      approvalId: 77,
      tenders: [{ kind: 'waiver', receivedMinor: 3000, decisionNumber: '41/2026', decisionOn: '2026-03-05' }],
    });
    const { requestId, payer, lines, tenders } = sent ?? expect.fail();
    expect(act).toEqual({ kind: 'payment.waiver', contents: { requestId, payer, lines, tenders } });
    expect(counter().taken?.paymentId).toBe(9);
  });

  it('beside money is approved too, and without a waiver nobody is asked', async () => {
    const { asked } = await ready([]);
    counter().putTender(waiver('10'));
    counter().typeReceived('20');
    await counter().take();
    expect(counter().approving).not.toBeNull();
    counter().cancelApproval();
    counter().removeTender(1);
    counter().receiveExact();
    await counter().take();
    expect(takes(asked)).toMatchObject([{ approvalId: null, tenders: [{ kind: 'cash' }] }]);
  });

  it('given up without approval leaves everything as it was', async () => {
    const { asked } = await ready([]);
    counter().putTender(waiver('30'));
    await counter().take();
    counter().cancelApproval();
    expect(counter()).toMatchObject({ approving: null, isTaking: false, taken: null });
    expect(counter().draft.tenders).toHaveLength(2);
    await counter().approve(77);
    expect(takes(asked)).toEqual([]);
  });

  it('that is changed afterwards is asked about again, as another request', async () => {
    const { asked } = await ready([refused('shift.notOpen')]);
    counter().putTender(waiver('30'));
    await counter().take();
    await counter().approve(77);
    counter().toggle(8);
    counter().putTender(waiver('50'));
    await counter().take();
    expect(takes(asked)).toHaveLength(1);
    await counter().approve(78);
    const [first, second] = takes(asked);
    expect(second?.approvalId).toBe(78);
    expect(second?.requestId).not.toBe(first?.requestId);
  });

  it('under other rates than were approved is asked about again, and says so', async () => {
    const { asked } = await ready([]);
    counter().putTender(waiver('30'));
    await counter().take();
    useRates.setState({ terms: { rates: { USD: 36_000 }, smallestCoinMinor: 10 } });
    await counter().approve(77);
    expect(takes(asked)).toEqual([]);
    expect(counter().approving?.refused?.code).toBe('approval.other');
  });

  it.each(['approval.expired', 'approval.used'] as const)('refused with %s asks again', async (code) => {
    const { asked } = await ready([refused(code)]);
    counter().putTender(waiver('30'));
    await counter().take();
    await counter().approve(77);
    expect(counter()).toMatchObject({ approving: { refused: { code } }, takeFailure: null, isTaking: false });
    await counter().approve(78);
    expect(takes(asked).map(({ approvalId }) => approvalId)).toEqual([77, 78]);
  });

  it('of which no answer came is sent again as it was, with the same word, whatever the rates are now', async () => {
    const { asked } = await ready([refused('internal')]);
    counter().putTender(waiver('30'));
    await counter().take();
    await counter().approve(77);
    expect(counter().isUnresolved).toBe(true);
    useRates.setState({ terms: { rates: { USD: 36_000 }, smallestCoinMinor: 10 } });
    await counter().take();
    const [first, second] = takes(asked);
    expect(second).toEqual(first);
    expect(counter().taken?.paymentId).toBe(9);
  });
});

describe('a leaf of a paper book', () => {
  it('put down before anybody is looked up goes with the account that is opened, and into the request', async () => {
    const { asked } = await ready([]);
    counter().closeAccount();
    counter().putLeaf(leaf);
    await counter().openAccount(1);
    counter().toggle(7);
    counter().receiveExact();
    await counter().take();
    expect(takes(asked)[0]?.book).toEqual({ bookId: 2, leaf: 45, writtenOn: '2026-03-04', writtenBy: 3 });
    expect(counter().draft.leaf).toBeNull();
    expect(useBooks.getState().before).toEqual(leaf);
  });

  it('is not carried over to another citizen', async () => {
    await ready([]);
    counter().putLeaf(leaf);
    await counter().openAccount(1);
    expect(counter().draft.leaf).toBeNull();
    counter().putLeaf(leaf);
    counter().closeAccount();
    expect(counter().draft.leaf).toBeNull();
  });

  it('alone is taken back by a step back', () => {
    standIn({});
    counter().putLeaf(leaf);
    counter().stepBack();
    expect(counter().draft.leaf).toBeNull();
  });
});
