import type { ReportId, ReportQuery, ReportRow, ReportTable } from '../../shared/domain/reports/report.ts';
import { tableOf } from '../../shared/domain/reports/table.ts';
import type { ReadDb } from '../db/connection.ts';
import { accountingReport } from './accounting.ts';
import type { OnProgress, ScopeParameters } from './entries.ts';
import { parametersOf } from './entries.ts';
import { arrearsReport, servicesReport } from './lines.ts';
import { differencesReport, facilitationsReport, undoneReport } from './people.ts';
import { takingsBy } from './takings.ts';
import { tendersReport } from './tenders.ts';

type Make = (db: ReadDb, parameters: ScopeParameters, onProgress: OnProgress) => ReportRow[];

const reports: Readonly<Record<ReportId, Make>> = {
  daily: (db, parameters) => takingsBy(db, 'date', parameters),
  cashiers: (db, parameters) => takingsBy(db, 'person', parameters),
  hours: (db, parameters) => takingsBy(db, 'hour', parameters),
  services: servicesReport,
  tenders: tendersReport,
  arrears: arrearsReport,
  facilitations: facilitationsReport,
  undone: undoneReport,
  differences: differencesReport,
  accounting: accountingReport,
};

/**
 * A report of what the file holds at one moment.
 * @param ownShiftId the running shift of who asks: its receipts are left out
 */
export function runReport(
  db: ReadDb,
  query: ReportQuery,
  ownShiftId: number | null,
  onProgress: OnProgress = () => {},
): ReportTable {
  const rows = reports[query.report](db, parametersOf(db, { ...query, ownShiftId }), onProgress);
  return tableOf(query, rows, ownShiftId !== null);
}
