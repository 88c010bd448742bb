import { z } from 'zod';
import type { CashAmount, CashLine } from '../domain/counting.ts';
import type { DepositState } from '../domain/deposit.ts';
import type { Currency } from '../domain/money.ts';
import { currencies } from '../domain/money.ts';
import { cashLines, channel, isoDate, nothing, requestId, rowId, witness, word } from './pieces.ts';

type Name = { readonly ar: string; readonly en: string };

export type BankAccount = {
  readonly id: number;
  readonly bank: string;
  /** Its number or IBAN. */
  readonly account: string;
  readonly currency: Currency;
  readonly name: string;
  readonly isActive: boolean;
  /** Money went to it: only its name changes, and whether it is in use. */
  readonly isUsed: boolean;
};

export type DepositableCheque = {
  readonly id: number;
  readonly bank: string;
  readonly chequeNumber: string;
  readonly drawer: string;
  readonly receiptNumber: string;
  readonly currency: Currency;
  readonly minor: number;
  readonly dueOn: string;
  /** It lies in the drawer of a shift that is still open. */
  readonly isInDrawer: boolean;
};

/** What there is to deposit. */
export type DepositSheet = {
  /** The date to which it will belong: today, or the day after once today is closed. */
  readonly businessDate: string;
  readonly amounts: readonly CashAmount[];
  readonly lines: readonly CashLine[];
  /** Cheques in hand whose day has come. */
  readonly cheques: readonly DepositableCheque[];
  readonly accounts: readonly BankAccount[];
};

export type DepositStep = {
  readonly state: DepositState;
  readonly by: Name;
  readonly atMs: number;
  readonly note: string;
  readonly bankReference: string;
  readonly bankDate: string | null;
};

export type DepositView = {
  readonly id: number;
  readonly number: number;
  /** As it stands on the slip: 'D-KY01-000031'. */
  readonly name: string;
  readonly businessDate: string;
  readonly atMs: number;
  readonly account: BankAccount;
  readonly slipNumber: string;
  readonly bagNumber: string;
  readonly preparedBy: Name;
  readonly secondPerson: Name;
  readonly state: DepositState;
  readonly currency: Currency;
  readonly cashMinor: number;
  readonly chequesMinor: number;
  readonly cash: readonly CashLine[];
  readonly cheques: readonly (Omit<DepositableCheque, 'isInDrawer'> & { readonly state: string })[];
  /** What the bank wrote to the account; null until its slip is here. */
  readonly confirmedMinor: number | null;
  readonly steps: readonly DepositStep[];
};

const paperNumber = z.string().trim().max(40);
const note = z.string().trim().max(300);
const supervisors = ['supervisor'] as const;
const watchers = ['supervisor', 'administrator', 'auditor'] as const;
const keepers = ['supervisor', 'administrator'] as const;

export const depositChannels = {
  'bankAccounts.list': channel<readonly BankAccount[]>()(nothing, watchers),
  /** A new one (id null), or another name for one that is there. */
  'bankAccounts.save': channel<readonly BankAccount[]>()(
    z.strictObject({
      id: rowId.nullable(),
      bank: word,
      account: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9][A-Z0-9 /-]{2,39}$/),
      currency: z.enum(currencies),
      name: z.string().trim().min(1).max(120),
      isActive: z.boolean(),
    }),
    keepers,
  ),
  'deposits.sheet': channel<DepositSheet>()(nothing, watchers),
  /** One deposit for each account, all or none; the second person proves with their PIN that they counted along. */
  'deposits.prepare': channel<readonly DepositView[]>()(
    z.strictObject({
      requestId,
      parts: z
        .array(
          z.strictObject({
            bankAccountId: rowId,
            slipNumber: paperNumber,
            bagNumber: paperNumber,
            cash: cashLines,
            chequeIds: z.array(rowId).max(1000),
          }),
        )
        .min(1)
        .max(10),
      second: witness,
    }),
    supervisors,
  ),
  'deposits.list': channel<readonly DepositView[]>()(
    z.strictObject({ from: isoDate, to: isoDate }),
    watchers,
  ),
  /** It left for the bank; or it is taken back before it left. */
  'deposits.move': channel<DepositView>()(
    z.strictObject({ requestId, depositId: rowId, to: z.enum(['deposited', 'cancelled']), note }),
    supervisors,
  ),
  /** The bank's slip is here; where it says another sum, a note says why. */
  'deposits.confirm': channel<DepositView>()(
    z.strictObject({
      requestId,
      depositId: rowId,
      bankReference: z.string().trim().min(1).max(40),
      bankDate: isoDate,
      minor: z.number().int().min(0).max(99_999_999_999),
      note,
    }),
    supervisors,
  ),
} as const;
