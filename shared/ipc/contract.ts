import { z } from 'zod';
import type { Bill } from '../domain/bill.ts';
import type { Rates } from '../domain/exchange.ts';
import { foreignCurrencies } from '../domain/exchange.ts';
import type { Currency } from '../domain/money.ts';
import { currencies } from '../domain/money.ts';
import type { ReceiptContent } from '../domain/receipt.ts';
import type { UndoReason } from '../domain/receipt.ts';
import { undoReasons } from '../domain/receipt.ts';
import type { ChequeState, TransferState } from '../domain/registers.ts';
import { chequeStates, transferStates } from '../domain/registers.ts';
import type { Role } from '../domain/roles.ts';
import { accountCodePattern } from '../domain/reports/accounts.ts';
import type { SurplusCause } from '../domain/surplus.ts';
import { tenderKinds } from '../domain/tender.ts';
import type { PendingTransfer, StatementProposal } from '../domain/statement.ts';
import { roles } from '../domain/roles.ts';
import type { ErrorCode, FatalReason } from '../errors.ts';
import type { Person } from './pieces.ts';
import {
  bilingual,
  channel,
  findText,
  isoDate,
  language,
  login,
  minor,
  name,
  nothing,
  requestId,
  rowId,
  secret,
  tillCode,
  word,
} from './pieces.ts';
import { documentChannels } from './documents.ts';
import type { CrestProblem, PrintState } from '../domain/printed.ts';
import type { PrinterStatus } from './printing.ts';
import { printersSchema, printingChannels, routesSchema, wrongPrinterSetting } from './printing.ts';
import { cashMoveContents, custodyChannels } from './custody.ts';
import { dayChannels, dayException } from './days.ts';
import { depositChannels } from './deposits.ts';
import { reportChannels } from './reports.ts';
import type { ShiftState } from './shifts.ts';
import { shiftChannels } from './shifts.ts';

export type * from './custody.ts';
export type * from './days.ts';
export type * from './deposits.ts';
export type * from './reports.ts';
export type { Person } from './pieces.ts';
export type { PrintState } from '../domain/printed.ts';
export type { PrinterStatus, PrintProblem } from './printing.ts';
export type * from './shifts.ts';

/**
 * Every channel between the window and main: what goes in (validated in main), what comes out, and who may call.
 * Inputs come from a renderer that may be anything by then, so they are values; outputs are ours, so they are types.
 */

// ---- pieces of input -------------------------------------------------------------------------------------------

const payer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), accountId: rowId }),
  z.strictObject({
    kind: z.literal('occasional'),
    name,
    identityNumber: z
      .string()
      .regex(/^\d{9}$/)
      .nullable(),
  }),
]);
const paymentLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bill'), accountId: rowId, billId: rowId, minor }),
  z.strictObject({ kind: z.literal('advance'), accountId: rowId, minor }),
  z.strictObject({
    kind: z.literal('fee'),
    serviceCode: z.string().min(1).max(40),
    quantity: z.number().int().min(1).max(10_000),
    unitMinor: minor,
    note: z.string().trim().max(120),
  }),
]);
const tender = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cash'),
    currency: z.enum(currencies),
    receivedMinor: minor,
    wornMinor: z.number().int().min(0),
  }),
  z.strictObject({
    kind: z.literal('cheque'),
    currency: z.enum(currencies),
    receivedMinor: minor,
    bank: word,
    branch: z.string().trim().max(60),
    chequeNumber: word,
    chequeAccount: word,
    drawer: name,
    dueOn: isoDate,
  }),
  z.strictObject({
    kind: z.literal('card'),
    currency: z.literal('ILS'),
    receivedMinor: minor,
    terminal: word,
    approvalCode: word,
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    currency: z.enum(currencies),
    receivedMinor: minor,
    provider: word,
    reference: word,
    sender: name,
    sentOn: isoDate,
  }),
  z.strictObject({
    kind: z.literal('entitlement'),
    currency: z.literal('ILS'),
    receivedMinor: minor,
    employeeNumber: word,
    month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
    letterNumber: word,
  }),
  z.strictObject({
    kind: z.literal('waiver'),
    currency: z.literal('ILS'),
    receivedMinor: minor,
    decisionNumber: word,
    decisionOn: isoDate,
  }),
  z.strictObject({
    kind: z.literal('credit'),
    currency: z.literal('ILS'),
    receivedMinor: minor,
    accountId: rowId,
  }),
]);

