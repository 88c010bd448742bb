import type { Currency, Money } from './money.ts';
import { minorDigits, MoneyError } from './money.ts';

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

type Noun = readonly [one: string, more: string];
const nouns: Readonly<Record<Currency, readonly [major: Noun, minor: Noun]>> = {
  ILS: [
    ['shekel', 'shekels'],
    ['agora', 'agorot'],
  ],
  JOD: [
    ['Jordanian dinar', 'Jordanian dinars'],
    ['fils', 'fils'],
  ],
  USD: [
    ['US dollar', 'US dollars'],
    ['cent', 'cents'],
  ],
};

/**
 * An amount in English words, for a count that is read once more: "one thousand two hundred and five shekels and fifty
 * agorot". What is signed and printed is written in Arabic (words.ts).
 * @throws MoneyError for a negative amount
 */
export function amountInEnglish(amount: Money): string {
  if (amount.minor < 0) throw new MoneyError('a negative amount is not written in words');
  const unit = 10 ** minorDigits[amount.currency];
  const major = Math.floor(amount.minor / unit);
  const minor = amount.minor % unit;
  const [majorNoun, minorNoun] = nouns[amount.currency];
  const parts = [
    ...(major > 0 || minor === 0 ? [counted(major, majorNoun)] : []),
    ...(minor > 0 ? [counted(minor, minorNoun)] : []),
  ];
  return parts.join(' and ');
}

function counted(number: number, [one, more]: Noun): string {
  return `${numberInEnglish(number)} ${number === 1 ? one : more}`;
}

function numberInEnglish(number: number): string {
  if (number < 20) return small[number] ?? '';
  if (number < 100) {
    const unit = number % 10;
    return `${tens[Math.floor(number / 10)] ?? ''}${unit === 0 ? '' : `-${small[unit] ?? ''}`}`;
  }
  if (number < 1000) return joined(`${small[Math.floor(number / 100)] ?? ''} hundred`, number % 100);
  const [size, name] = number < 1_000_000 ? [1000, 'thousand'] : [1_000_000, 'million'];
  return joined(`${numberInEnglish(Math.floor(number / size))} ${name}`, number % size);
}

/** Below a hundred the rest is bound by "and", as it is spoken. */
function joined(head: string, rest: number): string {
  if (rest === 0) return head;
  return `${head}${rest < 100 ? ' and' : ''} ${numberInEnglish(rest)}`;
}
