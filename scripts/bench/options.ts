import { parseArgs } from 'node:util';

/** What is measured, in the order in which it runs. */
export const parts = [
  'search',
  'account',
  'payment',
  'receipt',
  'line',
  'day',
  'reports',
  'counter',
  'start',
] as const;
export type Part = (typeof parts)[number];

export type BenchOptions = {
  readonly accounts: number;
  readonly billsPerAccount: number;
  /** Every figure is the median of so many runs. */
  readonly runs: number;
  readonly only: ReadonlySet<Part>;
  readonly jsonFile: string | null;
  /** Where the copy lies that is measured; null for the cache. */
  readonly diskFolder: string | null;
};

export const usage = `npm run bench [-- --quick] [--json FILE] [--only PART,…] [--runs N] [--accounts N] [--disk FOLDER]
  --quick      a tenth of the data: 50,000 accounts and 500,000 bills
  --json FILE  also writes the rows as JSON
  --only       some of: ${parts.join(', ')}
  --runs       how many runs each figure is the median of (5)
  --accounts   another number of accounts, ten bills each
  --disk       a folder on the disk that is to be measured, such as a counter's own`;

/** @throws Error with a message for the person at the keyboard */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      only: { type: 'string' },
      runs: { type: 'string', default: '5' },
      accounts: { type: 'string' },
      disk: { type: 'string' },
    },
  });
  const wanted = values.only?.split(',') ?? parts;
  const unknown = wanted.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);
  return {
    accounts: positive('accounts', values.accounts ?? (values.quick ? '50000' : '500000')),
    billsPerAccount: 10,
    runs: positive('runs', values.runs),
    only: new Set(parts.filter((part) => wanted.includes(part))),
    jsonFile: values.json ?? null,
    diskFolder: values.disk ?? null,
  };
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new Error(`--${name} is a whole number above zero`);
  return Number(text);
}
