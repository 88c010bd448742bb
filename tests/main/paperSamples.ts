import type { PaperDocument } from '../../shared/domain/paper.ts';
import { testPage } from '../../shared/domain/testPage.ts';

const municipality = { ar: 'بلدية خان يونس', en: 'Municipality of Khan Younis' };
const centre = { ar: 'مركز خدمات الجمهور', en: 'Public service centre' };

function paper(changes: Partial<PaperDocument>): PaperDocument {
  return {
    version: 1,
    kind: 'shiftReport',
    municipality,
    centre,
    title: 'تقرير إغلاق وردية',
    number: null,
    isDemonstration: false,
    elements: [],
    ...changes,
  };
}

/** A shift's close with everything on it: three currencies, a shortage, notes counted, signatures. */
export function shiftReport(changes: Partial<PaperDocument> = {}): PaperDocument {
  return paper({
    number: 'Z-KY01-000012',
    elements: [
      {
        kind: 'pair',
        first: { label: 'أمين الصندوق', value: 'سناء إبراهيم أبو دقة', isIdentifier: false },
        second: { label: 'الصندوق', value: 'KY01', isIdentifier: true },
      },
      { kind: 'fact', label: 'فُتحت', value: '24 تشرين الثاني 2026، 08:02', isIdentifier: false },
      { kind: 'fact', label: 'أُغلقت', value: '24 تشرين الثاني 2026، 14:31', isIdentifier: false },
      {
        kind: 'pair',
        first: { label: 'أول سند', value: 'KY01-2026-004401', isIdentifier: true },
        second: { label: 'آخر سند', value: 'KY01-2026-004512', isIdentifier: true },
      },
      { kind: 'heading', text: 'المقبوضات' },
      {
        kind: 'table',
        columns: [
          { title: 'الوسيلة', isFigure: false, weight: 2 },
          { title: 'العدد', isFigure: true, weight: 1 },
          { title: 'المبلغ بالشيكل', isFigure: true, weight: 1 },
        ],
        rows: [
          ['نقدًا بالشيكل', '87', '31,204.50'],
          ['نقدًا بالدينار الأردني', '9', '4,711.05'],
          ['شيكات مؤجلة', '2', '1,250.00'],
          ['تحويلات محفظة PalPay قيد التحقق', '14', '2,040.00'],
          ['سندات ملغاة', '1', '-1,234.50'],
        ],
        total: ['المجموع', '113', '37,971.05'],
      },
      { kind: 'heading', text: 'النقد في الدرج' },
      { kind: 'amount', label: 'العُهدة عند الفتح', minor: 50_000, currency: 'ILS', isStrong: false },
      { kind: 'amount', label: 'المتوقع بالشيكل', minor: 3_170_450, currency: 'ILS', isStrong: false },
      { kind: 'amount', label: 'المعدود بالشيكل', minor: 3_169_200, currency: 'ILS', isStrong: false },
      { kind: 'amount', label: 'عجز', minor: -1_250, currency: 'ILS', isStrong: true },
      { kind: 'amount', label: 'المعدود بالدينار الأردني', minor: 900_250, currency: 'JOD', isStrong: false },
      { kind: 'amount', label: 'زيادة', minor: 5, currency: 'JOD', isStrong: true },
      { kind: 'amount', label: 'المعدود بالدولار', minor: 0, currency: 'USD', isStrong: false },
      { kind: 'rule' },
      {
        kind: 'fact',
        label: 'تفسير الفرق',
        value: 'فئة 10 ناقصة بعد صرف 200 للسند 2026-004498، شقة 12-B',
        isIdentifier: false,
      },
      {
        kind: 'signatures',
        people: [
          { label: 'أمين الصندوق', name: 'سناء إبراهيم أبو دقة' },
          { label: 'المشرف', name: 'رامي خليل شبير' },
        ],
      },
    ],
    ...changes,
  });
}

