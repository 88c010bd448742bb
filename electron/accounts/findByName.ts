import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { givenNameMark } from './searchIndex.ts';

const mostTokens = 8;
const longestToken = 40;

/**
 * Letters and figures that the index's tokenizer surely keeps in one word. A word that it splits would be a phrase,
 * which an index without positions refuses with an error.
 */
const foreign = /[^0-9a-z\u00df-\u024f\u03b1-\u03c9\u0430-\u044f\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3]+/u;

/** The words that are worth asking for: no word that another word begins with, not too many, not too long. */
export function wordsToFind(tokens: readonly string[]): string[] {
  const words = tokens
    .flatMap((token) => token.split(foreign))
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestToken));
  const unique = [...new Set(words)].slice(0, mostTokens);
  return unique.filter((word) => !unique.some((other) => other !== word && other.startsWith(word)));
}

/**
 * Ids of accounts whose name has every word, each half-typed or whole, in any order. When there are more than
 * `limit`, those come first whose name begins with the first word; otherwise the index's own order: nothing is
 * sorted over all that match (measured at 200 ms for common names).
 * @param words from wordsToFind
 * @param first the word typed first
 */
export function findByName(
  db: ReadDb,
  words: readonly string[],
  first: string | undefined,
  limit: number,
): number[] {
  if (words.length === 0) return [];
  const begin =
    first === undefined
      ? []
      : match(db, [givenNameMark + first, ...words.filter((word) => word !== first)], limit);
  // Most of what is typed begins with a given name that many have: the other question is then not asked at all.
  if (begin.length >= limit) return begin;
  return [...new Set([...begin, ...match(db, words, limit)])].slice(0, limit);
}

function match(db: ReadDb, words: readonly string[], limit: number): number[] {
  // Quoted, so that nothing in it is an operator; words hold letters and figures only.
  const expression = words.map((word) => `"${word}"*`).join(' ');
  return prepared<{ id: number }>(
    db,
    'SELECT rowid AS id FROM account_search WHERE account_search MATCH ? LIMIT ?',
  )
    .all(expression, limit)
    .map(({ id }) => id);
}
