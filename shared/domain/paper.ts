import type { Currency } from './money.ts';
import type { ReceiptContent } from './receipt.ts';

/**
 * What a paper other than a receipt says, frozen with the act it belongs to: one small language for the thermal paper,
 * the A4 page and the screen. A copy drawn years later says the same. Its texts are plain: whoever draws them keeps
 * numbers and Latin words from turning round, and replaces what the fonts lack.
 */
export type PaperDocument = {
  readonly version: 1;
  /** A receipt has none: this tells the two apart. */
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
  'report',
] as const;
export type PaperKind = (typeof paperKinds)[number];

/** Everything that is drawn on paper. */
export type PaperContent = ReceiptContent | PaperDocument;

/** True for every paper but a receipt and the slip that takes one back. */
export function isPaperDocument(content: PaperContent): content is PaperDocument {
  return 'kind' in content;
}

/** Label at the start of the line, value at its end. An identifier (number, time, code) is kept left to right. */
export type PaperFact = { readonly label: string; readonly value: string; readonly isIdentifier: boolean };

export type PaperElement =
  | { readonly kind: 'heading'; readonly text: string }
  | ({ readonly kind: 'fact' } & PaperFact)
  /** Two short facts on one line, or one below the other where the paper is too narrow. */
  | { readonly kind: 'pair'; readonly first: PaperFact; readonly second: PaperFact }
  /** Negative amounts have their minus before the first figure. */
  | {
      readonly kind: 'amount';
      readonly label: string;
      readonly minor: number;
      readonly currency: Currency;
      readonly isStrong: boolean;
    }
  | PaperTable
  /** Small print; each line break begins another line. */
  | { readonly kind: 'note'; readonly text: string }
  /** White on black from edge to edge: what nobody may overlook. */
  | { readonly kind: 'band'; readonly text: string }
  | { readonly kind: 'rule' }
  /** Lines to sign on. */
  | {
      readonly kind: 'signatures';
      readonly people: readonly { readonly label: string; readonly name: string }[];
    }
  /** A code to scan, and what it is for. */
  | { readonly kind: 'qr'; readonly text: string; readonly hint: string }
  /** The test page's: marks at both ends of the head's dots with a scale, and strokes from one dot to all black. */
  | { readonly kind: 'pattern'; readonly pattern: 'edges' | 'strokes' };

export type PaperTable = {
  readonly kind: 'table';
  readonly columns: readonly PaperColumn[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[] | null;
};

/** Figures are set left to right with their last digits below each other; weight: its share of what they leave. */
export type PaperColumn = { readonly title: string; readonly isFigure: boolean; readonly weight: number };