/** What goes to the bank: notes by denomination, cheques with long names, figures as wide as they get. */
export function depositSlip(): PaperDocument {
  return paper({
    kind: 'depositSlip',
    title: 'إشعار إيداع نقدي',
    number: 'D-2026-000031',
    elements: [
      { kind: 'fact', label: 'البنك', value: 'بنك فلسطين، فرع خان يونس', isIdentifier: false },
      { kind: 'fact', label: 'رقم الحساب', value: '0455-118820-001', isIdentifier: true },
      {
        kind: 'table',
        columns: [
          { title: 'الفئة', isFigure: true, weight: 1 },
          { title: 'العدد', isFigure: true, weight: 1 },
          { title: 'المجموع', isFigure: true, weight: 2 },
        ],
        rows: [
          ['200', '112', '22,400.00'],
          ['100', '61', '6,100.00'],
          ['50', '44', '2,200.00'],
          ['20', '25', '500.00'],
          ['0.5', '9', '4.50'],
        ],
        total: ['', '251', '31,204.50'],
      },
      { kind: 'heading', text: 'شيكات' },
      {
        kind: 'table',
        columns: [
          { title: 'الشيك', isFigure: false, weight: 1 },
          { title: 'الساحب', isFigure: false, weight: 2 },
          { title: 'الاستحقاق', isFigure: true, weight: 1 },
          { title: 'المبلغ', isFigure: true, weight: 1 },
        ],
        rows: [
          ['30001274', 'شركة الأسطل للتجارة العامة والمقاولات', '2027-01-15', '999,999,999.99'],
          ['30001275', 'Abu Daqqa & Sons Ltd.', '2027-02-15', '650.00'],
        ],
        total: ['المجموع', '', '', '1,000,000,649.99'],
      },
      { kind: 'note', text: 'يُسلَّم الكيس مختومًا رقم 7741-B.\nالفرق -12.50 مبيَّن في تقرير الوردية.' },
      {
        kind: 'signatures',
        people: [
          { label: 'سلّمه', name: 'سناء إبراهيم أبو دقة' },
          { label: 'استلمه', name: '' },
          { label: 'شهده', name: 'عبد الرحمن عبد الحميد عبد المعطي أبو شمالة' },
        ],
      },
    ],
  });
}

export function samplePage(dotsPerLine: number): PaperDocument {
  return testPage({
    municipality,
    centre,
    printer: 'طابعة الشباك 3 – XP-80',
    dotsPerLine,
    printedAt: '2026-11-24 08:00',
  });
}

/** Every kind of identifier among Arabic words, digits of both kinds, and the marks of all currencies. */
export function identifiers(): PaperDocument {
  return paper({
    kind: 'report',
    title: 'أرقام بين كلمات',
    number: '2026-004512',
    elements: [
      {
        kind: 'note',
        text: 'السند 2026-004512، شقة 12-B، هاتف 0599-123456 أو +970 8 205 1234، بريد a.b@kh.ps',
      },
      { kind: 'note', text: 'السند ٢٠٢٦-٠٠٤٥١٢ وهاتف ٠٥٩٩-١٢٣٤٥٦، شارع ٥/٧' },
      { kind: 'note', text: 'شركة Abu Daqqa & Sons Ltd (خان يونس) – طابعة EPSON TM-T20III، 50 % و٣٠٪' },
      { kind: 'fact', label: 'مشرقية مع شَرطة', value: '٢٠٢٦-٠٠٤٥١٢', isIdentifier: true },
      { kind: 'fact', label: 'اسم مع رمز', value: 'محمد 😀 משה علي', isIdentifier: false },
      { kind: 'amount', label: 'بالشيكل', minor: 123_456_789, currency: 'ILS', isStrong: false },
      { kind: 'amount', label: 'بالدينار', minor: 1_234_567, currency: 'JOD', isStrong: false },
      { kind: 'amount', label: 'بالدينار، سالب', minor: -5, currency: 'JOD', isStrong: true },
      { kind: 'amount', label: 'بالدولار', minor: -100, currency: 'USD', isStrong: false },
    ],
  });
}
