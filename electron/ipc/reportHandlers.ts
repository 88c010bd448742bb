import type { Letterhead } from '../../shared/domain/dayPaper.ts';
import { reportPaper } from '../../shared/domain/reports/reportPaper.ts';
import { fileNameOf } from '../../shared/domain/reports/sentence.ts';
import { requirePeriod } from '../../shared/domain/reports/table.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { listFilters } from '../reports/filters.ts';
import { bodyOf, saveReport } from '../reports/saveReport.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { actorOf } from '../users/users.ts';
import type { Services } from '../services.ts';
import { today } from '../services.ts';
import { findOpenShiftOf } from '../shifts/shifts.ts';
import type { Handlers } from './router.ts';

/** Reports: made beside main, shown, saved. */
export function reportHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, `reports.${'filters' | 'run' | 'cancel' | 'export' | 'print'}`> {
  const { db, reporting, journal, queue, installation } = services;
  const ownShiftOf = (by: Person): number | null => findOpenShiftOf(db, by.id)?.id ?? null;

  function letterhead(): Letterhead {
    const { municipality, centre } = services.settings();
    return { municipality, centre, isDemonstration: installation.isDemonstration };
  }

  return {
    'reports.filters': () => listFilters(db),
    'reports.run': async (query, by) => {
      requirePeriod(query, today(services));
      const { table } = await reporting.run({ query, ownShiftId: ownShiftOf(by), output: null });
      return table;
    },
    'reports.cancel': () => {
      reporting.cancel();
      return {};
    },
    'reports.export': async ({ query, format, language }, by) => {
      requirePeriod(query, today(services));
      const { municipality } = services.settings();
      const name = municipality[language] === '' ? municipality.ar : municipality[language];
      return {
        isSaved: await saveReport(
          { ...services, write },
          { query, format, name: fileNameOf(query, language, format) },
          by,
          async () => {
            if (format === 'pdf') {
              const { table } = await reporting.run({ query, ownShiftId: ownShiftOf(by), output: null });
              const { reportPdf } = await import('../reports/reportPdf.ts');
              return reportPdf(services, reportPaper(table, letterhead(), 'page'));
            }
            const output = { format, language, letterhead: name };
            const { contents } = await reporting.run({ query, ownShiftId: ownShiftOf(by), output });
            if (contents === null) throw new Error('the report worker made no file');
            return contents;
          },
        ),
      };
    },
    'reports.print': async (query, by) => {
      requirePeriod(query, today(services));
      const { table } = await reporting.run({ query, ownShiftId: ownShiftOf(by), output: null });
      const jobId = write((tx) => {
        const atMs = services.clock();
        const { sequence } = journal.append(tx, {
          act: 'report.printed',
          actor: actorOf(by),
          atMs,
          body: bodyOf(query),
        });
        const paper = reportPaper(table, letterhead(), 'roll');
        return insertPaper(tx, { paper, subjectId: sequence, userId: by.id, atMs });
      });
      queue.nudge();
      return { jobId };
    },
  };
}
