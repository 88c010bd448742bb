import { words } from './index.ts';

type Words = (typeof words)['ar'];
export type FieldName = keyof Words['fields'];
type CodeWords =
  | `roles.${keyof Words['roles']}`
  | `status.problems.${keyof Words['status']['problems']}`
  | `fieldValues.${keyof Words['fieldValues']}`;

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
  'document',
  'reason',
  'cause',
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
  return has(words.ar.fields, name);
}

/** Where the words of a code are; undefined for what is no code, or none that has any. */
export function codeWords(name: string, value: unknown): CodeWords | undefined {
  if (typeof value !== 'string') return undefined;
  const { roles, status, fieldValues } = words.ar;
  if (name === 'role') return has(roles, value) ? `roles.${value}` : undefined;
  if (name === 'problem') return has(status.problems, value) ? `status.problems.${value}` : undefined;
  return codeFields.has(name) && has(fieldValues, value) ? `fieldValues.${value}` : undefined;
}

function has<Group extends object>(group: Group, name: string): name is keyof Group & string {
  return Object.hasOwn(group, name);
}

/** Moments, in milliseconds; a drawer's pulse is in milliseconds too. */
export function isMoment(name: string): boolean {
  return /(At|Until)Ms$/.test(name);
}
