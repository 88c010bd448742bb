import { addDays, addPeriods } from '../../shared/domain/dates.ts';
import type { BillKind } from '../../shared/domain/bill.ts';
import type { MadeAccount } from './accounts.ts';
import type { Random } from './random.ts';

export type MadeBill = {
  readonly serviceCode: string;
  readonly month: BillingMonth;
  readonly kind: BillKind;
  readonly amountMinor: number;
  paidMinor: number;
};

export type BillingMonth = {
  readonly period: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** YYMM of the day of issue: bill numbers begin with it. */
  readonly stamp: string;
};

/** The closed months before today, oldest first; each is billed on the first of the next and due after thirty days. */
export function billingMonths(today: string, count: number): BillingMonth[] {
  const current = today.slice(0, 7);
  return Array.from({ length: count }, (_, index) => {
    const period = addPeriods(current, index - count);
    const issuedOn = `${addPeriods(period, 1)}-01`;
    return {
      period,
      issuedOn,
      dueOn: addDays(issuedOn, 30),
      stamp: issuedOn.slice(2, 4) + issuedOn.slice(5, 7),
    };
  });
}

/** The monthly bill of each category and about what it comes to, in whole shekels. */
const monthlyBills: Readonly<Record<string, readonly [serviceCode: string, least: number, most: number]>> = {
  domestic: ['collection', 25, 95],
  trade: ['water', 40, 260],
  craft: ['water', 60, 380],
  institution: ['water', 120, 900],
  farm: ['wellWater', 80, 600],
  stall: ['stallRent', 50, 150],
};

type Extra = readonly [serviceCode: string, share: number, least: number, most: number, kind: BillKind];
const extras: readonly Extra[] = [
  ['propertyTax', 0.12, 80, 450, 'charge'],
  ['tradeLicence', 0.7, 100, 600, 'charge'],
  ['signs', 0.3, 40, 250, 'charge'],
  ['lateFine', 0.08, 5, 40, 'fine'],
  ['violationFine', 0.03, 50, 300, 'fine'],
];

/**
 * The bills of one account, oldest first, with what has been paid of them.
 * @param count how many at most; without it one for each month and what comes on top
 */
export function makeBills(
  random: Random,
  account: Pick<MadeAccount, 'categoryCode' | 'services'>,
  months: readonly BillingMonth[],
  count?: number,
): MadeBill[] {
  const bills: { at: number; bill: MadeBill }[] = [];
  function add(at: number, serviceCode: string, kind: BillKind, least: number, most: number): void {
    const month = months[at];
    if (month === undefined) return;
    // Bills end in tens of agorot: there is no smaller coin.
    const amountMinor = random.between(least * 10, most * 10) * 10;
    bills.push({ at, bill: { serviceCode, month, kind, amountMinor, paidMinor: 0 } });
  }

  for (const [code, share, least, most, kind] of extras) {
    const concerns = code === 'tradeLicence' || code === 'signs' ? has(account, code) : true;
    if (!concerns || !random.chance(share) || (count !== undefined && bills.length + 1 >= count)) continue;
    add(random.between(0, months.length - 1), code, kind, least, most);
  }
  const [code, least, most] = monthlyBills[account.categoryCode] ?? ['collection', 25, 95];
  const regular = Math.min(months.length, count === undefined ? months.length : count - bills.length);
  for (let i = 0; i < regular; i++)
    add(Math.floor(((i + 1) * months.length) / regular) - 1, code, 'charge', least, most);

  bills.sort((a, b) => a.at - b.at);
  const made = bills.map(({ bill }) => bill);
  settle(random, made);
  return made;
}

function has(account: Pick<MadeAccount, 'services'>, code: string): boolean {
  return account.services.some(([service]) => service === code);
}

/**
 * Pays some of the bills, so that about 40 % are paid over all accounts (handbook: product.md): few pay everything,
 * many paid once and stopped, some pay now and then, a quarter never.
 */
function settle(random: Random, bills: readonly MadeBill[]): void {
  const habit = random.next();
  if (habit < 0.12) {
    const open = random.chance(0.5) ? 1 : 0;
    payFirst(bills, bills.length - open);
  } else if (habit < 0.57) {
    const paid = Math.floor(bills.length * (0.15 + random.next() * 0.6));
    payFirst(bills, paid);
    const next = bills[paid];
    if (next !== undefined && next.kind === 'charge' && random.chance(0.3)) {
      next.paidMinor = Math.floor((next.amountMinor * random.between(1, 8)) / 100) * 10;
    }
  } else if (habit < 0.77) {
    for (const bill of bills) if (random.chance(0.4)) bill.paidMinor = bill.amountMinor;
  }
}

function payFirst(bills: readonly MadeBill[], count: number): void {
  for (const bill of bills.slice(0, Math.max(0, count))) bill.paidMinor = bill.amountMinor;
}
