import { leafNumber } from '../../shared/domain/receipt.ts';
import { refuse } from '../../shared/errors.ts';
import type { BooksView, BookView, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';

export type BookContext = { readonly journal: Journal; readonly person: Person; readonly atMs: number };

const mostLeaves = 1_000;
const oldestDays = 366;

type BookRow = Pick<BookView, 'id' | 'code' | 'firstLeaf' | 'lastLeaf'>;
const bookColumns = 'SELECT id, code, first_leaf AS firstLeaf, last_leaf AS lastLeaf FROM receipt_books';

/** Every paper book with what became of its leaves, and who may have written in them. */
export function viewBooks(db: ReadDb): BooksView {
  const books = prepared<BookRow>(db, `${bookColumns} ORDER BY id DESC`).all();
  return {
    books: books.map((book) => ({ ...book, ...leavesOf(db, book) })),
    writers: prepared<BooksView['writers'][number]>(
      db,
      `SELECT id, name_ar AS nameAr, name_en AS nameEn FROM users WHERE role IN ('cashier', 'supervisor') ORDER BY name_ar`,
    ).all(),
  };
}

function leavesOf(db: ReadDb, book: BookRow): Pick<BookView, 'entered' | 'voided' | 'missing'> {
  const entered = prepared<{ leaf: number }>(
    db,
    'SELECT receipt_sequence AS leaf FROM payments WHERE book_id = ?',
  ).all(book.id);
  const voided = prepared<BookView['voided'][number]>(
    db,
    'SELECT leaf, reason FROM void_leaves WHERE book_id = ? ORDER BY leaf',
  ).all(book.id);
  const known = new Set([...entered, ...voided].map(({ leaf }) => leaf));
  const last = Math.max(book.firstLeaf - 1, ...known);
  const missing: number[] = [];
  for (let leaf = book.firstLeaf; leaf < last; leaf += 1) if (!known.has(leaf)) missing.push(leaf);
  return { entered: entered.length, voided, missing };
}

/** @throws Refusal book.badRange, book.codeTaken */
export function issueBook(tx: Tx, input: ParsedInput<'books.issue'>, context: BookContext): BooksView {
  const { code, firstLeaf, lastLeaf } = input;
  if (lastLeaf < firstLeaf || lastLeaf - firstLeaf >= mostLeaves) throw refuse('book.badRange');
  if (prepared(tx, 'SELECT 1 FROM receipt_books WHERE code = ?').get(code) !== undefined)
    throw refuse('book.codeTaken', { code });
  const { lastInsertRowid } = prepared(
    tx,
    'INSERT INTO receipt_books (code, first_leaf, last_leaf, issued_by, issued_at_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(code, firstLeaf, lastLeaf, context.person.id, context.atMs);
  context.journal.append(tx, {
    act: 'book.issued',
    actor: actorOf(context.person),
    atMs: context.atMs,
    body: { bookId: Number(lastInsertRowid), code, firstLeaf, lastLeaf },
  });
  return viewBooks(tx);
}

/** @throws Refusal book.notFound, book.leafOutside, book.leafUsed, book.leafVoid */
export function voidLeaf(tx: Tx, input: ParsedInput<'books.voidLeaf'>, context: BookContext): BooksView {
  const { bookId, leaf, reason } = input;
  const book = requireFreeLeaf(tx, bookId, leaf);
  prepared(tx, 'INSERT INTO void_leaves (book_id, leaf, reason, user_id, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    bookId,
    leaf,
    reason,
    context.person.id,
    context.atMs,
  );
  context.journal.append(tx, {
    act: 'book.leafVoided',
    actor: actorOf(context.person),
    atMs: context.atMs,
    body: { bookId, code: book.code, leaf, reason },
  });
  return viewBooks(tx);
}

export type BookLeaf = {
  readonly bookId: number;
  readonly code: string;
  readonly leaf: number;
  readonly number: string;
  readonly writtenOn: string;
  readonly writtenBy: Pick<Person, 'id' | 'nameAr' | 'nameEn'>;
};

/**
 * The leaf that a payment is entered from, checked in the payment's transaction.
 * @param today 'YYYY-MM-DD'
 * @throws Refusal book.notFound, book.leafOutside, book.leafUsed, book.leafVoid, book.badDate, book.badWriter
 */
export function requireLeaf(
  tx: Tx,
  { bookId, leaf, writtenOn, writtenBy }: NonNullable<ParsedInput<'payments.take'>['book']>,
  today: string,
): BookLeaf {
  const { code } = requireFreeLeaf(tx, bookId, leaf);
  const ageDays = (Date.parse(today) - Date.parse(writtenOn)) / 86_400_000;
  if (!(ageDays >= 0 && ageDays <= oldestDays)) throw refuse('book.badDate');
  const writer = prepared<BookLeaf['writtenBy']>(
    tx,
    `SELECT id, name_ar AS nameAr, name_en AS nameEn FROM users WHERE id = ? AND role IN ('cashier', 'supervisor')`,
  ).get(writtenBy);
  if (writer === undefined) throw refuse('book.badWriter');
  return { bookId, code, leaf, number: leafNumber(code, leaf), writtenOn, writtenBy: writer };
}

function requireFreeLeaf(tx: Tx, bookId: number, leaf: number): BookRow {
  const book = prepared<BookRow>(tx, `${bookColumns} WHERE id = ?`).get(bookId);
  if (book === undefined) throw refuse('book.notFound');
  if (leaf < book.firstLeaf || leaf > book.lastLeaf)
    throw refuse('book.leafOutside', { first: book.firstLeaf, last: book.lastLeaf });
  const used = prepared<{ number: string }>(
    tx,
    'SELECT receipt_number AS number FROM payments WHERE book_id = ? AND receipt_sequence = ?',
  ).get(bookId, leaf);
  if (used !== undefined) throw refuse('book.leafUsed', { receipt: used.number });
  if (
    prepared(tx, 'SELECT 1 FROM void_leaves WHERE book_id = ? AND leaf = ?').get(bookId, leaf) !== undefined
  )
    throw refuse('book.leafVoid');
  return book;
}
