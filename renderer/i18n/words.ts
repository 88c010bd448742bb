import type { ar } from './ar.ts';

type ArabicOnly = 'zero' | 'two' | 'few' | 'many';
type Form = ArabicOnly | 'one' | 'other';

/** The shape that another language has to fill: every key of the Arabic, without the plural forms it has not. */
export type Words<T = typeof ar> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : { readonly [K in keyof T as K extends `${string}_${ArabicOnly}` ? never : K]: Words<T[K]> };

/** The counted words of the Arabic that lack one of its six forms: never, or it does not compile. */
type MissingForms<T> = T extends string | readonly string[]
  ? never
  : {
      [K in keyof T]: K extends `${infer Base}_other`
        ? Exclude<`${Base}_${Form}`, keyof T>
        : MissingForms<T[K]>;
    }[keyof T];

type None<T extends never> = T;
export type AllSixFormsAreThere = None<MissingForms<typeof ar>>;
