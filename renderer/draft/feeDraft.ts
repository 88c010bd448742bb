import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { isValidIdentity } from '../../shared/domain/identity.ts';
import { maxMinor, toDecimal } from '../../shared/domain/money.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { holdsCardNumber } from '../../shared/domain/tender.ts';
import type { SoldService } from '../../shared/ipc/contract.ts';
import type { FeeDraft, Occasional } from './payDraft.ts';
import type { FieldProblem } from './problems.ts';
import { rule, typed } from './problems.ts';

export type FeeField = 'service' | 'quantity' | 'unit' | 'note' | 'name' | 'identity';
export type FeeTexts = Readonly<Record<FeeField, string>>;

export const emptyFee: FeeTexts = { service: '', quantity: '1', unit: '', note: '', name: '', identity: '' };

export type FeeReading = {
  readonly fee: FeeDraft | null;
  readonly occasional: Occasional | null;
  /** Agorot; null while quantity or price is not one. */
  readonly totalMinor: number | null;
  readonly problems: ReadonlyMap<FeeField, FieldProblem>;
};

/** What one costs, as it stands in the field: what is typed, or the price that the service has. */
export function unitText({ service, unit }: FeeTexts, services: readonly SoldService[]): string {
  const priceMinor = services.find(({ code }) => code === service)?.priceMinor ?? null;
  return priceMinor === null ? unit : toDecimal({ minor: priceMinor, currency: 'ILS' });
}

/** A fee as it is typed now. @param needsPayer no account is open: who pays is written by name */
export function readFee(texts: FeeTexts, services: readonly SoldService[], needsPayer: boolean): FeeReading {
  const problems = new Map<FeeField, FieldProblem>();
  const service = services.find(({ code }) => code === texts.service);
  if (service === undefined) problems.set('service', typed('notInList'));
  const quantityText = foldDigits(stripInvisible(texts.quantity)).trim();
  const quantity = /^\d{1,5}$/.test(quantityText) ? Number(quantityText) : 0;
  if (quantity < 1 || quantity > 10_000) problems.set('quantity', typed('notWhole'));
  const unit = parseMoney(unitText(texts, services), 'ILS');
  if (!unit.ok) problems.set('unit', typed(unit.problem));
  else if (unit.minor === 0) problems.set('unit', typed('zero'));
  else if (unit.minor * quantity > maxMinor) problems.set('unit', typed('tooLarge'));
  const note = stripInvisible(texts.note).trim();
  if (holdsCardNumber(note)) problems.set('note', rule({ code: 'tender.cardNumber', params: {} }));
  const name = stripInvisible(texts.name).trim();
  const identity = foldDigits(stripInvisible(texts.identity)).trim();
  if (needsPayer) {
    if (name === '') problems.set('name', typed('required'));
    else if (holdsCardNumber(name)) problems.set('name', rule({ code: 'tender.cardNumber', params: {} }));
    if (identity !== '' && !isValidIdentity(identity)) problems.set('identity', typed('notIdentity'));
  }
  const hasTotal = !problems.has('quantity') && !problems.has('unit') && unit.ok;
  const isRight = problems.size === 0 && service !== undefined && unit.ok;
  return {
    fee: isRight
      ? { serviceCode: service.code, ar: service.ar, en: service.en, quantity, unitMinor: unit.minor, note }
      : null,
    occasional: isRight && needsPayer ? { name, identityNumber: identity === '' ? null : identity } : null,
    totalMinor: hasTotal ? unit.minor * quantity : null,
    problems,
  };
}
