import { z } from 'zod';
import { loginForm } from '../domain/login.ts';
import { currencies } from '../domain/money.ts';
import type { Role } from '../domain/roles.ts';

/** What the channels of every feature are made of. */

/** Who may call a channel. `anyone`: before sign-in; `signedIn`: any role, unlocked session. */
export type Access = 'anyone' | 'signedIn' | readonly Role[];

export type Channel<I extends z.ZodType, O, A extends Access> = {
  readonly input: I;
  readonly access: A;
  readonly output?: O;
};

export function channel<O>() {
  return <I extends z.ZodType, const A extends Access>(input: I, access: A): Channel<I, O, A> => ({
    input,
    access,
  });
}

export const nothing = z.strictObject({});
/** What is typed or scanned to find something; the longest is a receipt's code. */
export const findText = z.string().max(600);
export const minor = z.number().int().min(1).max(99_999_999_999);
export const rowId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
export const requestId = z.uuid();
export const name = z.string().trim().min(1).max(120);
export const bilingual = z.strictObject({ ar: name, en: z.string().trim().max(120) });
export const login = z.string().trim().toLowerCase().regex(loginForm);
export const secret = z.string().min(1).max(200);
/** Letters and digits, at most six: it stands in every receipt number. */
export const tillCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{2,6}$/);
export const language = z.enum(['ar', 'en']);
/** Notes and coins by kind; a line may say none. */
export const cashLines = z
  .array(
    z.strictObject({
      currency: z.enum(currencies),
      denominationMinor: minor,
      isWorn: z.boolean().default(false),
      quantity: z.number().int().min(0).max(100_000),
    }),
  )
  .max(60);
/** Another person who stands at this PC and proves it with their own secret. */
export const witness = z.strictObject({ login, secret });
/** Words of a person: a reason, an explanation. */
export const sentence = z.string().trim().min(3).max(300);

/** A short text a person typed: not empty, no line breaks. */
export const word = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\r\n\t]*$/);
export const isoDate = z.iso.date();
export type Person = {
  readonly id: number;
  readonly login: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly role: Role;
};