const paymentLines = z.array(paymentLine).min(1).max(500);
const tenders = z.array(tender).max(20);

const bookLeaf = z.strictObject({
  bookId: rowId,
  leaf: z.number().int().min(1).max(9_999_999),
  writtenOn: isoDate,
  writtenBy: rowId,
});

const undoContents = z.strictObject({
  paymentId: rowId,
  reason: z.enum(undoReasons),
  explanation: z.string().trim().min(3).max(300),
});
const approvableAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('payment.undo'), contents: undoContents }),
  z.strictObject({
    kind: z.literal('payment.waiver'),
    contents: z.strictObject({ requestId, payer, lines: paymentLines, tenders }),
  }),
  z.strictObject({
    kind: z.literal('cash.move'),
    contents: z.strictObject({ requestId, ...cashMoveContents.shape }),
  }),
  /** An administrator lets a supervisor who took money close the day. */
  z.strictObject({ kind: z.literal('day.exception'), contents: dayException }),
]);
export type ApprovableAct = z.infer<typeof approvableAct>;

const settingsShape = z.strictObject({
  municipality: bilingual,
  centre: bilingual,
  defaultLanguage: language,
  idleLockMinutes: z.number().int().min(1).max(120),
  /** The smallest coin that is still given: cash is rounded to it. Agorot. */
  smallestCoinMinor: z.number().int().min(1).max(100),
  /** Cash in or out of a drawer without a receipt above this needs a supervisor. Agorot. */
  cashMoveLimitMinor: z.number().int().min(0).max(10_000_000),
  printers: printersSchema,
  /** Which document goes to which of them. */
  routes: routesSchema,
  /** Codes of the municipality's books, by what is posted to them (shared/domain/reports/accounts.ts). */
  accountCodes: z.record(z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/), z.string().regex(accountCodePattern)),
});
export const settingsSchema = settingsShape.superRefine((settings, context) => {
  const field = wrongPrinterSetting(settings);
  if (field !== null)
    context.addIssue({ code: 'custom', path: [field], message: 'contradicts the printers' });
});
export type Settings = z.infer<typeof settingsSchema>;

// ---- pieces of output ------------------------------------------------------------------------------------------

export type SessionState =
  | { readonly kind: 'none' }
  | { readonly kind: 'locked'; readonly person: Person }
  | { readonly kind: 'active'; readonly person: Person; readonly idleLockMinutes: number };

/** What stands above every paper. */
export type LogoView = {
  /** Of the municipality's own file; null: the crest that comes with the program. */
  readonly name: string | null;
  /** Why papers have none. */
  readonly problem: CrestProblem | null;
  /** As it comes out in black and white, a data URL. */
  readonly picture: string | null;
};

export type StorageHealth = {
  /** The whole-file check in the background: not yet, running, fine, and when it ended. */
  readonly check: 'pending' | 'running' | 'ok';
  readonly checkedAtMs: number | null;
  readonly keyProtection: 'system' | 'file';
};

export type CounterStatus = {
  readonly phase: 'firstRun' | 'ready' | 'fatal';
  readonly fatal: {
    readonly reason: FatalReason;
    readonly file: string;
    readonly backupFolder: string;
  } | null;
  readonly version: string;
  readonly till: string | null;
  readonly municipality: { readonly ar: string; readonly en: string } | null;
  readonly centre: { readonly ar: string; readonly en: string } | null;
  readonly defaultLanguage: 'ar' | 'en';
  readonly isDemonstration: boolean;
  readonly businessDate: string;
  readonly printer: PrinterStatus | null;
  readonly storage: StorageHealth | null;
  /** Acts waiting for the central server; there is none until it is connected. */
  readonly outboxWaiting: number;
};

/** Signed-in names for the demonstration's first screen, so that whoever tries it need not read a file. */
export type DemonstrationSignIns = readonly {
  readonly login: string;
  readonly pin: string;
  readonly role: Role;
  readonly nameAr: string;
  readonly nameEn: string;
}[];

export type SearchHit = {
  readonly accountId: number;
  readonly accountNumber: string;
  readonly name: string;
  readonly identityNumber: string | null;
  readonly quarter: string;
  readonly category: { readonly ar: string; readonly en: string };
  readonly owedMinor: number;
  /** Why it was found, where it was not by name. */
  readonly matched: 'name' | 'account' | 'identity' | 'phone' | 'meter' | 'bill' | 'receipt';
  readonly matchedText: string | null;
  /** Set when a bill's own number or barcode was given: the counter ticks it. */
  readonly billId: number | null;
};

