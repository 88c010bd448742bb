import { parentPort, workerData } from 'node:worker_threads';
import { reportCsv } from '../../shared/domain/reports/csv.ts';
import { openReadOnly } from '../db/open.ts';
import { readQuickly } from './entries.ts';
import { prepared } from '../db/prepared.ts';
import type { ReportDone, ReportSaid, ReportTask } from './reporting.ts';
import { runReport } from './runReport.ts';

/** How often it is said how far a report is: often enough for an eye. */
const betweenWordsMs = 100;
let saidAt = performance.now();

function say(said: ReportSaid): void {
  parentPort?.postMessage(said);
}

/** Makes one report beside main, on a connection that can only read, and the file of it where one is asked for. */
async function work({ file, query, ownShiftId, output }: ReportTask): Promise<ReportDone> {
  const db = openReadOnly(file);
  try {
    readQuickly(db);
    // All of it as the file was at one moment, while the counters go on.
    prepared(db, 'BEGIN').run();
    const table = runReport(db, query, ownShiftId, (done, total) => {
      if (performance.now() - saidAt < betweenWordsMs) return;
      saidAt = performance.now();
      say({ kind: 'progress', done, total });
    });
    prepared(db, 'COMMIT').run();
    if (output === null) return { table, contents: null };
    if (output.format === 'csv')
      return { table, contents: new TextEncoder().encode(reportCsv(table, output.language)) };
    // Workbooks are wanted seldom: what writes them is not loaded for a look at the screen.
    const { reportWorkbook } = await import('./workbook.ts');
    return { table, contents: await reportWorkbook(table, output.language, output.letterhead) };
  } finally {
    db.close();
  }
}

async function answer(): Promise<void> {
  say({ kind: 'done', ...(await work(workerData as ReportTask)) });
}

// What goes wrong ends the worker, and main hears of it.
void answer();
