import { hash } from 'node:crypto';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Act, JournalActor } from '../../shared/domain/journal.ts';
import { genesisHash, journalText } from '../../shared/domain/journal.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import type { TillKey } from './tillKey.ts';

export type NewEntry = {
  readonly act: Act;
  readonly actor: JournalActor;
  readonly body: { readonly [field: string]: Canonical };
  /** The moment of the act where it has one of its own; now otherwise. */
  readonly atMs?: number;
};

export type Appended = { readonly sequence: number; readonly hash: string };

export type Journal = {
  /** Adds an entry inside the act's own transaction: both are on disk or neither is. */
  append(tx: Tx, entry: NewEntry): Appended;
  /**
   * The same in two steps: the entry is signed while its act writes the rest of its rows, and written by the function
   * that this returns. Nothing else may be appended in between.
   */
  begin(tx: Tx, entry: NewEntry): () => Appended;
  /** What the next entry will point back to, as this connection sees it now. */
  head(): Appended;
};

const topicsForServer: ReadonlySet<Act> = new Set<Act>([
  'installation.created',
  'user.created',
  'user.updated',
  'settings.changed',
  'shift.opened',
  'shift.closed',
  'count.made',
  'count.explained',
  'cash.moved',
  'till.added',
  'shift.returned',
  'shift.recounted',
  'day.closed',
  'deposit.prepared',
  'deposit.moved',
  'deposit.confirmed',
  'rates.set',
  'payment.taken',
  'payment.undone',
  'book.issued',
  'book.leafVoided',
  'cheque.moved',
  'transfer.matched',
  'tender.reversed',
  'print.requested',
  'document.saved',
  'drawer.opened',
  'import.confirmed',
  'bill.surplus',
]);

/** The till's journal: a chain of SHA-256 hashes, each entry signed with the till's Ed25519 key. */
export function createJournal(db: ReadDb, key: TillKey, till: string, clock: () => number): Journal {
  const last = db.prepare<[], Appended>(
    'SELECT sequence, lower(hex(hash)) AS hash FROM journal ORDER BY sequence DESC LIMIT 1',
  );
  const insert = db.prepare<[number, Buffer, Buffer, Buffer]>(
    'INSERT INTO journal (sequence, text, hash, signature) VALUES (?, CAST(? AS TEXT), ?, ?)',
  );
  // The server must learn of it: what to send is the signed entry itself.
  const insertOutbox = db.prepare<[number, string, number]>(
    'INSERT INTO outbox (journal_sequence, topic, created_at_ms) VALUES (?, ?, ?)',
  );

  function head(): Appended {
    return last.get() ?? { sequence: 0, hash: genesisHash };
  }

  function begin(_tx: Tx, { act, actor, body, atMs = clock() }: NewEntry): () => Appended {
    const previous = head();
    const sequence = previous.sequence + 1;
    const text = journalText({
      version: 1,
      sequence,
      previous: previous.hash,
      key: key.keyId,
      till,
      atMs,
      businessDate: businessDate(atMs),
      actor,
      act,
      body,
    });
    const bytes = Buffer.from(text, 'utf8');
    const signature = key.sign(bytes);
    const digest = hash('sha256', bytes, 'buffer');
    return () => {
      insert.run(sequence, bytes, digest, signature());
      if (topicsForServer.has(act)) insertOutbox.run(sequence, act, atMs);
      return { sequence, hash: digest.toString('hex') };
    };
  }

  return { head, begin, append: (tx, entry) => begin(tx, entry)() };
}
