import { foldDigits } from '../../shared/domain/digits.ts';
import { fold } from '../../shared/domain/folding.ts';
import { splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import { referenceKey } from '../../shared/domain/statement.ts';

/** What a cheque or a transfer can be found by. */
export type FindablePaper = {
  readonly payerName: string;
  readonly accountNumber: string | null;
  readonly receiptNumber: string;
  /** As the register keeps it: see referenceKey. */
  readonly numberKey: string;
  readonly accountKey?: string;
  /** JSON of the tender's own words. */
  readonly details: string;
};

const namesInDetails = ['drawer', 'sender', 'bank', 'provider'] as const;

/**
 * Tells whether a paper has all the words that were typed, each as any part of a name or a number of it, in any order
 * and spelling, a number with or without its dashes; a scanned receipt finds what was paid with it. Null where nothing
 * was typed.
 */
export function paperFilter(text: string): ((paper: FindablePaper) => boolean) | null {
  const wanted = (splitReceiptQr(text)?.number ?? text)
    .split(/\s+/)
    .map((word) => ({ name: fold(word), key: referenceKey(word), number: foldDigits(word).toLowerCase() }))
    .filter(({ key }) => key !== '');
  if (wanted.length === 0) return null;
  return (paper) => {
    const { numberKey, accountKey = '', accountNumber, receiptNumber } = paper;
    const code = `${receiptNumber} ${accountNumber ?? ''}`.toLowerCase();
    // Numbers first: to fold names takes longer.
    let names: string[] | undefined;
    return wanted.every(({ name, key, number }) => {
      if (numberKey.includes(key) || accountKey.includes(key) || code.includes(number)) return true;
      names ??= namesOf(paper);
      return names.some((one) => one.includes(name));
    });
  };
}

function namesOf({ payerName, details }: FindablePaper): string[] {
  const said = JSON.parse(details) as Partial<Record<string, string>>;
  const others = namesInDetails.map((name) => said[name]).filter((name) => name !== undefined);
  return [payerName, ...others].map(fold);
}
