import type { Currency } from './money.ts';

/**
 * What a paper other than a receipt says, frozen with the act it belongs to: one small language for the thermal paper,
 * the A4 page and the screen. A copy drawn years later says the same.
 */
export type PaperDocument = {
  readonly version: 1;
  readonly kind: PaperKind;
  readonly municipality: { readonly ar: string; readonly en: string };
  readonly centre: { readonly ar: string; readonly en: string };
  /** Large, under the letterhead: «تقرير إغلاق وردية». */
  readonly title: string;
  /** 'Z-KY01-000012'; null for a paper without a number of its own. */
  readonly number: string | null;
  readonly isDemonstration: boolean;
  readonly elements: readonly PaperElement[];
};

export const paperKinds = [
  'shiftReport',
  'dayReport',
  'depositSlip',
  'custodySlip',
  'drawerSlip',
  'testPage',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export type PaperElement =
  | { readonly kind: 'heading'; readonly text: string }
  /** Label at the start of the line, value at its end. An identifier (number, time, code) is kept left to right. */
  | { readonly kind: 'fact'; readonly label: string; readonly value: string; readonly isIdentifier: boolean }
  | {
      readonly kind: 'amount';
      readonly label: string;
      readonly minor: number;
      readonly currency: Currency;
      readonly isStrong: boolean;
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly PaperColumn[];
      readonly rows: readonly (readonly string[])[];
      readonly total: readonly string[] | null;
    }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'rule' }
  /** Lines to sign on. */
  | {
      readonly kind: 'signatures';
      readonly people: readonly { readonly label: string; readonly name: string }[];
    };

/** Figures are set left to right and end at the line's end; weight: its share of the width. */
export type PaperColumn = { readonly title: string; readonly isFigure: boolean; readonly weight: number };
