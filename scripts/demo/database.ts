import { rmSync } from 'node:fs';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { VerifyReport } from '../../shared/ipc/contract.ts';

export type DayInDatabase = {
  readonly report: VerifyReport;
  /** What was frozen with each payment, oldest first. */
  readonly receipts: readonly ReceiptContent[];
};

/** Reads a copied database as an inspector would: without the program, and without believing it. */
export function readDay(file: string): DayInDatabase {
  const db = openReadOnly(file);
  try {
    const rows = db
      .prepare<[], { content: string }>(
        `SELECT content FROM print_jobs WHERE document = 'receipt' AND copy_number = 0 ORDER BY payment_id`,
      )
      .all();
    return {
      report: verifyDatabase(db),
      receipts: rows.map(({ content }) => JSON.parse(content) as ReceiptContent),
    };
  } finally {
    db.close();
    // The copy of a program that ended well has nothing beside it; reading made these, and a reader can't take them away.
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
  }
}
