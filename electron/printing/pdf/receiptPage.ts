import { formatDateLevantine, formatTime } from '../../../shared/domain/dates.ts';
import type { ReceiptContent, ReceiptLine } from '../../../shared/domain/receipt.ts';
import { isolate, isolateWithin } from '../bidi.ts';
import { printable } from '../printableText.ts';
import { currencyNames, figures, multiplication } from '../receiptFigures.ts';
import type { ChangeLine } from '../receiptWords.ts';
import {
  balanceLines,
  bookFacts,
  bookNotice,
  byAccount,
  changeLines,
  lineWords,
  ofKind,
  receivedFrom,
  returnedLines,
  subtotals,
  sumOf,
  tenderWords,
  undoneFacts,
  undoneTitles,
} from '../receiptWords.ts';
import type { Html, HtmlRow } from './html.ts';
import { all, amount, amountRow, facts, figureCell, nothing, qr, signatures, table, tag } from './html.ts';
import type { PageOptions } from './page.ts';
import { page } from './page.ts';

/** A receipt, or the slip that takes one back, as an A4 page: what the thermal paper says, in a page's order. */
export function receiptPage(given: ReceiptContent, options: PageOptions): string {
  const content = printable(given);
  const { undone, book } = content;
  return page(
    content,
    {
      title: undone === null ? 'سند قبض' : 'عن سند القبض',
      number: content.number,
      bands: [
        ...(undone === null ? [] : [undoneTitles[undone.kind]]),
        ...(book === null ? [] : [bookNotice]),
      ],
      body: [
        ...(book === null ? [] : [facts(bookFacts(book))]),
        ...(undone === null ? [] : undonePart(undone)),
        summary(content),
        tag('h2', `وذلك عن (المبالغ ب${currencyNames[content.currency]})`),
        paidFor(content),
        ...subtotals(content).map(({ label, figures: sum }) => amountRow(label, figureCell(sum), 'small')),
        amountRow('المجموع', amount(content.totalMinor, content.currency), 'strong'),
        tag('h2', 'دُفعت كالآتي'),
        paidBy(content),
        ...changeLines(content).map(changeRow),
        balance(content),
        closing(content),
      ],
    },
    options,
  );
}

function undonePart(undone: NonNullable<ReceiptContent['undone']>): Html[] {
  const returned = returnedLines(undone).map(changeRow);
  return [
    facts(undoneFacts(undone)),
    tag('div class="frame"', ...(returned.length > 0 ? returned : [tag('p', 'لم يُعَد نقد')])),
    tag('h2', 'وكان السند قبل ذلك'),
  ];
}

function changeRow({ label, multiplication: by, minor, currency }: ChangeLine): Html {
  return amountRow(by === null ? label : `${label}: ${product(by)}`, amount(minor, currency));
}

/** On thermal paper the value follows the sign; here it stands in a column of its own. */
function product(multiplied: string): string {
  return multiplied.replace(/\s*=$/, '');
}

function whenAndWho(content: ReceiptContent): Html {
  const at = { offsetMinutes: content.offsetMinutes };
  const { account, payer } = content;
  return facts([
    ['التاريخ', isolateWithin(formatDateLevantine(content.atMs, at))],
    ['الساعة', isolate(formatTime(content.atMs, at))],
    [receivedFrom(content), isolateWithin(payer.name)],
    ...(payer.identityNumber === null ? [] : [['رقم الهوية', isolate(payer.identityNumber)] as const]),
    ...(account === null
      ? []
      : ([
          ['رقم الاشتراك', isolate(account.number)],
          ...(account.category === '' ? [] : [['الفئة', isolateWithin(account.category)]]),
          ...(account.address === '' ? [] : [['العنوان', isolateWithin(account.address)]]),
        ] as [string, string][])),
  ]);
}

/** Who, when and how much, with the code beside it. */
function summary(content: ReceiptContent): Html {
  const sum = tag(
    'div class="frame sum"',
    tag('p class="label"', 'مبلغًا وقدره'),
    tag('p class="large"', amount(content.totalMinor, content.currency)),
    tag('p', isolateWithin(content.amountInWords)),
  );
  const words = tag('div', whenAndWho(content), sum);
  // A slip that takes a receipt back must not scan as the receipt.
  if (content.qr === '' || content.undone !== null) return words;
  return tag('div class="summary"', words, qr(content.qr, 'امسح الرمز للتحقق من صحة السند'));
}