export type AccountView = {
  readonly id: number;
  readonly number: string;
  readonly citizen: {
    readonly id: number;
    readonly name: string;
    readonly identityNumber: string | null;
    readonly phones: readonly string[];
    /** The person's other accounts, so that the cashier can say "you also have …". */
    readonly otherAccounts: readonly {
      readonly id: number;
      readonly number: string;
      readonly owedMinor: number;
    }[];
  };
  readonly category: { readonly code: string; readonly ar: string; readonly en: string };
  readonly quarter: string;
  readonly address: string;
  readonly services: readonly {
    readonly code: string;
    readonly ar: string;
    readonly en: string;
    readonly meter: string | null;
  }[];
  /** Oldest first. */
  readonly openBills: readonly (Bill & {
    readonly serviceAr: string;
    readonly serviceEn: string;
    /** The least of it that is taken at once. */
    readonly leastMinor: number;
  })[];
  readonly creditMinor: number;
  /** Where credit came from without anybody paying: the last bills that were paid here and settled elsewhere as well. */
  readonly surpluses: readonly SurplusNote[];
  readonly owedMinor: number;
  readonly arrearsMinor: number;
  readonly finesMinor: number;
  /** Cheques of this account that came back: said before another one is taken. */
  readonly bouncedCheques: number;
  /** When the balances were true: the last import, pull or act of this till. */
  readonly asOfMs: number;
  readonly lastReceipts: readonly ReceiptSummary[];
};

/** What was paid here for a bill beyond what it came to later; agorot. */
export type SurplusNote = {
  readonly id: number;
  readonly billNumber: string;
  readonly serviceAr: string;
  readonly serviceEn: string;
  readonly period: string;
  readonly cause: SurplusCause;
  readonly minor: number;
  readonly businessDate: string;
};

export type ReceiptSummary = {
  readonly paymentId: number;
  readonly number: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly totalMinor: number;
  readonly payerName: string;
  /** Null where the payer is not registered. */
  readonly accountNumber: string | null;
  readonly cashierAr: string;
  readonly cashierEn: string;
  readonly printState: PrintState;
  readonly copies: number;
  /** How it was taken back; null: it stands. */
  readonly undone: 'void' | 'reversal' | null;
};

/** The day's rates, ten-thousandths of a shekel for one unit; the last known ones to start from. */
export type RatesView = {
  readonly businessDate: string;
  readonly today: Rates;
  readonly last: Rates;
};

/** What the counter reckons with: the rates, and the coin that cash is rounded to (agorot). */
export type CounterRates = RatesView & { readonly smallestCoinMinor: number };

export type SoldService = {
  readonly code: string;
  readonly ar: string;
  readonly en: string;
  /** What one costs, agorot; null: the amount is typed. */
  readonly priceMinor: number | null;
};

export type PaymentTaken = {
  readonly paymentId: number;
  readonly receipt: ReceiptContent;
  readonly printJobId: number;
  /** True when the same request had already been carried out: nothing was written this time. */
  readonly wasAlreadyTaken: boolean;
  /** The payer's account, as it is now; null for who is not registered. */
  readonly account: AccountView | null;
  readonly shift: ShiftState;
};

export type UndoPreview = {
  readonly kind: 'void' | 'reversal';
  readonly receiptNumber: string;
  readonly payerName: string;
  readonly totalMinor: number;
  /** Cash over the counter, each currency by itself; negative: the payer gives it back. */
  readonly returned: readonly { readonly currency: Currency; readonly minor: number }[];
  /** Why it can't be taken back now; null when it can. */
  readonly refusal: { readonly code: ErrorCode; readonly params: Readonly<Record<string, unknown>> } | null;
};

export type PaymentUndone = {
  readonly kind: 'void' | 'reversal';
  readonly printJobId: number;
  readonly slip: ReceiptContent;
  readonly wasAlreadyDone: boolean;
  readonly account: AccountView | null;
};

