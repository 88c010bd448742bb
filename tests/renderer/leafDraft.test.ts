import { describe, expect, it } from 'vitest';
import type { LeafTexts } from '../../renderer/draft/leafDraft.ts';
import { firstTexts, leafRanges, nextLeaf, readLeaf } from '../../renderer/draft/leafDraft.ts';
import type { BooksView, BookView } from '../../shared/ipc/contract.ts';

const today = '2026-11-25';
const book: BookView = {
  id: 2,
  code: 'D7',
  firstLeaf: 41,
  lastLeaf: 60,
  entered: 2,
  voided: [{ leaf: 43, reason: 'تلفت' }],
  missing: [],
};
const view: BooksView = { books: [book], writers: [{ id: 3, nameAr: 'سمر', nameEn: 'Samar' }] };
const right: LeafTexts = { book: '2', leaf: '٤٥', writtenOn: '24/11/2026', writtenBy: '3' };
const problemsOf = (texts: Partial<LeafTexts>) => {
  const { leaf, problems } = readLeaf({ ...right, ...texts }, view, today);
  expect(leaf === null).toBe(problems.size > 0);
  return [...problems].map(([field, found]) => [
    field,
    found.kind === 'rule' ? found.problem.code : found.problem,
  ]);
};

describe('a leaf as it is typed', () => {
  it('is read in any digits, under the number that it will have', () => {
    expect(readLeaf(right, view, today).leaf).toEqual({
      bookId: 2,
      number: 'D7/000045',
      leaf: 45,
      writtenOn: '2026-11-24',
      writtenBy: { id: 3, ar: 'سمر', en: 'Samar' },
    });
  });

  it('is refused at its field', () => {
    expect(problemsOf({ leaf: '0' })).toEqual([['leaf', 'notALeaf']]);
    expect(problemsOf({ leaf: '40' })).toEqual([['leaf', 'book.leafOutside']]);
    expect(problemsOf({ leaf: '43' })).toEqual([['leaf', 'book.leafVoid']]);
    expect(problemsOf({ writtenOn: '26/11/2026' })).toEqual([['writtenOn', 'book.badDate']]);
    expect(problemsOf({ writtenOn: '1/1/2025' })).toEqual([['writtenOn', 'book.badDate']]);
    expect(problemsOf({ writtenOn: '31/2/2026' })).toEqual([['writtenOn', 'notADate']]);
    expect(problemsOf({ writtenBy: '' })).toEqual([['writtenBy', 'book.badWriter']]);
    expect(problemsOf({ book: '9' })).toEqual([['book', 'notInList']]);
  });

  it('begins with the first leaf of which nothing is known', () => {
    expect(nextLeaf(book)).toBe('44');
    expect(nextLeaf({ ...book, missing: [42] })).toBe('42');
    expect(nextLeaf({ ...book, entered: 19 })).toBe('');
    expect(firstTexts(view, null, today)).toEqual({
      book: '2',
      leaf: '44',
      writtenOn: '25/11/2026',
      writtenBy: '',
    });
  });

  it('goes on with the book, the day and the writer of the one before', () => {
    const before = readLeaf(right, view, today).leaf;
    expect(firstTexts(view, before, today)).toEqual({
      book: '2',
      leaf: '44',
      writtenOn: '24/11/2026',
      writtenBy: '3',
    });
  });
});

it('leaves in a row are read out together', () => {
  expect(leafRanges([3, 4, 5, 9, 11, 12])).toEqual(['3–5', '9', '11–12']);
  expect(leafRanges([])).toEqual([]);
});
