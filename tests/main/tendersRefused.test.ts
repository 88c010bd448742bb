import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import {
  accountAfter,
  card,
  cash,
  cheque,
  paymentOf,
  setRates,
  shekels,
  totalOf,
  transfer,
} from '../helpers/payments.ts';
import type { PaymentInput, TenderInput } from '../helpers/payments.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

const jod = 52_345;

let folder: string;
let till: TestCounter;
let account: AccountView;
beforeAll(async () => {
  folder = await makeMunicipality();
  till = startCounter({ folder: copyFolder(folder) });
  await setRates(till, { JOD: jod });
  await startDay(till);
  account = await accountWithBills(till, 4);
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
  removeFolder(folder);
});

/** The first bill, paid otherwise. */
function paidBy(tenders: TenderInput[], rest: Partial<PaymentInput> = {}): PaymentInput {
  return { ...paymentOf(account), tenders, rates: { JOD: jod }, ...rest };
}
const owed = (): number => totalOf(paymentOf(account));

describe('foreign money', () => {
  test('without a rate today', async () => {
    await expectNothingWritten(till, 'payments.take', paidBy([cash('USD', 100_000)]), 'rate.missing');
    const change = paidBy([shekels(owed() + 1000)], { change: [{ currency: 'USD', minor: 200 }] });
    await expectNothingWritten(till, 'payments.take', change, 'rate.missing');
  });

  test('at another rate than the cashier saw, or at none', async () => {
    for (const rates of [{ JOD: jod + 1 }, {}, { USD: jod }]) {
      const request = paidBy([cash('JOD', 20_000)], { rates });
      await expectNothingWritten(till, 'payments.take', request, 'rate.changed');
    }
  });

  test('with more worn notes than notes', async () => {
    const request = paidBy([cash('ILS', owed(), owed() + 1)]);
    await expectNothingWritten(till, 'payments.take', request, 'tender.wornTooMuch');
  });
});

describe('change', () => {
  const given = (minor: number) => [{ currency: 'ILS', minor }] as const;
  const rounded = (): number => Math.ceil(owed() / 10) * 10;

  test('that does not add up: none, a coin too little, a coin too much, in a currency twice', async () => {
    for (const change of [[], given(990), given(1010), [...given(500), ...given(500)]]) {
      const request = paidBy([shekels(rounded() + 1000)], { change: [...change] });
      await expectNothingWritten(till, 'payments.take', request, 'change.wrong');
    }
  });

  test('given and credited as well', async () => {
    const request = paidBy([shekels(rounded() + 1000)], {
      change: [...given(1000)],
      changeCredit: { accountId: account.id, minor: 1000 },
    });
    await expectNothingWritten(till, 'payments.take', request, 'change.wrong');
  });

  test('in cash for what is not', async () => {
    for (const tender of [card(owed() + 1000), cheque(owed() + 1000), transfer(owed() + 1000)]) {
      const request = paidBy([tender], { change: [...given(1000)] });
      await expectNothingWritten(till, 'payments.take', request, 'change.notCash');
    }
  });

  test('that the drawer has not', async () => {
    const dinar = paidBy([shekels(rounded() + 520)], { change: [{ currency: 'JOD', minor: 1000 }] });
    const reply = await till.ask('payments.take', dinar);
    expect(reply).toMatchObject({ ok: false, code: 'change.notInDrawer', params: { currency: 'JOD' } });
    await expectNothingWritten(till, 'payments.take', dinar, 'change.notInDrawer');
  });
});

