import type { Canonical } from './canonicalJson.ts';
import { canonicalJson } from './canonicalJson.ts';

/** Every act the journal knows; the name is `subject.happened`. */
export const acts = [
  'installation.created',
  'till.started',
  'till.stopped',
  'session.signedIn',
  'session.signedOut',
  'session.locked',
  'session.unlocked',
  'session.refused',
  'session.secretChanged',
  'act.refused',
  'user.created',
  'user.updated',
  'user.secretReset',
  'settings.changed',
  'logo.changed',
  'shift.opened',
  'shift.closed',
  'shift.suspended',
  'shift.resumed',
  'shift.sellingResumed',
  'shift.handoverRefused',
  'shift.xPrinted',
  'count.made',
  'count.explained',
  'cash.moved',
  'till.added',
  'till.updated',
  'clock.confirmed',
  'shift.returned',
  'shift.recounted',
  'day.closed',
  'bankAccount.saved',
  'deposit.prepared',
  'deposit.moved',
  'deposit.confirmed',
  'rates.set',
  'payment.taken',
  'payment.undone',
  'book.issued',
  'book.leafVoided',
  'payment.abandoned',
  'cheque.moved',
  'cheque.pictured',
  'transfer.matched',
  'tender.reversed',
  'approval.granted',
  'approval.refused',
  'print.sent',
  'print.failed',
  'print.unknown',
  'print.answered',
  'print.requested',
  'document.saved',
  'report.saved',
  'report.printed',
  'print.moved',
  'print.tested',
  'drawer.opened',
  'drawer.failed',
  'import.confirmed',
  'import.finished',
  'bill.surplus',
  'journal.verified',
] as const;
export type Act = (typeof acts)[number];

export type JournalActor = { readonly id: number; readonly login: string } | null;

/** One entry, as it is hashed and signed. Instants are milliseconds since 1970; money is minor units. */
export type JournalEntry = {
  readonly version: 1;
  readonly sequence: number;
  readonly previous: string;
  readonly key: string;
  readonly till: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly actor: JournalActor;
  readonly act: Act;
  readonly body: { readonly [field: string]: Canonical };
};

/** The hash before the first entry. */
export const genesisHash = '0'.repeat(64);

/** The canonical text of an entry: what is hashed, signed and stored. */
export function journalText(entry: JournalEntry): string {
  return canonicalJson(entry);
}
