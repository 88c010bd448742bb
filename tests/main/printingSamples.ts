import { receiptWords } from '../../shared/domain/words.ts';
import { money } from '../../shared/domain/money.ts';
import type { ReceiptContent, ReceiptLine } from '../../shared/domain/receipt.ts';

/** A signed text as long as the real one: 64 bytes of signature and what it signs. */
export const sampleQr =
  'SQ1|KY01-2026-004512|2026-11-24T09:41+02:00|ILS|123450|100234|7f3a9c02|' +
  'MEUCIQDn5v0x4pM8sYg2m4zJ0bW1q7fL9RkzT3uVhXc6aBdEeAIgYtR0oPqWsDfGhJkLzXcVbNm1234567890AbCd';

const lines: readonly ReceiptLine[] = [
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
  kind: ReceiptLine['kind'],
  paidMinor: number,
  leftMinor: number,
): ReceiptLine {
  return { billNumber, service: { ar, en }, period, kind, paidMinor, leftMinor };
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
    tenders: [{ kind: 'cash', currency: 'ILS', receivedMinor: 130_000 }],
    changeMinor: 6_550,
    remainingMinor: 12_500,
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
