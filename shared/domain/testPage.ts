import type { PaperDocument } from './paper.ts';

export type TestPageFacts = {
  readonly municipality: PaperDocument['municipality'];
  readonly centre: PaperDocument['centre'];
  /** As it is called in the settings. */
  readonly printer: string;
  readonly dotsPerLine: number;
  /** Date and time as they are to be printed. */
  readonly printedAt: string;
};

/**
 * What a printer is tried with: its width, joined Arabic, both kinds of digits, the marks of three currencies, thin
 * strokes and a code. Whoever set it up answers what came out.
 */
export function testPage(facts: TestPageFacts): PaperDocument {
  const { municipality, centre, printer, dotsPerLine, printedAt } = facts;
  return {
    version: 1,
    kind: 'testPage',
    municipality,
    centre,
    title: 'صفحة اختبار',
    number: null,
    isDemonstration: false,
    elements: [
      { kind: 'fact', label: 'الطابعة', value: printer, isIdentifier: false },
      {
        kind: 'pair',
        first: { label: 'النقاط في السطر', value: String(dotsPerLine), isIdentifier: true },
        second: { label: 'الوقت', value: printedAt, isIdentifier: true },
      },
      { kind: 'heading', text: 'العرض' },
      { kind: 'pattern', pattern: 'edges' },
      {
        kind: 'note',
        text: 'يجب أن يظهر الخطان والسهمان كاملين عند الحافتين. إن نقص أحدهما فعدد النقاط أكبر من عرض الطابعة، وإن بقي بياض عريض في جهة واحدة فهو أصغر.',
      },
      { kind: 'heading', text: 'الحروف والأرقام' },
      { kind: 'note', text: 'بلدية لِلجميع – لا إله إلا الله – مُستحَقّات، غزّة، آب، أيلول، ة ى ئ ؤ' },
      { kind: 'fact', label: 'رقم السند', value: 'KY01-2026-004512', isIdentifier: true },
      { kind: 'fact', label: 'شقة وهاتف', value: '12-B، 0599-123456', isIdentifier: false },
      { kind: 'fact', label: 'أرقام', value: '0123456789', isIdentifier: true },
      { kind: 'fact', label: 'أرقام مشرقية', value: '٠١٢٣٤٥٦٧٨٩', isIdentifier: true },
      { kind: 'fact', label: 'لاتيني', value: 'ABCDEFG abcdefg', isIdentifier: true },
      { kind: 'heading', text: 'العملات' },
      { kind: 'amount', label: 'شيكل', minor: 123_450, currency: 'ILS', isStrong: false },
      { kind: 'amount', label: 'دينار أردني', minor: 98_765, currency: 'JOD', isStrong: false },
      { kind: 'amount', label: 'دولار، بالسالب', minor: -1_250, currency: 'USD', isStrong: true },
      {
        kind: 'table',
        columns: [
          { title: 'الفئة', isFigure: true, weight: 1 },
          { title: 'العدد', isFigure: true, weight: 1 },
          { title: 'المجموع', isFigure: true, weight: 1 },
        ],
        rows: [
          ['200', '12', '2,400.00'],
          ['0.5', '7', '3.50'],
        ],
        total: ['', '19', '2,403.50'],
      },
      { kind: 'heading', text: 'الدقة' },
      { kind: 'pattern', pattern: 'strokes' },
      { kind: 'note', text: 'يجب أن تظهر الخطوط الرفيعة غير متقطعة، والمربع الأسود بلا بياض فيه.' },
      { kind: 'qr', text: `SANDUQ TEST ${dotsPerLine}`, hint: 'امسح الرمز: يجب أن يُقرأ من أول مرة.' },
      { kind: 'band', text: 'نهاية صفحة الاختبار' },
    ],
  };
}
