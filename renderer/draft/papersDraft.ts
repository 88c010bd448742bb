import type { CountPaper } from '../../shared/ipc/shifts.ts';

/** One paper of a count: its line of its payment. */
export type PaperKey = `${number}-${number}`;

export function paperKey({ paymentId, line }: Pick<CountPaper, 'paymentId' | 'line'>): PaperKey {
  return `${paymentId}-${line}`;
}

/** What one looks for on the paper itself, the number first. */
const written = [
  'chequeNumber',
  'approvalCode',
  'reference',
  'letterNumber',
  'decisionNumber',
  'bank',
  'terminal',
  'provider',
  'drawer',
  'sender',
  'employeeNumber',
  'month',
];

export function detailsText({ details }: Pick<CountPaper, 'details'>): string {
  return written
    .map((name) => details[name])
    .filter((text) => text !== undefined && text !== '')
    .join(' · ');
}
