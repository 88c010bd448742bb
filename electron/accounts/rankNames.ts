import { indexTokens } from '../../shared/domain/folding.ts';

/**
 * How well a name answers the words as they were typed; less is better.
 * 0: begins with the first word, whole, and the others follow in order; 1: the same, half-typed;
 * 2: begins with the first word; 3: has the words somewhere.
 * @param name its folded words
 */
export function nameTier(name: readonly string[], typed: readonly string[]): 0 | 1 | 2 | 3 {
  const [first, ...others] = typed;
  const [given, ...following] = name;
  if (first === undefined || given === undefined || !given.startsWith(first)) return 3;
  let at = 0;
  for (const word of others) {
    while (at < following.length && !beginsWith(following[at], word)) at += 1;
    if (at === following.length) return 2;
    at += 1;
  }
  return given === first ? 0 : 1;
}

/** True when every word begins some word of the name, as the index would say. */
export function nameHas(name: string, words: readonly string[]): boolean {
  const tokens = indexTokens(name);
  return words.every((word) => tokens.some((token) => token.startsWith(word)));
}

function beginsWith(token: string | undefined, word: string): boolean {
  if (token === undefined) return false;
  // A family is found with its article and without it.
  return token.startsWith(word) || (token.startsWith('ال') && token.startsWith(word, 2));
}
