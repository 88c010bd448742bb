import type { MoneyProblem } from '../../shared/domain/moneyInput.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Problem } from '../client.ts';

/** What is wrong with a text as it was typed; its words are in i18n under `money`. */
export type TypedProblem =
  | MoneyProblem
  | 'zero'
  | 'required'
  | 'notADate'
  | 'notAMonth'
  | 'notInList'
  | 'notWhole'
  | 'notALeaf'
  | 'notIdentity'
  | 'moreThanChange';

/** What stands at a field: a text that cannot be used, or a rule of the counter. */
export type FieldProblem = { readonly kind: 'typed'; readonly problem: TypedProblem } | RuleProblem;
export type RuleProblem = { readonly kind: 'rule'; readonly problem: Problem };

export function typed(problem: TypedProblem): FieldProblem {
  return { kind: 'typed', problem };
}

export function rule(problem: Problem): RuleProblem {
  return { kind: 'rule', problem };
}

/** Asks the counter's own rules; a refusal comes back as what to say. Anything else is a defect and goes on. */
export function judged<T>(decide: () => T): { readonly value: T } | { readonly problem: RuleProblem } {
  try {
    return { value: decide() };
  } catch (cause) {
    if (cause instanceof Refusal)
      return { problem: rule({ code: cause.code, params: cause.params } as Problem) };
    throw cause;
  }
}