export type RegisterStep = {
  readonly state: string;
  readonly note: string;
  readonly personAr: string;
  readonly personEn: string;
  readonly atMs: number;
};
type Registered = {
  readonly id: number;
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly payerName: string;
  readonly accountNumber: string | null;
  readonly currency: Currency;
  readonly minor: number;
  readonly valueMinor: number;
  readonly takenAtMs: number;
  readonly steps: readonly RegisterStep[];
};
export type ChequeView = Registered & {
  readonly bank: string;
  readonly branch: string;
  readonly chequeNumber: string;
  readonly chequeAccount: string;
  readonly drawer: string;
  readonly dueOn: string;
  /** In hand and its day has come. */
  readonly isDue: boolean;
  /** Its picture is kept: registers.chequePicture. */
  readonly hasPicture: boolean;
  readonly state: ChequeState;
};
export type TransferView = Registered & {
  readonly provider: string;
  readonly reference: string;
  readonly sender: string;
  readonly sentOn: string;
  readonly state: TransferState;
};

/** A provider that has transfers waiting to be matched. */
export type WaitingProvider = { readonly provider: string; readonly count: number };

/** A transfer that waits, as it is shown beside a statement. */
export type StatementTransfer = PendingTransfer & Pick<TransferView, 'payerName' | 'sentOn'>;

/** A proposal, with every transfer of the provider that it speaks of. */
export type LaidStatement = StatementProposal & { readonly transfers: readonly StatementTransfer[] };

export type EntitlementView = {
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly payerName: string;
  readonly accountNumber: string | null;
  readonly employeeNumber: string;
  readonly month: string;
  readonly letterNumber: string;
  readonly minor: number;
  readonly businessDate: string;
  readonly isUndone: boolean;
};

export type UndoneView = {
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly kind: 'void' | 'reversal';
  readonly reason: UndoReason;
  readonly explanation: string;
  readonly totalMinor: number;
  readonly payerName: string;
  readonly takenAtMs: number;
  readonly atMs: number;
  readonly byAr: string;
  readonly byEn: string;
  readonly approvedByAr: string;
  readonly approvedByEn: string;
};

export type BookView = {
  readonly id: number;
  readonly code: string;
  readonly firstLeaf: number;
  readonly lastLeaf: number;
  readonly entered: number;
  readonly voided: readonly { readonly leaf: number; readonly reason: string }[];
  /** Leaves before the last one that was used, of which nothing is known. */
  readonly missing: readonly number[];
};
export type BooksView = {
  readonly books: readonly BookView[];
  /** Who may have written a leaf. */
  readonly writers: readonly { readonly id: number; readonly nameAr: string; readonly nameEn: string }[];
};

export type StatementMapping = { readonly reference: string; readonly amount: string };
export type StatementFile = {
  readonly token: string;
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly lines: number;
  /** As it was mapped for this provider before; null where it never was or the file has other columns. */
  readonly mapping: StatementMapping | null;
};

export type UserView = Person & {
  readonly isActive: boolean;
  readonly isLocked: boolean;
  readonly lastSignInAtMs: number | null;
};

export type JournalRow = {
  readonly sequence: number;
  readonly atMs: number;
  readonly businessDate: string;
  readonly act: string;
  readonly actor: string | null;
  readonly till: string;
  /** The canonical text that was signed. */
  readonly text: string;
  readonly hash: string;
};

export type VerifyReport = {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string;
  readonly receipts: number;
  /** The first thing that is wrong, in the order of the journal. */
  readonly firstProblem: {
    readonly sequence: number | null;
    readonly kind: VerifyProblem;
    readonly detail: string;
  } | null;
};
export type VerifyProblem =
  | 'unreadable'
  | 'sequenceGap'
  | 'chainBroken'
  | 'hashWrong'
  | 'signatureWrong'
  | 'notCanonical'
  | 'numberGap'
  | 'numberRepeated'
  | 'stateWrong'
  | 'sumWrong'
  | 'rowsDiffer'
  | 'qrWrong';

export const importKinds = ['accounts', 'bills'] as const;
export type ImportKind = (typeof importKinds)[number];

export type ImportBadLine = {
  readonly line: number;
  readonly column: string | null;
  readonly reason: ImportProblem;
  readonly value: string;
};
export type ImportProblem =
  | 'empty'
  | 'tooLong'
  | 'notANumber'
  | 'negative'
  | 'zero'
  | 'tooManyDecimals'
  | 'tooLarge'
  | 'notADate'
  | 'notAPeriod'
  | 'identityInvalid'
  | 'unknownService'
  | 'unknownAccount'
  | 'unknownCategory'
  | 'unknownKind'
  | 'repeatedInFile'
  | 'belongsToAnotherAccount'
  | 'paidMoreThanNewAmount'
  | 'waivedHere'
  | 'dueBeforeIssued'
  | 'tooFewColumns'
  | 'tooManyColumns'
  | 'badQuoting';

