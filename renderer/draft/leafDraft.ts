import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { leafNumber } from '../../shared/domain/receipt.ts';
import type { BooksView, BookView } from '../../shared/ipc/contract.ts';
import type { FieldProblem } from './problems.ts';
import { rule, typed } from './problems.ts';
import { dateText, readDate } from './typedDate.ts';

/** A receipt that was written by hand while the till could not, as it is entered now. */
export type LeafDraft = {
  readonly bookId: number;
  /** 'D7/000045' */
  readonly number: string;
  readonly leaf: number;
  /** 'YYYY-MM-DD' */
  readonly writtenOn: string;
  readonly writtenBy: { readonly id: number; readonly ar: string; readonly en: string };
};

export type LeafField = 'book' | 'leaf' | 'writtenOn' | 'writtenBy';
/** As typed; book and writer are ids. */
export type LeafTexts = Readonly<Record<LeafField, string>>;

export type LeafReading = {
  readonly leaf: LeafDraft | null;
  readonly problems: ReadonlyMap<LeafField, FieldProblem>;
};

const oldestDays = 366;

/**
 * Where the entry begins: the leaf that was entered before says book, writer and day, and the number goes on.
 * @param today 'YYYY-MM-DD'
 */
export function firstTexts(
  { books, writers }: BooksView,
  before: LeafDraft | null,
  today: string,
): LeafTexts {
  const book = books.find(({ id }) => id === before?.bookId) ?? books[0];
  const writer = writers.find(({ id }) => id === before?.writtenBy.id);
  return {
    book: book === undefined ? '' : String(book.id),
    leaf: book === undefined ? '' : nextLeaf(book),
    writtenOn: dateText(before?.writtenOn ?? today),
    writtenBy: writer === undefined ? '' : String(writer.id),
  };
}

/** The first leaf of which nothing is known; empty when the book is used up. */
export function nextLeaf({ firstLeaf, lastLeaf, entered, voided, missing }: BookView): string {
  const next = missing[0] ?? firstLeaf + entered + voided.length;
  return next > lastLeaf ? '' : String(next);
}

/** A leaf's number as it is typed, in any digits. @returns null for what is not one */
export function readLeafNumber(text: string): number | null {
  const plain = foldDigits(stripInvisible(text)).trim();
  return /^\d{1,7}$/.test(plain) && Number(plain) > 0 ? Number(plain) : null;
}

/**
 * A leaf as it is typed now. Whether it was entered before only main knows.
 * @param today 'YYYY-MM-DD'
 */
export function readLeaf(texts: LeafTexts, { books, writers }: BooksView, today: string): LeafReading {
  const problems = new Map<LeafField, FieldProblem>();
  const book = books.find(({ id }) => String(id) === texts.book);
  if (book === undefined) problems.set('book', typed('notInList'));
  const leaf = readLeafNumber(texts.leaf);
  if (leaf === null) problems.set('leaf', typed('notALeaf'));
  else if (book !== undefined) {
    const problem = leafProblem(book, leaf);
    if (problem !== null) problems.set('leaf', problem);
  }
  const writtenOn = readDate(texts.writtenOn);
  if (writtenOn === null) problems.set('writtenOn', typed('notADate'));
  else {
    const ageDays = (Date.parse(today) - Date.parse(writtenOn)) / 86_400_000;
    if (ageDays < 0 || ageDays > oldestDays)
      problems.set('writtenOn', rule({ code: 'book.badDate', params: {} }));
  }
  const writer = writers.find(({ id }) => String(id) === texts.writtenBy);
  if (writer === undefined) problems.set('writtenBy', rule({ code: 'book.badWriter', params: {} }));
  const isRight = book !== undefined && leaf !== null && writtenOn !== null && writer !== undefined;
  return {
    leaf:
      problems.size === 0 && isRight
        ? {
            bookId: book.id,
            number: leafNumber(book.code, leaf),
            leaf,
            writtenOn,
            writtenBy: { id: writer.id, ar: writer.nameAr, en: writer.nameEn },
          }
        : null,
    problems,
  };
}

/** Why this leaf of the book cannot be used, as far as the list of leaves says. */
export function leafProblem({ firstLeaf, lastLeaf, voided }: BookView, leaf: number): FieldProblem | null {
  if (leaf < firstLeaf || leaf > lastLeaf)
    return rule({ code: 'book.leafOutside', params: { first: firstLeaf, last: lastLeaf } });
  return voided.some((one) => one.leaf === leaf) ? rule({ code: 'book.leafVoid', params: {} }) : null;
}

/** Leaves as one reads them out, those in a row together: 3–5, 9. */
export function leafRanges(leaves: readonly number[]): string[] {
  const runs: { first: number; last: number }[] = [];
  for (const leaf of leaves) {
    const run = runs.at(-1);
    if (run !== undefined && leaf === run.last + 1) run.last = leaf;
    else runs.push({ first: leaf, last: leaf });
  }
  return runs.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`));
}