describe('a card’s number', () => {
  const numbers = ['4111111111111111', '5555-5555 5555 4444', '٤١١١١١١١١١١١١١١١'];
  const entitlement: TenderInput = {
    kind: 'entitlement',
    currency: 'ILS',
    receivedMinor: 1,
    employeeNumber: '812',
    month: '2026-10',
    letterNumber: '44/ب',
  };
  const fields: [string, (text: string) => PaymentInput][] = [
    ...(['terminal', 'approvalCode'] as const).map((field): [string, (text: string) => PaymentInput] => [
      `a card’s ${field}`,
      (text) => paidBy([{ ...card(owed()), [field]: text } as TenderInput]),
    ]),
    ...(['bank', 'branch', 'chequeNumber', 'chequeAccount', 'drawer'] as const).map(
      (field): [string, (text: string) => PaymentInput] => [
        `a cheque’s ${field}`,
        (text) => paidBy([cheque(owed(), { [field]: text })]),
      ],
    ),
    ...(['provider', 'reference', 'sender'] as const).map(
      (field): [string, (text: string) => PaymentInput] => [
        `a transfer’s ${field}`,
        (text) => paidBy([transfer(owed(), { [field]: text })]),
      ],
    ),
    ...(['employeeNumber', 'letterNumber'] as const).map(
      (field): [string, (text: string) => PaymentInput] => [
        `an entitlement’s ${field}`,
        (text) => paidBy([{ ...entitlement, receivedMinor: owed(), [field]: text } as TenderInput]),
      ],
    ),
    [
      'a fee’s note',
      (note) =>
        paidBy([shekels(100)], {
          lines: [{ kind: 'fee', serviceCode: 'stamp', quantity: 1, unitMinor: 100, note }],
        }),
    ],
    [
      'an occasional payer’s name',
      (name) => paidBy([shekels(owed())], { payer: { kind: 'occasional', name, identityNumber: null } }),
    ],
  ];

  test.each(fields)('in %s, however it is written, is neither stored nor logged', async (_, request) => {
    for (const number of numbers)
      await expectNothingWritten(till, 'payments.take', request(number), 'tender.cardNumber');
    expect(JSON.stringify([till.logged, written(till.folder)])).not.toMatch(/4111.?1111|5555.?5555|٤١١١/);
  });
});

describe('what is no money', () => {
  test('credit that the account has not', async () => {
    const credit = { kind: 'credit', currency: 'ILS', receivedMinor: owed(), accountId: account.id } as const;
    const request = paidBy([credit]);
    const reply = await till.ask('payments.take', request);
    expect(reply).toMatchObject({
      code: 'credit.tooLittle',
      params: { availableMinor: account.creditMinor },
    });
    await expectNothingWritten(till, 'payments.take', request, 'credit.tooLittle');
  });

  test('an entitlement of more than is owed', async () => {
    const request = paidBy(
      [
        {
          kind: 'entitlement',
          currency: 'ILS',
          receivedMinor: owed() + 1,
          employeeNumber: '812',
          month: '2026-10',
          letterNumber: '44',
        },
      ],
      { changeCredit: { accountId: account.id, minor: 1 } },
    );
    await expectNothingWritten(till, 'payments.take', request, 'tender.moreThanOwed');
  });

  test('a waiver without anybody’s word for it', async () => {
    const decision = { decisionNumber: '12/2026', decisionOn: '2026-11-01' };
    const request = paidBy([{ kind: 'waiver', currency: 'ILS', receivedMinor: owed(), ...decision }]);
    await expectNothingWritten(till, 'payments.take', request, 'approval.missing');
  });

  test('a cheque that was due in the past, and what is dated after today', async () => {
    const refused = async (tender: TenderInput, code: ErrorCode) =>
      expectNothingWritten(till, 'payments.take', paidBy([tender]), code);
    await refused(cheque(owed(), { dueOn: '2026-01-31' }), 'tender.dueInPast');
    await refused(transfer(owed(), { sentOn: '2097-01-01' }), 'tender.dateInFuture');
  });

  test('a service that nobody sells, or that is billed', async () => {
    for (const serviceCode of ['noSuchThing', 'water']) {
      const request = paidBy([shekels(100)], {
        lines: [{ kind: 'fee', serviceCode, quantity: 1, unitMinor: 100, note: '' }],
      });
      await expectNothingWritten(till, 'payments.take', request, 'service.notFound');
    }
  });
});

test('a cheque or a transfer from who is not registered: nobody would owe it again', async () => {
  const payer = { kind: 'occasional', name: 'عابر سبيل', identityNumber: null } as const;
  for (const tender of [cheque(owed()), transfer(owed())])
    await expectNothingWritten(till, 'payments.take', paidBy([tender], { payer }), 'tender.needsAccount');
});

