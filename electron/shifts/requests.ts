import { createHash } from 'node:crypto';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { CashLine } from '../../shared/domain/counting.ts';
import { areKnownLines, orderedLines } from '../../shared/domain/counting.ts';
import { refuse } from '../../shared/errors.ts';

/** One intent has one digest: the same request id with other contents, or by another person, is another intent. */
export function digestOf(contents: Canonical): string {
  return createHash('sha256').update(canonicalJson(contents)).digest('hex');
}

/** Lines in one order, without empty ones. @throws Refusal shift.unknownDenomination */
export function knownLines(lines: readonly CashLine[]): CashLine[] {
  const ordered = orderedLines(lines);
  if (!areKnownLines(ordered)) throw refuse('shift.unknownDenomination');
  return ordered;
}

/** The same of a move, which moves something. @throws Refusal shift.unknownDenomination, custody.nothing */
export function someLines(lines: readonly CashLine[]): CashLine[] {
  const known = knownLines(lines);
  if (known.length === 0) throw refuse('custody.nothing');
  return known;
}
