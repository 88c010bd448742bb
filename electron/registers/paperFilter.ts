import { fold } from '../../shared/domain/folding.ts';
import { splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import { referenceKey } from '../../shared/domain/statement.ts';

/** What a person may know of a cheque or a transfer. Numbers are also found as they are written in one. */
export type PaperWords = { readonly words: readonly (string | null)[]; readonly numbers: readonly string[] };

/**
 * Tells whether a paper has all the words that were typed, each as any part of what it says, in any order and
 * spelling, a number with or without its dashes; a scanned receipt finds what was paid with it. Null where nothing was typed.
 */
export function paperFilter(text: string): ((paper: PaperWords) => boolean) | null {
  const wanted = (splitReceiptQr(text)?.number ?? text)
    .split(/\s+/)
    .map(fold)
    .filter((word) => word !== '');
  if (wanted.length === 0) return null;
  return ({ words, numbers }) => {
    const said = [...[...words, ...numbers].map((part) => fold(part ?? '')), ...numbers.map(referenceKey)];
    return wanted.every((word) =>
      said.some((part) => part.includes(word) || part.includes(referenceKey(word))),
    );
  };
}