export type ImportPreview = {
  readonly token: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256';
  readonly delimiter: ',' | ';' | '\t';
  readonly lines: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Every bad line is counted; the first 500 are listed here, all of them in the saved list. */
  readonly badLines: number;
  /** Bills that were paid at this till beyond what they come to now: so much becomes credit, agorot. */
  readonly surpluses: number;
  readonly surplusMinor: number;
  readonly bad: readonly ImportBadLine[];
  readonly sample: readonly Readonly<Record<string, string>>[];
};

export type ImportDone = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly surpluses: number;
  readonly surplusMinor: number;
};

// ---- the table -------------------------------------------------------------------------------------------------

export const contract = {
  'app.status': channel<CounterStatus>()(nothing, 'anyone'),
  /** Tells main that somebody is there: puts off the idle lock. */
  'session.touch': channel<SessionState>()(nothing, 'anyone'),

  'setup.create': channel<CounterStatus>()(
    z.strictObject({
      municipality: bilingual,
      centre: bilingual,
      till: tillCode,
      language,
      administrator: z.strictObject({ login, nameAr: name, nameEn: z.string().trim().max(120), secret }),
    }),
    'anyone',
  ),
  'setup.demonstration': channel<{ status: CounterStatus; signIns: DemonstrationSignIns }>()(
    z.strictObject({ language, accounts: z.number().int().min(10).max(1_000_000).default(2000) }),
    'anyone',
  ),
  /** The demonstration's people and PINs; empty in a real municipality. */
  'setup.signIns': channel<DemonstrationSignIns>()(nothing, 'anyone'),

  'session.current': channel<SessionState>()(nothing, 'anyone'),
  'session.signIn': channel<{ session: SessionState; shift: ShiftState | null }>()(
    z.strictObject({ login, secret }),
    'anyone',
  ),
  /** A secret as it is being typed: its key takes long on purpose and is begun before it is asked for. */
  'session.anticipate': channel<Record<never, never>>()(
    z.strictObject({ login: login.nullable(), secret }),
    'anyone',
  ),
  'session.unlock': channel<{ session: SessionState }>()(z.strictObject({ secret }), 'anyone'),
  'session.lock': channel<SessionState>()(nothing, 'anyone'),
  'session.signOut': channel<SessionState>()(nothing, 'anyone'),
  'session.changeSecret': channel<Record<never, never>>()(
    z.strictObject({ current: secret, next: secret }),
    'signedIn',
  ),

  ...shiftChannels,
  ...custodyChannels,
  ...dayChannels,
  ...reportChannels,
  ...depositChannels,

  'accounts.search': channel<readonly SearchHit[]>()(
    z.strictObject({ text: z.string().max(600) }),
    'signedIn',
  ),
  'accounts.open': channel<AccountView>()(z.strictObject({ accountId: rowId }), 'signedIn'),

  'rates.today': channel<CounterRates>()(nothing, 'signedIn'),
  /** The supervisor sets or confirms the day's rates; `isSure` once the unlikely one was asked about. */
  'rates.set': channel<RatesView>()(
    z.strictObject({
      rates: z
        .array(z.strictObject({ currency: z.enum(foreignCurrencies), rate: z.number().int() }))
        .min(1)
        .max(foreignCurrencies.length),
      isSure: z.boolean(),
    }),
    ['supervisor', 'administrator'],
  ),

  /** What is sold over the counter. */
  'services.sold': channel<readonly SoldService[]>()(nothing, 'signedIn'),

  'payments.take': channel<PaymentTaken>()(
    z.strictObject({
      requestId,
      payer,
      lines: paymentLines,
      tenders,
      change: z.array(z.strictObject({ currency: z.enum(currencies), minor })).max(3),
      changeCredit: z.strictObject({ accountId: rowId, minor }).nullable(),
      /** The rates that the cashier saw: others meanwhile, and the payment is refused. */
      rates: z.strictObject({ JOD: z.number().int().optional(), USD: z.number().int().optional() }),
      /** A supervisor's word for the waivers among the tenders; null where there are none. */
      approvalId: rowId.nullable(),
      /** Entered from a paper book; null for a receipt of the till's own. */
      book: bookLeaf.nullable(),
    }),
    ['cashier', 'supervisor'],
  ),

  /** A supervisor's word, at this PC with their own PIN, for exactly one act with exactly these contents. */
  'approvals.grant': channel<{ approvalId: number; approver: { ar: string; en: string } }>()(
    z.strictObject({ act: approvableAct, login, secret }),
    ['cashier', 'supervisor'],
  ),
  /** Takes a receipt back: a void in its own shift, a reversal later. */
  'payments.undo': channel<PaymentUndone>()(
    z.strictObject({ requestId, undo: undoContents, approvalId: rowId }),
    ['cashier', 'supervisor'],
  ),
  /** What taking it back would do, before anybody is asked. */
  'payments.undoPreview': channel<UndoPreview>()(z.strictObject({ paymentId: rowId }), [
    'cashier',
    'supervisor',
  ]),

  /** `text`: any part of names and numbers, or a scanned receipt; empty for all. At most `registerRows`. */
  'registers.cheques': channel<readonly ChequeView[]>()(
    z.strictObject({ state: z.enum(chequeStates).nullable(), text: findText }),
    ['supervisor', 'administrator', 'auditor'],
  ),
  /** In hand → deposited → cleared or bounced; bounced → returned to its drawer. */
  'registers.moveCheque': channel<ChequeView>()(
    z.strictObject({
      requestId,
      chequeId: rowId,
      to: z.enum(['deposited', 'cleared', 'bounced', 'returned']),
      note: z.string().trim().max(200),
      /** What the bank took for a bounce, owed by the payer; null for none. Agorot. */
      feeMinor: minor.nullable(),
    }),
    ['supervisor'],
  ),
  /** A data URL; null for a cheque without one. */
  'registers.chequePicture': channel<{ readonly picture: string | null }>()(
    z.strictObject({ chequeId: rowId }),
    ['supervisor', 'administrator', 'auditor'],
  ),
  /** Asks for the file of its picture, once for each cheque; null when the person closed the dialog. */
  'registers.attachPicture': channel<ChequeView | null>()(z.strictObject({ chequeId: rowId }), [
    'supervisor',
  ]),
  'registers.transfers': channel<readonly TransferView[]>()(
    z.strictObject({ state: z.enum(transferStates).nullable(), text: findText }),
    ['supervisor', 'administrator', 'auditor'],
  ),
  'registers.settleTransfer': channel<TransferView>()(
    z.strictObject({
      requestId,
      transferId: rowId,
      to: z.enum(['matched', 'rejected']),
      note: z.string().trim().max(200),
    }),
    ['supervisor'],
  ),

  /** Paid from what employers owe, for the finance department; of one month or all. */
  'registers.entitlements': channel<readonly EntitlementView[]>()(
    z.strictObject({
      month: z
        .string()
        .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
        .nullable(),
    }),
    ['supervisor', 'administrator', 'auditor'],
  ),
  /** Receipts taken back: who, why, when, approved by whom. */
  'reports.undone': channel<readonly UndoneView[]>()(z.strictObject({ from: isoDate, to: isoDate }), [
    'supervisor',
    'administrator',
    'auditor',
  ]),
  /** A payment was begun and left: recorded, so that nothing at the counter happens unseen. */
  'payments.abandon': channel<Record<never, never>>()(
    z.strictObject({
      accountId: rowId.nullable(),
      totalMinor: z.number().int().min(0).max(99_999_999_999),
      receivedKinds: z.array(z.enum(tenderKinds)).max(20),
    }),
    ['cashier', 'supervisor'],
  ),

  'books.list': channel<BooksView>()(nothing, 'signedIn'),
  'books.issue': channel<BooksView>()(
    z.strictObject({
      code: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9]{1,8}$/),
      firstLeaf: z.number().int().min(1).max(9_999_000),
      lastLeaf: z.number().int().min(1).max(9_999_999),
    }),
    ['supervisor', 'administrator'],
  ),
  /** A leaf that was spoilt, or is empty for good. */
  'books.voidLeaf': channel<BooksView>()(
    z.strictObject({
      bookId: rowId,
      leaf: z.number().int().min(1),
      reason: z.string().trim().min(3).max(200),
    }),
    ['supervisor'],
  ),

  'statements.waiting': channel<readonly WaitingProvider[]>()(nothing, ['supervisor']),
  /** Opens a provider's statement through the system's dialog; null: the person closed it. */
  'statements.open': channel<StatementFile | null>()(z.strictObject({ provider: word }), ['supervisor']),
  /** Which column says what, remembered for the provider; then what fits what. */
  'statements.propose': channel<LaidStatement>()(
    z.strictObject({
      token: z.uuid(),
      mapping: z.strictObject({ reference: z.string().max(200), amount: z.string().max(200) }),
    }),
    ['supervisor'],
  ),
  'statements.confirm': channel<{ matched: number }>()(
    z.strictObject({ token: z.uuid(), transferIds: z.array(rowId).min(1).max(10_000) }),
    ['supervisor'],
  ),

  'receipts.get': channel<{ content: ReceiptContent; summary: ReceiptSummary; jobId: number }>()(
    z.strictObject({ paymentId: rowId }),
    'signedIn',
  ),
  /** The very bitmap that goes to the paper, as a PNG data URL, with the number of the copy it would carry. */
  'receipts.picture': channel<{ png: string; width: number; height: number }>()(
    z.strictObject({ paymentId: rowId }),
    'signedIn',
  ),
  'receipts.find': channel<readonly ReceiptSummary[]>()(
    z.strictObject({ text: findText, limit: z.number().int().min(1).max(200) }),
    'signedIn',
  ),
  ...printingChannels,
  ...documentChannels,

  'audit.entries': channel<{ rows: readonly JournalRow[]; total: number }>()(
    z.strictObject({
      beforeSequence: rowId.nullable(),
      act: z.string().max(40).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    ['supervisor', 'administrator', 'auditor'],
  ),
  'audit.verify': channel<VerifyReport>()(nothing, ['supervisor', 'administrator', 'auditor']),
  /** The till's public key as PEM, for inspectors (docs/receipt-qr.md). */
  'audit.publicKey': channel<{ pem: string; keyId: string }>()(nothing, [
    'supervisor',
    'administrator',
    'auditor',
  ]),

  'users.list': channel<readonly UserView[]>()(nothing, ['administrator', 'auditor']),
  'users.create': channel<readonly UserView[]>()(
    z.strictObject({ login, nameAr: name, nameEn: z.string().trim().max(120), role: z.enum(roles), secret }),
    ['administrator'],
  ),
  'users.update': channel<readonly UserView[]>()(
    z.strictObject({ id: rowId, role: z.enum(roles), isActive: z.boolean() }),
    ['administrator'],
  ),
  /** Sets a new secret and lifts a lock. */
  'users.resetSecret': channel<readonly UserView[]>()(z.strictObject({ id: rowId, secret }), [
    'administrator',
  ]),

  'settings.get': channel<Settings>()(nothing, ['administrator', 'supervisor', 'auditor']),
  'settings.set': channel<Settings>()(settingsSchema, ['administrator']),
  'logo.get': channel<LogoView>()(nothing, ['administrator']),
  /** Asks for a picture's file; null when the person closed the dialog. */
  'logo.choose': channel<LogoView | null>()(nothing, ['administrator']),
  /** The crest that comes with the program again. */
  'logo.remove': channel<LogoView>()(nothing, ['administrator']),

  /** Opens the system's file dialog in main; the renderer never names a path. Null: the person closed it. */
  'import.preview': channel<ImportPreview | null>()(z.strictObject({ kind: z.enum(importKinds) }), [
    'administrator',
  ]),
  'import.confirm': channel<ImportDone>()(z.strictObject({ token: z.uuid() }), ['administrator']),
  'import.cancel': channel<Record<never, never>>()(z.strictObject({ token: z.uuid() }), ['administrator']),
  /** Saves every bad line as CSV through the system's dialog. */
  'import.saveBadLines': channel<{ saved: boolean }>()(z.strictObject({ token: z.uuid() }), [
    'administrator',
  ]),
} as const;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type Input<C extends ChannelName> = z.input<Contract[C]['input']>;
export type ParsedInput<C extends ChannelName> = z.output<Contract[C]['input']>;
export type Output<C extends ChannelName> =
  | NonNullable<Contract[C]['output']>
  | (null extends Contract[C]['output'] ? null : never);
