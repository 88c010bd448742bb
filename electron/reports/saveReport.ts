import type { ReportQuery } from '../../shared/domain/reports/report.ts';
import { Refusal, refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import type { Services } from '../services.ts';
import { actorOf } from '../users/users.ts';

type Parts = Pick<Services, 'journal' | 'fileDialogs' | 'log'> & {
  readonly write: <T>(act: (tx: Tx) => T) => T;
};

export type SavedReport = {
  readonly query: ReportQuery;
  readonly format: 'csv' | 'xlsx' | 'pdf';
  readonly name: string;
};

/**
 * Saves a report where the person says. That figures left the counter, and which, is in the journal before the file is
 * there.
 * @returns false when the person closed the dialog
 * @throws Refusal report.notSaved, and what `contents` throws
 */
export async function saveReport(
  { journal, fileDialogs, log, write }: Parts,
  { query, format, name }: SavedReport,
  by: Person,
  contents: () => Promise<Uint8Array>,
): Promise<boolean> {
  try {
    return await fileDialogs.save(name, async () => {
      const bytes = await contents();
      write((tx) =>
        journal.append(tx, {
          act: 'report.saved',
          actor: actorOf(by),
          body: { ...bodyOf(query), format },
        }),
      );
      return bytes;
    });
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error && 'code' in error)) throw error;
    log('a report was not saved', error);
    throw refuse('report.notSaved');
  }
}

/** Which report it was, for the journal. */
export function bodyOf({ report, from, to, till, cashierId }: ReportQuery) {
  return { report, dateFrom: from, dateTo: to, till, cashierId };
}
