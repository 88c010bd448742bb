import { words } from './index.ts';

export type FieldName = keyof (typeof words)['ar']['fields'];
export type FieldValue = keyof (typeof words)['ar']['fieldValues'];

/**
 * Row numbers of the database and of requests: they would read like a receipt's or an account's number, which stand
 * beside them. The signed text has them all.
 */
export const internalFields: ReadonlySet<string> = new Set([
  'paymentId',
  'requestId',
  'shiftId',
  'accountId',
  'billId',
  'bookId',
  'userId',
  'printJobId',
  'jobId',
  'subjectId',
  'openingId',
  'entryId',
  'approvalId',
  'receiptSequence',
]);

/** Fields that hold one of the program's own codes; every other text is shown as somebody wrote it. */
const codeFields: ReadonlySet<string> = new Set([
  'kind',
  'role',
  'document',
  'reason',
  'cause',
  'problem',
  'from',
  'to',
  'why',
  'direction',
  'outcome',
  'receivedKinds',
  'cut',
  'density',
]);

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(words.ar.fields, name);
}

/** The meaning of a code; undefined for what is no code, or none that has a word. */
export function codeOf(name: string, value: unknown): FieldValue | undefined {
  return typeof value === 'string' && codeFields.has(name) && Object.hasOwn(words.ar.fieldValues, value)
    ? (value as FieldValue)
    : undefined;
}

/** Moments, in milliseconds; a drawer's pulse is in milliseconds too. */
export function isMoment(name: string): boolean {
  return /(At|Until)Ms$/.test(name);
}
