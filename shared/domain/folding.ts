import { foldDigits, stripInvisible } from './digits.ts';
import { isValidIdentity } from './identity.ts';

/** Words that begin a name and belong to the next word: «عبد الرحمن» and «عبدالرحمن» are one name. */
const joinedToNext = new Set(['عبد', 'ابو', 'ام', 'ابن']);

/** Words that end a name and belong to the word before: «نور الدين» and «نورالدين» are one name. */
const joinedToPrevious = new Set(['الدين', 'الله']);

/** «محمد بن علي» is also written «محمد علي»: this word is never required when another follows it. */
const connective = 'بن';

const article = 'ال';

/**
 * One spelling for all the ways a name is written: compatibility forms are resolved, tashkeel, tatweel and invisible
 * marks removed; أ إ آ ٱ → ا, ى ئ → ي, ؤ → و, ة → ه, ء dropped; Persian ی ک → ي ك; digits ASCII; Latin letters small
 * and without accents; everything else becomes one space. Idempotent.
 */
export function fold(text: string): string {
  // What almost every name is made of; it needs none of the rest, which costs ten times as much.
  if (/^[\u0622-\u063a\u0641-\u064a ]*$/.test(text))
    return text
      .replace(/[أإآ]/g, 'ا')
      .replace(/ى|ئ/g, 'ي')
      .replace(/ؤ/g, 'و')
      .replace(/ة/g, 'ه')
      .replace(/ +/g, ' ')
      .trim();
  return (
    foldDigits(stripInvisible(text))
      // Decomposed, a hamza or madda above or below is a mark of its own and goes with the tashkeel.
      .normalize('NFKD')
      .replace(/[\p{Mn}\p{Me}\u0640\u0621\u0674]/gu, '')
      .replace(/[\u0671-\u0673\u0675]/g, 'ا')
      .replace(/[ىیېےۍ]/g, 'ي')
      .replace(/[ک]/g, 'ك')
      .replace(/[ةۀہھەۃ]/g, 'ه')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}

/** The folded words of a name, compound names made one word: «عبد الله أبو دقة» → `عبدالله`, `ابودقه`. */
export function foldTokens(text: string): string[] {
  const tokens: string[] = [];
  let pending = '';
  for (const word of fold(text).split(' ')) {
    if (word === '') continue;
    if (joinedToNext.has(word)) {
      pending += word;
      continue;
    }
    const previous = tokens.at(-1);
    if (pending === '' && previous !== undefined && previous !== connective && joinedToPrevious.has(word)) {
      tokens[tokens.length - 1] = previous + word;
      continue;
    }
    tokens.push(pending + word);
    pending = '';
  }
  if (pending !== '') tokens.push(pending);
  return tokens;
}

/**
 * The words under which a name is stored in the search index, without repetition: every word of `foldTokens`, words
 * with the article also without it («الأسطل» as `اسطل`), and compounds also by their parts that people look for.
 */
export function indexTokens(text: string): string[] {
  const tokens = new Set<string>();
  for (const token of foldTokens(text)) {
    for (const form of indexForms(token)) tokens.add(form);
  }
  return [...tokens];
}

/**
 * The words to look for, each as a prefix: as typed, because the index holds the forms with and without the article.
 * «بن» between two words is left out: the index may or may not have it.
 */
export function queryTokens(text: string): string[] {
  const tokens = foldTokens(text);
  return tokens.filter((token, index) => token !== connective || index === tokens.length - 1);
}

function* indexForms(token: string): Iterable<string> {
  yield token;
  const bare = withoutArticle(token);
  if (bare !== undefined) yield bare;

  for (const prefix of ['عبد', 'ابو']) {
    const rest = token.startsWith(prefix) ? token.slice(prefix.length) : '';
    if (rest.length < 2) continue;
    const bareRest = withoutArticle(rest);
    if (bareRest !== undefined) yield prefix + bareRest;
    // A family «أبو دقة» is asked for as «دقة»; nobody named «عبد العزيز» is asked for as «عزيز».
    if (prefix === 'ابو') {
      yield rest;
      if (bareRest !== undefined) yield bareRest;
    }
  }

  for (const suffix of joinedToPrevious) {
    const stem = token.endsWith(suffix) ? token.slice(0, -suffix.length) : '';
    if (stem.length < 2 || stem === 'عبد') continue;
    // While «نور الدين» is being typed, «نور ا» is still two words.
    yield stem;
    yield suffix;
    yield suffix.slice(article.length);
  }
}

/** The word without «ال», or undefined when it has none or less than two letters would remain. */
function withoutArticle(word: string): string | undefined {
  return word.startsWith(article) && word.length >= article.length + 2
    ? word.slice(article.length)
    : undefined;
}

/** What the text of the search box may be; a text can be several things at once, and the caller tries them in order. */
export type SearchQuery = {
  /** All the digits when the text is a number and nothing else (spaces, dashes and `+` aside); otherwise ''. */
  readonly digits: string;
  /** The words to look for among names; empty for a number, a reference or a QR code. */
  readonly nameTokens: readonly string[];
  /** Nine digits with a right check digit. */
  readonly identity?: string;
  /** A mobile number or the beginning of one, in local form: 05… */
  readonly phone?: string;
  /** A number with letters, such as a bill, meter, account or receipt number, in capitals: `B-2026-004512`. */
  readonly reference?: string;
  /** The reference, when it has the form of a receipt number: till, year, six digits. */
  readonly receiptNumber?: string;
  /** The untouched text of a scanned code that is no number or name: the receipt's QR. */
  readonly qr?: string;
};

/** Says what the text of the search box may be. Looks at the form only; knows nothing of what exists. */
export function classifyQuery(text: string): SearchQuery {
  const visible = stripInvisible(text).trim();
  // Names have spaces and references are short: a long unbroken run of ASCII is a scanned code.
  if (/^[\x21-\x7e]{33,}$/.test(visible) || /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/.test(visible)) {
    return { digits: '', nameTokens: [], qr: visible };
  }

  const typed = foldDigits(visible).replace(/[‐‑‒–—−]/g, '-');
  if (/^\+?[\d\s\-/().]+$/.test(typed) && /\d/.test(typed)) return classifyNumber(typed);

  const reference = typed.toUpperCase().replace(/\s*([-/])\s*/g, '$1');
  if (/^(?=.*\d)[A-Z\u0621-\u064a0-9]+(?:[-/][A-Z\u0621-\u064a0-9]+)*$/.test(reference)) {
    const isReceipt = /^[A-Z\u0621-\u064a0-9]+-20\d\d-\d{6}$/.test(reference);
    return { digits: '', nameTokens: [], reference, ...(isReceipt ? { receiptNumber: reference } : {}) };
  }
  return { digits: '', nameTokens: queryTokens(text) };
}

function classifyNumber(typed: string): SearchQuery {
  const digits = typed.replace(/\D/g, '');
  const phone = localPhone(typed.startsWith('+') ? `00${digits}` : digits);
  const isReceipt = /^\d+-20\d\d-\d{6}$/.test(typed);
  return {
    digits,
    nameTokens: [],
    ...(isValidIdentity(digits) ? { identity: digits } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(isReceipt ? { reference: typed, receiptNumber: typed } : {}),
  };
}

/** 05… from 05…, 00970 5… and 00972 5…; also from nine digits that lost their zero in a spreadsheet. */
function localPhone(digits: string): string | undefined {
  const local = digits.replace(/^0097[02]0?(?=5)/, '0').replace(/^97[02](?=5\d{8}$)/, '0');
  if (/^05\d{1,8}$/.test(local)) return local;
  return /^5[69]\d{7}$/.test(local) ? `0${local}` : undefined;
}