/** By account, bills before fines before what is on account, then the services sold: as on the thermal paper. */
function paidFor(content: ReceiptContent): Html {
  const { currency, lines } = content;
  const accounts = byAccount(lines);
  const isNamed = accounts.some(([first]) => first?.account.number !== content.account?.number);
  const row = (line: ReceiptLine): HtmlRow => {
    const { title, details, paidMinor, leftMinor } = lineWords(line);
    const left = leftMinor === null ? '–' : figures(leftMinor, currency);
    const cells = [
      tag('strong', title),
      details.join(' – '),
      figureCell(figures(paidMinor, currency)),
      figureCell(left),
    ];
    return { kind: 'row', cells };
  };
  const group = (words: string): HtmlRow => ({ kind: 'group', cells: [words] });
  const rows: HtmlRow[] = [];
  for (const paid of accounts) {
    const account = paid[0]?.account;
    if (account !== undefined && isNamed)
      rows.push(group(`اشتراك ${isolate(account.number)} – ${isolateWithin(account.name)}`));
    rows.push(...ofKind(paid, 'charge').map(row));
    const fines = ofKind(paid, 'fine');
    if (fines.length > 0) rows.push(group('غرامات'), ...fines.map(row));
    rows.push(...ofKind(paid, 'advance').map(row));
    if (account !== undefined && accounts.length > 1 && paid.length > 1) {
      const label = `مجموع الاشتراك ${isolate(account.number)}`;
      rows.push({ kind: 'total', cells: [label, '', figureCell(sumOf(paid, content)), ''] });
    }
  }
  const fees = ofKind(lines, 'fee');
  if (fees.length > 0 && accounts.length > 0) rows.push(group('خدمات ورسوم'));
  rows.push(...fees.map(row));
  return table(
    [
      { title: 'البيان', isFigure: false },
      { title: 'التفاصيل', isFigure: false },
      { title: 'المدفوع', isFigure: true },
      { title: 'المتبقي منها', isFigure: true },
    ],
    rows,
  );
}

function paidBy(content: ReceiptContent): Html {
  const { tenders, currency } = content;
  const received = tenders.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  const rows = tenders.map((tender): HtmlRow => {
    const { title, tag: mark, details } = tenderWords(tender, content);
    const isForeign = tender.rate !== null && tender.currency !== currency;
    const by = isForeign ? [product(multiplication(tender.receivedMinor, tender.currency, tender.rate))] : [];
    const name = tag('strong', title);
    return {
      kind: 'row',
      cells: [
        mark === '' ? name : all([name, tag('span class="tag"', mark)]),
        [...by, ...details].join(' – '),
        figureCell(figures(tender.valueMinor, currency)),
      ],
    };
  });
  const total: HtmlRow = {
    kind: 'total',
    cells: ['مجموع المدفوع', '', figureCell(figures(received, currency))],
  };
  return table(
    [
      { title: 'الوسيلة', isFigure: false },
      { title: 'التفاصيل', isFigure: false },
      { title: 'القيمة', isFigure: true },
    ],
    tenders.length < 2 ? rows : [...rows, total],
  );
}

/** On a slip that takes it back, the balance of that day would be read as today's. */
function balance(content: ReceiptContent): Html {
  const lines = content.undone === null ? balanceLines(content) : [];
  if (lines.length === 0) return nothing;
  return tag(
    'div class="frame"',
    ...lines.map(({ label, minor }) => amountRow(label, amount(minor, content.currency), 'strong')),
  );
}

function closing({ undone, cashier, till }: ReceiptContent): Html {
  return all([
    facts([
      ['أمين الصندوق', isolateWithin(cashier.ar)],
      ['الصندوق', isolate(till)],
    ]),
    undone === null ? nothing : signatures([{ label: 'توقيع الدافع', name: '' }]),
    tag('p class="note"', 'يُرجى الاحتفاظ بهذا السند للمراجعة'),
  ]);
}
