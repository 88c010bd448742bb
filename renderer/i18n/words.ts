import type { ar } from './ar.ts';

type ArabicOnly = 'zero' | 'two' | 'few' | 'many';
type Form = ArabicOnly | 'one' | 'other';

/** The Arabic words, or never where a counted word lacks a form: then en.ts does not compile. */
type Arabic = [MissingForms<typeof ar>] extends [never] ? typeof ar : never;

/** The shape that another language has to fill: every key of the Arabic, without the plural forms it has not. */
export type Words<T = Arabic> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : { readonly [K in keyof T as K extends `${string}_${ArabicOnly}` ? never : K]: Words<T[K]> };

/** The counted words of the Arabic that lack one of its six forms. */
type MissingForms<T> = T extends string | readonly string[]
  ? never
  : {
      [K in keyof T]: K extends `${infer Base}_other`
        ? Exclude<`${Base}_${Form}`, keyof T>
        : MissingForms<T[K]>;
    }[keyof T];
