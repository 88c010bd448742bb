import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { foldTokens, indexTokens } from '../../shared/domain/folding.ts';

/**
 * Stands before the word that begins a name, so that «who is called Ahmad» can be asked of the index itself. A private
 * use character: the tokenizer keeps it inside a word, and folding takes it out of anything a person types.
 */
export const givenNameMark = '\ue000';

/** The text under which a name is indexed: its folded words, and the first of them once more with the mark. */
export function indexText(name: string): string {
  const [given] = foldTokens(name);
  const tokens = indexTokens(name);
  return given === undefined ? '' : [givenNameMark + given, ...tokens].join(' ');
}

/** Makes the account findable by this name; replaces what it was findable by. */
export function indexAccount(tx: Tx, accountId: number, name: string): void {
  prepared(tx, 'REPLACE INTO account_search (rowid, tokens) VALUES (?, ?)').run(accountId, indexText(name));
}

export function unindexAccount(tx: Tx, accountId: number): void {
  prepared(tx, 'DELETE FROM account_search WHERE rowid = ?').run(accountId);
}
