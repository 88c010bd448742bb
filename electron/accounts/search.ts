import { classifyQuery, foldTokens } from '../../shared/domain/folding.ts';
import { mostHits } from '../../shared/domain/mostHits.ts';
import type { SearchHit } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { findByName, wordsToFind } from './findByName.ts';
import { findByNumber, numberKinds } from './findByNumber.ts';
import type { NumberMatch } from './findByNumber.ts';
import { nameHas, nameTier } from './rankNames.ts';

const mostOfANumber = 300;
const fewestDigits = 3;

type Row = Omit<SearchHit, 'category' | 'matched' | 'matchedText' | 'billId'>;
type AccountRow = Row & Pick<SearchHit, 'category'>;
type Search = (text: string) => SearchHit[];

/**
 * The one search box: a name in any order and half-typed; an account, identity, phone, meter, bill or receipt
 * number; a scanned code; a name and a number together. Whole numbers first, then names that begin with the word
 * typed first, then who owes, then the name's order. Takes any text and throws nothing.
 */
export function createSearch(db: ReadDb): Search {
  return (text) => {
    const query = classifyQuery(text);
    if (query.nameTokens.length === 0) return rankNumbers(db, findByNumber(db, text, query, mostHits));

    const numbers = query.nameTokens.filter((token) => /^\d+$/.test(token) && token.length >= fewestDigits);
    const words = query.nameTokens.filter((token) => !/^\d+$/.test(token));
    if (numbers.length === 0 || words.length === 0) return searchNames(db, query.nameTokens);
    const both = searchNameAndNumber(db, words, numbers.join(''));
    if (both.length > 0) return both;
    const asName = searchNames(db, query.nameTokens);
    return asName.length > 0 ? asName : searchNames(db, words);
  };
}

function searchNames(db: ReadDb, typed: readonly string[]): SearchHit[] {
  const words = wordsToFind(typed);
  const first = typed[0] !== undefined && words.includes(typed[0]) ? typed[0] : undefined;
  return listRows(db, findByName(db, words, first, mostHits))
    .map((row) => ({ row, ...foldedName(row.name) }))
    .map(({ row, tokens, order }) => ({ row, tier: nameTier(tokens, typed), order }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        Number(b.row.owedMinor > 0) - Number(a.row.owedMinor > 0) ||
        (a.order < b.order ? -1 : a.order > b.order ? 1 : a.row.accountId - b.row.accountId),
    )
    .map(({ row }) => ({ ...row, matched: 'name', matchedText: null, billId: null }));
}

function searchNameAndNumber(db: ReadDb, words: readonly string[], digits: string): SearchHit[] {
  const matches = findByNumber(db, digits, classifyQuery(digits), mostOfANumber);
  const ids = matches.map(({ accountId }) => accountId);
  const named = new Set(listNames(db, ids).flatMap(({ id, name }) => (nameHas(name, words) ? [id] : [])));
  return rankNumbers(
    db,
    matches.filter(({ accountId }) => named.has(accountId)),
  );
}

function rankNumbers(db: ReadDb, matches: readonly NumberMatch[]): SearchHit[] {
  const shown = new Map(matches.slice(0, mostHits).map((match) => [match.accountId, match]));
  const rows = new Map(listRows(db, [...shown.keys()]).map((row) => [row.accountId, row]));
  return [...shown.values()]
    .flatMap((match) => {
      const row = rows.get(match.accountId);
      return row === undefined ? [] : [{ row, match }];
    })
    .sort(
      (a, b) =>
        Number(b.match.isExact) - Number(a.match.isExact) ||
        numberKinds.indexOf(a.match.matched) - numberKinds.indexOf(b.match.matched) ||
        Number(b.row.owedMinor > 0) - Number(a.row.owedMinor > 0),
    )
    .map(({ row, match: { matched, matchedText, billId } }) => ({ ...row, matched, matchedText, billId }));
}

type FoldedName = { readonly tokens: readonly string[]; readonly order: string };

/** Names that were folded lately: the next keystroke finds most of the same people, and folding is half of ranking. */
const foldedNames = new Map<string, FoldedName>();
const mostFoldedNames = 5000;

function foldedName(name: string): FoldedName {
  let folded = foldedNames.get(name);
  if (folded === undefined) {
    const tokens = foldTokens(name);
    folded = { tokens, order: tokens.join(' ') };
    if (foldedNames.size >= mostFoldedNames) foldedNames.clear();
    foldedNames.set(name, folded);
  }
  return folded;
}

/** In no order. One statement for all: each statement by itself takes and gives back the file's lock. */
function listRows(db: ReadDb, accountIds: readonly number[]): AccountRow[] {
  if (accountIds.length === 0) return [];
  return prepared<Row & { categoryAr: string; categoryEn: string }>(
    db,
    `SELECT d.account_id AS accountId, d.number AS accountNumber, d.name, d.identity_number AS identityNumber,
            d.quarter, k.name_ar AS categoryAr, k.name_en AS categoryEn, d.owed_minor AS owedMinor
       FROM json_each(?) wanted
       CROSS JOIN account_cards d ON d.account_id = wanted.value
       CROSS JOIN categories k ON k.code = d.category_code`,
  )
    .all(JSON.stringify(accountIds))
    .map(({ categoryAr, categoryEn, ...row }) => ({ ...row, category: { ar: categoryAr, en: categoryEn } }));
}

function listNames(db: ReadDb, accountIds: readonly number[]): { id: number; name: string }[] {
  return prepared<{ id: number; name: string }>(
    db,
    `SELECT d.account_id AS id, d.name
       FROM json_each(?) wanted
       CROSS JOIN account_cards d ON d.account_id = wanted.value`,
  ).all(JSON.stringify(accountIds));
}
