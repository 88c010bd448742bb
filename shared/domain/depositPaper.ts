import type { CashLine } from './counting.ts';
import type { Letterhead } from './dayPaper.ts';
import { formatDateLevantine, formatTime } from './dates.ts';
import type { Currency } from './money.ts';
import { formatMoney } from './money.ts';
import type { PaperDocument, PaperElement } from './paper.ts';
import { currencyNames } from './paperWords.ts';

/** All that a deposit's slip says. Minor units of the account's currency. */
export type DepositSlip = {
  readonly number: string;
  readonly businessDate: string;
  readonly atMs: number;
  readonly bank: string;
  readonly account: string;
  readonly accountName: string;
  readonly currency: Currency;
  readonly slipNumber: string;
  readonly bagNumber: string;
  readonly preparedBy: string;
  readonly secondPerson: string;
  readonly cash: readonly CashLine[];
  readonly cheques: readonly {
    readonly bank: string;
    readonly chequeNumber: string;
    readonly dueOn: string;
    readonly minor: number;
  }[];
  readonly cashMinor: number;
  readonly chequesMinor: number;
};

/** The slip that goes with the bag, in Arabic as all papers are. */
export function depositPaper(slip: DepositSlip, letterhead: Letterhead): PaperDocument {
  const { currency } = slip;
  const amount = (label: string, minor: number, isStrong = false): PaperElement => ({
    kind: 'amount',
    label,
    minor,
    currency,
    isStrong,
  });
  return {
    version: 1,
    kind: 'depositSlip',
    ...letterhead,
    title: 'قسيمة إيداع',
    number: slip.number,
    elements: [
      { kind: 'fact', label: 'البنك', value: slip.bank, isIdentifier: false },
      { kind: 'fact', label: 'رقم الحساب', value: slip.account, isIdentifier: true },
      { kind: 'fact', label: 'باسم', value: slip.accountName, isIdentifier: false },
      {
        kind: 'fact',
        label: 'أُعدّت',
        value: `${formatDateLevantine(slip.atMs)} ${formatTime(slip.atMs)}`,
        isIdentifier: false,
      },
      {
        kind: 'fact',
        label: 'يوم العمل',
        value: formatDateLevantine(slip.businessDate),
        isIdentifier: false,
      },
      ...(slip.slipNumber === ''
        ? []
        : [{ kind: 'fact', label: 'قسيمة البنك', value: slip.slipNumber, isIdentifier: true } as const]),
      ...(slip.bagNumber === ''
        ? []
        : [{ kind: 'fact', label: 'الكيس المختوم', value: slip.bagNumber, isIdentifier: true } as const]),
      ...(slip.cash.length === 0 ? [] : cashTable(slip)),
      ...(slip.cheques.length === 0 ? [] : chequeTable(slip)),
      { kind: 'rule' },
      ...(slip.cashMinor > 0 && slip.chequesMinor > 0
        ? [amount('نقدًا', slip.cashMinor), amount('شيكات', slip.chequesMinor)]
        : []),
      amount(`المجموع، ${currencyNames[currency]}`, slip.cashMinor + slip.chequesMinor, true),
      {
        kind: 'signatures',
        people: [
          { label: 'أعدّها', name: slip.preparedBy },
          { label: 'شهد العدّ', name: slip.secondPerson },
          { label: 'استلمها للبنك', name: '' },
        ],
      },
    ],
  };
}

function cashTable({ cash, cashMinor, currency }: DepositSlip): PaperElement[] {
  return [
    { kind: 'heading', text: 'نقد' },
    {
      kind: 'table',
      columns: [
        { title: 'الفئة', isFigure: true, weight: 2 },
        { title: '', isFigure: false, weight: 2 },
        { title: 'العدد', isFigure: true, weight: 2 },
        { title: 'المجموع', isFigure: true, weight: 3 },
      ],
      rows: cash.map(({ denominationMinor, isWorn, quantity }) => [
        formatMoney({ currency, minor: denominationMinor }),
        isWorn ? 'مهترئة' : '',
        String(quantity),
        formatMoney({ currency, minor: denominationMinor * quantity }),
      ]),
      total: [
        '',
        '',
        String(cash.reduce((sum, { quantity }) => sum + quantity, 0)),
        formatMoney({ currency, minor: cashMinor }),
      ],
    },
  ];
}

function chequeTable({ cheques, chequesMinor, currency }: DepositSlip): PaperElement[] {
  return [
    { kind: 'heading', text: 'شيكات' },
    {
      kind: 'table',
      columns: [
        { title: 'البنك', isFigure: false, weight: 4 },
        { title: 'الشيك', isFigure: true, weight: 3 },
        { title: 'الاستحقاق', isFigure: true, weight: 3 },
        { title: 'المبلغ', isFigure: true, weight: 3 },
      ],
      rows: cheques.map(({ bank, chequeNumber, dueOn, minor }) => [
        bank,
        chequeNumber,
        dueOn,
        formatMoney({ currency, minor }),
      ]),
      total: ['المجموع', String(cheques.length), '', formatMoney({ currency, minor: chequesMinor })],
    },
  ];
}
