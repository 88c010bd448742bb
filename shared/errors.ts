import type { Currency } from './domain/money.ts';

/**
 * Every way the counter can say no, and what the sentence on the screen needs to know.
 * A new code without wording in renderer/i18n does not compile.
 */
export type ErrorParams = {
  'request.invalid': Record<never, never>;
  'request.reused': Record<never, never>;
  internal: { incident: string };
  'session.required': Record<never, never>;
  'session.locked': Record<never, never>;
  'session.forbidden': Record<never, never>;
  'signIn.wrong': { attemptsLeft: number };
  'signIn.wait': { seconds: number };
  'signIn.locked': Record<never, never>;
  'setup.alreadyDone': Record<never, never>;
  'setup.required': Record<never, never>;
  'secret.tooShort': { minimum: number };
  'secret.tooSimple': Record<never, never>;
  'user.loginTaken': { login: string };
  'user.notFound': Record<never, never>;
  'user.lastAdministrator': Record<never, never>;
  'shift.notOpen': Record<never, never>;
  'shift.alreadyOpen': { till: string; person: string };
  'shift.unknownDenomination': Record<never, never>;
  'shift.suspended': Record<never, never>;
  'shift.counted': Record<never, never>;
  'shift.notCounted': Record<never, never>;
  'shift.forgotten': { businessDate: string };
  'shift.closed': { till: string };
  'shift.own': Record<never, never>;
  'till.notFound': { till: string };
  'till.exists': { till: string };
  'till.inUse': { till: string };
  'count.shiftMoved': Record<never, never>;
  'count.unlikely': { currency: Currency; minor: number; quantity: number };
  'count.reasonMissing': Record<never, never>;
  'count.notLast': Record<never, never>;
  'count.notFound': Record<never, never>;
  'close.explanationMissing': { currency: Currency | null };
  'close.leftMoreThanCounted': Record<never, never>;
  'custody.nothing': Record<never, never>;
  'custody.receiverIsGiver': Record<never, never>;
  'custody.notKeeper': Record<never, never>;
  'custody.notThere': { currency: Currency };
  'custody.unequal': Record<never, never>;
  'custody.otherHasNoShift': Record<never, never>;
  'shift.notClosed': Record<never, never>;
  'day.closed': { businessDate: string };
  'day.alreadyClosed': { person: string; time: string };
  'day.changed': Record<never, never>;
  'day.notYet': Record<never, never>;
  'day.nothing': Record<never, never>;
  'day.notFound': Record<never, never>;
  'day.earlierOpen': { businessDate: string };
  'day.openShift': { till: string; person: string };
  'day.returned': { till: string; person: string };
  'day.unexplained': { till: string; person: string };
  'day.exceptionNeeded': Record<never, never>;
  'day.nothingToExplain': Record<never, never>;
  'day.notCounter': Record<never, never>;
  'day.alreadyReturned': Record<never, never>;
  'day.nothingToRecount': Record<never, never>;
  'day.recounted': Record<never, never>;
  'day.samePerson': Record<never, never>;
  'bankAccount.notFound': Record<never, never>;
  'bankAccount.exists': { account: string };
  'bankAccount.used': Record<never, never>;
  'deposit.notFound': Record<never, never>;
  'deposit.nothing': Record<never, never>;
  'deposit.samePerson': Record<never, never>;
  'deposit.notKeeper': Record<never, never>;
  'deposit.otherCurrency': { currency: Currency };
  'deposit.notInSafe': { currency: Currency; minor: number; quantity: number };
  'deposit.chequeGone': { cheque: string };
  'deposit.chequeInDrawer': { cheque: string };
  'deposit.chequeNotDue': { cheque: string; dueOn: string };
  'deposit.chequeMoved': { cheque: string };
  'deposit.wrongState': Record<never, never>;
  'deposit.dateWrong': Record<never, never>;
  'deposit.noteMissing': Record<never, never>;
  'approval.notAdministrator': Record<never, never>;
  'clock.setBack': { time: string };
  'account.notFound': Record<never, never>;
  'bill.notFound': { number: string };
  'bill.changed': { number: string };
  'bill.overpaid': { number: string; outstandingMinor: number };
  'bill.partTooSmall': { number: string; leastMinor: number };
  'payment.nothingChosen': Record<never, never>;
  'payment.moreThanOwed': { owedMinor: number };
  'payment.sumMismatch': Record<never, never>;
  'amount.invalid': Record<never, never>;
  'amount.tooLarge': Record<never, never>;
  'tender.short': { missingMinor: number };
  'tender.excessive': Record<never, never>;
  'tender.moreThanOwed': Record<never, never>;
  'tender.wornTooMuch': Record<never, never>;
  'tender.dueInPast': Record<never, never>;
  'tender.dateInFuture': Record<never, never>;
  'tender.cardNumber': Record<never, never>;
  'change.wrong': Record<never, never>;
  'change.notCash': Record<never, never>;
  'change.notInDrawer': { currency: Currency };
  'credit.tooLittle': { availableMinor: number };
  'rate.missing': { currency: Currency };
  'rate.changed': { currency: Currency };
  'rate.invalid': Record<never, never>;
  'rate.unlikely': { currency: Currency; before: string };
  'cheque.repeated': { receipt: string };
  'transfer.repeated': { receipt: string };
  'reference.empty': Record<never, never>;
  'service.priceFixed': { priceMinor: number };
  'service.notFound': Record<never, never>;
  'approval.own': Record<never, never>;
  'approval.notSupervisor': Record<never, never>;
  'approval.missing': Record<never, never>;
  'approval.used': Record<never, never>;
  'approval.expired': Record<never, never>;
  'approval.other': Record<never, never>;
  'undo.already': { receipt: string };
  'undo.creditUsed': { account: string };
  'undo.chequeMoved': Record<never, never>;
  'undo.transferMatched': Record<never, never>;
  'tender.needsAccount': Record<never, never>;
  'register.notFound': Record<never, never>;
  'register.wrongState': Record<never, never>;
  'register.feeOnlyForBounce': Record<never, never>;
  'book.notFound': Record<never, never>;
  'book.codeTaken': { code: string };
  'book.badRange': Record<never, never>;
  'book.leafOutside': { first: number; last: number };
  'book.leafUsed': { receipt: string };
  'book.leafVoid': Record<never, never>;
  'book.badDate': Record<never, never>;
  'book.badWriter': Record<never, never>;
  'receipt.notFound': Record<never, never>;
  'document.notDrawn': Record<never, never>;
  'document.notSaved': Record<never, never>;
  'report.reversed': Record<never, never>;
  'report.future': Record<never, never>;
  'report.tooLong': { days: number };
  'report.cancelled': Record<never, never>;
  'report.notSaved': Record<never, never>;
  'printing.jobNotFound': Record<never, never>;
  'printing.busy': Record<never, never>;
  'printing.notAnswerable': Record<never, never>;
  'printing.notMovable': Record<never, never>;
  'printing.printerNotFound': Record<never, never>;
  'drawer.none': Record<never, never>;
  'picture.unreadable': Record<never, never>;
  'picture.tooLarge': Record<never, never>;
  'picture.notPicture': Record<never, never>;
  'picture.blank': Record<never, never>;
  'picture.notPhoto': Record<never, never>;
  'cheque.pictureThere': Record<never, never>;
  'import.unreadable': Record<never, never>;
  'import.tooLarge': { maximumMegabytes: number };
  'import.missingColumns': { columns: string };
  'import.nothingToImport': Record<never, never>;
  'import.gone': Record<never, never>;
  'import.running': Record<never, never>;
  'settings.invalid': { field: string };
  'storage.stopped': { reason: FatalReason };
};

export type ErrorCode = keyof ErrorParams;

/** Why no money can be taken until somebody has looked at the machine. */
export type FatalReason =
  | 'damaged'
  | 'missing'
  | 'newerSchema'
  | 'sketch'
  | 'notSanduq'
  | 'locked'
  | 'readOnly'
  | 'full'
  | 'unreadable'
  | 'keyMissing'
  | 'keyUnreadable'
  | 'keyMismatch'
  | 'journalBroken'
  | 'migrationFailed';

/** A rule of the counter says no: thrown inside a transaction it rolls everything back. */
export class Refusal<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams[C];
  constructor(code: C, params: ErrorParams[C]) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}

type NoParams = { [C in ErrorCode]: keyof ErrorParams[C] extends never ? C : never }[ErrorCode];

export function refuse<C extends NoParams>(code: C): Refusal<C>;
export function refuse<C extends ErrorCode>(code: C, params: ErrorParams[C]): Refusal<C>;
export function refuse(code: ErrorCode, params: object = {}): Refusal {
  return new Refusal(code, params as never);
}
