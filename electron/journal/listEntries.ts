import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { JournalRow } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

export type EntryFilter = {
  readonly beforeSequence: number | null;
  readonly act: string | null;
  readonly limit: number;
};

/**
 * A page of the journal, newest first.
 * @param ownShift the reader's own open shift: what a surprise count found in it is told after its close; null: none
 */
export function listEntries(
  db: ReadDb,
  { beforeSequence, act, limit }: EntryFilter,
  ownShift: number | null,
): { rows: JournalRow[]; total: number } {
  // Two texts, not one with «act IS NULL OR»: that one reads the whole journal for an act that is rare.
  const filter = act === null ? '@act IS NULL' : 'act = @act';
  const rows = prepared<{ sequence: number; text: string; hash: Buffer }>(
    db,
    `SELECT sequence, text, hash FROM journal WHERE ${filter} AND sequence < @before
        AND NOT (act = 'count.made' AND json_extract(text, '$.body.kind') = 'surprise'
          AND json_extract(text, '$.body.shiftId') IS @ownShift)
      ORDER BY sequence DESC LIMIT @limit`,
  ).all({ act, before: beforeSequence ?? Number.MAX_SAFE_INTEGER, limit, ownShift });
  const total = prepared<{ n: number }>(db, `SELECT count(*) AS n FROM journal WHERE ${filter}`).get({ act });
  return { rows: rows.map(rowOf), total: total?.n ?? 0 };
}

function rowOf({ sequence, text, hash }: { sequence: number; text: string; hash: Buffer }): JournalRow {
  const entry = JSON.parse(text) as JournalEntry;
  return {
    sequence,
    atMs: entry.atMs,
    businessDate: entry.businessDate,
    act: entry.act,
    actor: entry.actor?.login ?? null,
    till: entry.till,
    text,
    hash: hash.toString('hex'),
  };
}