describe('what was taken before', () => {
  test('the same cheque, also with its numbers written otherwise', async () => {
    const taken = await till.call('payments.take', paidBy([cheque(owed())]));
    account = accountAfter(taken);
    const others = [
      cheque(owed()),
      cheque(owed(), { dueOn: '2097-03-01', drawer: 'غيره', branch: '' }),
      cheque(owed(), { chequeNumber: '٠٠٠٤١٧', chequeAccount: '120 3345' }),
      cheque(owed(), { bank: 'بنك  فلسطين' }),
      cheque(owed(), { bank: 'بَنك فلسطين', chequeNumber: '000-417' }),
    ];
    for (const other of others) {
      const request = paidBy([other]);
      const reply = await till.ask('payments.take', request);
      expect(reply).toEqual({
        ok: false,
        code: 'cheque.repeated',
        params: { receipt: taken.receipt.number },
      });
      await expectNothingWritten(till, 'payments.take', request, 'cheque.repeated');
    }
    const next = await till.call('payments.take', paidBy([cheque(owed(), { chequeNumber: '000418' })]));
    account = accountAfter(next);
  });

  test('the same transfer, also with its reference written otherwise', async () => {
    const taken = await till.call('payments.take', paidBy([transfer(owed())]));
    account = accountAfter(taken);
    const others = [
      transfer(owed()),
      transfer(owed(), { reference: 'jp 20417 ab', sender: 'غيره', sentOn: '2026-11-21' }),
      transfer(owed(), { reference: 'JP20417AB' }),
      transfer(owed(), { reference: '  JP ٢٠٤١٧ AB' }),
      transfer(owed(), { reference: 'jp\u200f-٢٠٤١٧-ab', provider: 'جوّال  باي' }),
    ];
    for (const other of others) {
      const request = paidBy([other]);
      const reply = await till.ask('payments.take', request);
      expect(reply).toEqual({
        ok: false,
        code: 'transfer.repeated',
        params: { receipt: taken.receipt.number },
      });
      await expectNothingWritten(till, 'payments.take', request, 'transfer.repeated');
    }
  });

  test('one cheque or transfer twice in the same payment', async () => {
    const half = Math.floor(owed() / 2);
    const rest = owed() - half;
    for (const [twice, code] of [
      [(minor: number) => cheque(minor, { chequeNumber: '900' }), 'cheque.repeated'],
      [(minor: number) => transfer(minor, { reference: '900' }), 'transfer.repeated'],
    ] as const)
      await expectNothingWritten(till, 'payments.take', paidBy([twice(half), twice(rest)]), code);
  });

  test('a reference without a letter or a digit', async () => {
    for (const tender of [
      transfer(owed(), { reference: '— / —' }),
      cheque(owed(), { chequeNumber: '---' }),
      cheque(owed(), { bank: '\u200f.' }),
    ])
      await expectNothingWritten(till, 'payments.take', paidBy([tender]), 'reference.empty');
  });
});

test('rates that are no rates are refused and nothing is written', async () => {
  await signIn(till, 'huda');
  const set = (rates: unknown, isSure = true): unknown => ({ rates, isSure });
  for (const rate of [0, -1, 10_000_001])
    await expectNothingWritten(till, 'rates.set', set([{ currency: 'JOD', rate }]), 'rate.invalid');
  const twice = [1, 2].map(() => ({ currency: 'JOD', rate: jod }));
  await expectNothingWritten(till, 'rates.set', set(twice), 'rate.invalid');
  for (const malformed of [
    [],
    [{ currency: 'ILS', rate: 10_000 }],
    [{ currency: 'EUR', rate: 40_000 }],
    [{ currency: 'JOD', rate: 5.2345 }],
    [{ currency: 'JOD', rate: '٥' }],
    [{ currency: 'JOD' }],
  ])
    await expectNothingWritten(till, 'rates.set', set(malformed), 'request.invalid');
});
