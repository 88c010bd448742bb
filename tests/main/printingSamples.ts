import { receiptWords } from '../../shared/domain/words.ts';
import { money } from '../../shared/domain/money.ts';
import type {
  ReceiptAdvance,
  ReceiptChange,
  ReceiptBill,
  ReceiptContent,
  ReceiptFee,
  ReceiptTender,
} from '../../shared/domain/receipt.ts';
import { foreignCurrencies, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { Tender } from '../../shared/domain/tender.ts';

/** A signed text as long as the real one: 64 bytes of signature and what it signs. */
export const sampleQr =
  'SQ1|KY01-2026-004512|2026-11-24T09:41+02:00|ILS|123450|100234|7f3a9c02|' +
  'MEUCIQDn5v0x4pM8sYg2m4zJ0bW1q7fL9RkzT3uVhXc6aBdEeAIgYtR0oPqWsDfGhJkLzXcVbNm1234567890AbCd';

const payerAccount = { number: '100234', name: 'محمد عبد الرحمن خليل الأسطل' };

const lines: readonly ReceiptBill[] = [
  line('B-2026-09-100234-1', 'مياه', 'Water', '2026-09', 'charge', 42_050, 0),
  line('B-2026-09-100234-2', 'صرف صحي', 'Sewage', '2026-09', 'charge', 18_900, 0),
  line(
    'B-2026-10-100234-1',
    'فاتورة الجباية (نفايات وخدمات عامة)',
    'Waste',
    '2026-10',
    'charge',
    50_000,
    12_500,
  ),
  line('F-2026-0031', 'غرامة تأخير', 'Late fine', '2026-08', 'fine', 12_500, 0),
];

function line(
  billNumber: string,
  ar: string,
  en: string,
  period: string,
  kind: ReceiptBill['kind'],
  paidMinor: number,
  leftMinor: number,
  account = payerAccount,
): ReceiptBill {
  return { kind, account, billNumber, service: { ar, en }, period, paidMinor, leftMinor };
}

function fee(ar: string, quantity: number, unitMinor: number, note = ''): ReceiptFee {
  return { kind: 'fee', service: { ar, en: '' }, quantity, unitMinor, note, paidMinor: quantity * unitMinor };
}

function advance(paidMinor: number, account = payerAccount): ReceiptAdvance {
  return { kind: 'advance', account, paidMinor };
}

/** Rates of one day: a dinar is 5.2345 shekels, a dollar 3.7120. */
const rates = { JOD: 52_345, USD: 37_120 } as const;

/** As the till freezes it: with its rate and its value in agorot. */
export function frozen(tender: Tender): ReceiptTender {
  const creditOf = tender.kind === 'credit' ? payerAccount.number : null;
  return { ...tender, ...valued(tender.currency, tender.receivedMinor), creditOf };
}

function valued(currency: Currency, minor: number): { valueMinor: number; rate: number | null } {
  const foreign = foreignCurrencies.find((each) => each === currency);
  return {
    valueMinor: valueInAccountCurrency({ minor, currency }, rates),
    rate: foreign === undefined ? null : rates[foreign],
  };
}

function back(currency: Currency, minor: number): ReceiptChange {
  return { currency, minor, ...valued(currency, minor) };
}

export function cash(currency: Currency, receivedMinor: number, wornMinor = 0): ReceiptTender {
  return frozen({ kind: 'cash', currency, receivedMinor, wornMinor });
}

/** A receipt with everything on it. */
export function sampleContent(changes: Partial<ReceiptContent> = {}): ReceiptContent {
  const content: ReceiptContent = {
    version: 1,
    number: 'KY01-2026-004512',
    municipality: { ar: 'بلدية خان يونس', en: 'Municipality of Khan Younis' },
    centre: { ar: 'مركز خدمات الجمهور', en: 'Public service centre' },
    till: 'KY01',
    atMs: Date.UTC(2026, 10, 24, 7, 41),
    businessDate: '2026-11-24',
    offsetMinutes: 120,
    payer: { name: 'محمد عبد الرحمن خليل الأسطل', identityNumber: '900123456' },
    account: {
      number: '100234',
      category: 'منزلي',
      address: 'السطر الغربي، شارع 5، عمارة 12-B، هاتف 0599-123456',
    },
    lines,
    currency: 'ILS',
    totalMinor: 0,
    amountInWords: '',
    tenders: [cash('ILS', 130_000)],
    change: [back('ILS', 6_550)],
    changeCredit: null,
    roundingMinor: 0,
    remainingMinor: 12_500,
    creditMinor: 0,
    undone: null,
    book: null,
    waivedBy: null,
    cashier: { ar: 'سناء إبراهيم أبو دقة', en: 'Sanaa Abu Daqqa' },
    isDemonstration: false,
    qr: sampleQr,
    ...changes,
  };
  const totalMinor = content.lines.reduce((sum, each) => sum + each.paidMinor, 0);
  return { ...content, totalMinor, amountInWords: receiptWords(money(totalMinor, content.currency)) };
}

/** Forty bills, the longest receipt that the counter usually sees, with long names. */
export function longContent(changes: Partial<ReceiptContent> = {}): ReceiptContent {
  const many = Array.from({ length: 40 }, (_, index) =>
    line(
      `B-${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-100234-${index}`,
      index % 3 === 0 ? 'رسوم ترخيص لوحات إعلانية مضيئة على واجهات المحال التجارية' : 'مياه',
      '',
      `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
      index % 9 === 8 ? 'fine' : 'charge',
      1_000 + index * 37,
      index % 5 === 0 ? 2_500 : 0,
    ),
  );
  return sampleContent({
    lines: many,
    payer: {
      name: 'عبد الرحمن عبد الحميد عبد المعطي عبد الرحيم أبو شمالة الأسطل وورثة المرحوم عبد القادر عبد الرحمن الأسطل',
      identityNumber: '900123456',
    },
    ...changes,
  });
}

/** Shekels, dinars and dollars; change in two currencies, what could not be given as credit, and three agorot rounded. */
export function threeCurrencies(): ReceiptContent {
  return sampleContent({
    tenders: [cash('ILS', 40_000, 2_000), cash('JOD', 120_000), cash('USD', 10_000)],
    change: [back('USD', 4_000), back('ILS', 1_140)],
    changeCredit: { accountNumber: '100234', minor: 500 },
    roundingMinor: -4,
    creditMinor: 500,
  });
}

/** A post-dated cheque of somebody else, a transfer that is not matched yet, and credit. */
export function withoutCash(): ReceiptContent {
  return sampleContent({
    tenders: [
      frozen({
        kind: 'cheque',
        currency: 'JOD',
        receivedMinor: 100_000,
        bank: 'بنك فلسطين',
        branch: 'خان يونس',
        chequeNumber: '30001274',
        chequeAccount: '0455-118820',
        drawer: 'شركة الأسطل للتجارة العامة والمقاولات',
        dueOn: '2027-01-15',
      }),
      frozen({
        kind: 'transfer',
        currency: 'ILS',
        receivedMinor: 60_000,
        provider: 'محفظة PalPay',
        reference: 'TRX-2026-778120',
        sender: 'محمد الأسطل',
        sentOn: '2026-11-23',
      }),
      frozen({ kind: 'credit', currency: 'ILS', receivedMinor: 11_105, accountId: 1 }),
    ],
    change: [],
    remainingMinor: 12_500,
    creditMinor: 3_050,
  });
}

/** What is never money on the counter: card, salary, decision. */
export function bySettlement(): ReceiptContent {
  return sampleContent({
    tenders: [
      frozen({
        kind: 'card',
        currency: 'ILS',
        receivedMinor: 50_000,
        terminal: 'BOP-02',
        approvalCode: 'A7731K',
      }),
      frozen({
        kind: 'entitlement',
        currency: 'ILS',
        receivedMinor: 60_950,
        employeeNumber: '4021',
        month: '2026-11',
        letterNumber: 'م.ر/118/2026',
      }),
      frozen({
        kind: 'waiver',
        currency: 'ILS',
        receivedMinor: 12_500,
        decisionNumber: '44/2026',
        decisionOn: '2026-11-02',
      }),
    ],
    change: [],
    waivedBy: { ar: 'م. نادر سالم الفرا', en: 'Nader al-Farra' },
  });
}

/** A family pays for three accounts, one of them ahead, and buys two services. */
export function basket(): ReceiptContent {
  const mother = { number: '100871', name: 'فاطمة محمود سليم الأسطل' };
  const shop = { number: '204410', name: 'ورثة المرحوم عبد الرحمن خليل الأسطل – محل تجاري' };
  return sampleContent({
    lines: [
      line('B-2026-10-100234-1', 'مياه', 'Water', '2026-10', 'charge', 42_050, 0),
      line('F-2026-0031', 'غرامة تأخير', 'Late fine', '2026-08', 'fine', 12_500, 0),
      advance(10_000),
      line('B-2026-10-100871-1', 'مياه', 'Water', '2026-10', 'charge', 8_700, 1_300, mother),
      line('B-2026-10-204410-1', 'رسوم ترخيص لوحات إعلانية', '', '2026-10', 'charge', 35_000, 0, shop),
      line('B-2026-10-204410-2', 'نفايات', '', '2026-10', 'charge', 6_000, 0, shop),
      fee('صورة مصدّقة عن مخطط', 3, 1_500, 'قطعة 17، حوض 88'),
      fee('براءة ذمة', 1, 2_000),
    ],
    tenders: [cash('ILS', 121_000)],
    change: [back('ILS', 250)],
    remainingMinor: 1_300,
    creditMinor: 10_000,
  });
}

/** Somebody who has no account buys services. */
export function occasional(): ReceiptContent {
  return sampleContent({
    payer: { name: 'خالد يوسف أبو طعيمة', identityNumber: '901234567' },
    account: null,
    lines: [fee('صورة مصدّقة عن مخطط', 2, 1_500, 'قطعة 17، حوض 88'), fee('إذن دخول سوق الماشية', 5, 300)],
    tenders: [cash('ILS', 5_000)],
    change: [back('ILS', 500)],
    remainingMinor: null,
  });
}

/** The slip of a receipt that was taken back an hour later. */
export function undoneContent(): ReceiptContent {
  const receipt = threeCurrencies();
  return {
    ...receipt,
    undone: {
      kind: 'void',
      atMs: receipt.atMs + 3_600_000,
      offsetMinutes: 120,
      reason: 'wrongAccount',
      explanation: 'دُفعت على اشتراك 100234 بدل 100243',
      by: receipt.cashier,
      approvedBy: { ar: 'رامي خليل شبير', en: 'Rami Shubair' },
      returned: [back('JOD', 120_000), back('ILS', 38_860), back('USD', 6_000)],
    },
  };
}

/** Names as long as they can be typed, in two scripts and with an emoji, and every text beside them long too. */
export function hostileContent(): ReceiptContent {
  const arabic = 'عبد الرحمن عبد الحميد عبد المعطي عبد الرحيم أبو شمالة الأسطل ';
  const name =
    `${arabic.repeat(4)}😀 Abu Daqqa & Sons International Trading Company Ltd. `.slice(0, 299) + 'ي';
  const unbroken = 'ا'.repeat(60) + 'B'.repeat(60);
  const account = { number: 'ACC-2026-000100234-EXT', name };
  return sampleContent({
    municipality: { ar: 'بلدية خان يونس الكبرى والمناطق الشرقية والغربية المجاورة لها', en: '' },
    centre: { ar: 'مركز خدمات الجمهور – الفرع الرئيسي، شارع جمال عبد الناصر', en: '' },
    payer: { name, identityNumber: '900123456' },
    account: { number: account.number, category: 'منزلي وتجاري وزراعي مشترك', address: unbroken },
    lines: [
      line('B-2026-09-100234-1-EXTENDED', unbroken, '', '2026-09', 'charge', 99_999_999, 99_999_999, account),
      line('F-1', 'غرامة', '', '2026-08', 'fine', 5, 0, account),
      fee(name, 9_999, 99_999, unbroken),
    ],
    tenders: [
      cash('JOD', 999_999_999, 5_000),
      frozen({
        kind: 'cheque',
        currency: 'USD',
        receivedMinor: 99_999_999,
        bank: name,
        branch: unbroken,
        chequeNumber: '300012740000123456',
        chequeAccount: '0455-118820',
        drawer: unbroken,
        dueOn: '2027-01-15',
      }),
      frozen({
        kind: 'waiver',
        currency: 'ILS',
        receivedMinor: 12_500,
        decisionNumber: `44/2026 ${unbroken}`,
        decisionOn: '2026-11-02',
      }),
    ],
    change: [back('ILS', 99_999), back('JOD', 5)],
    changeCredit: { accountNumber: account.number, minor: 500 },
    waivedBy: { ar: name, en: '' },
    cashier: { ar: name, en: '' },
    remainingMinor: 99_999_999,
    creditMinor: 500,
  });
}

/** What was waived altogether: nobody gave any cash. */
export function zeroCashWaiver(): ReceiptContent {
  const content = bySettlement();
  const waiver = frozen({
    kind: 'waiver',
    currency: 'ILS',
    receivedMinor: content.totalMinor,
    decisionNumber: '44/2026',
    decisionOn: '2026-11-02',
  });
  return { ...content, tenders: [waiver] };
}
