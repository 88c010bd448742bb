import { fileNameOf } from '../../shared/domain/reports/sentence.ts';
import { requirePeriod } from '../../shared/domain/reports/table.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { listFilters } from '../reports/filters.ts';
import { saveReport } from '../reports/saveReport.ts';
import type { Services } from '../services.ts';
import { today } from '../services.ts';
import { findOpenShiftOf } from '../shifts/shifts.ts';
import type { Handlers } from './router.ts';

/** Reports: made beside main, shown, saved. */
export function reportHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, `reports.${'filters' | 'run' | 'cancel' | 'export'}`> {
  const { db, reporting } = services;
  const ownShiftOf = (by: Person): number | null => findOpenShiftOf(db, by.id)?.id ?? null;

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
      const letterhead = municipality[language] === '' ? municipality.ar : municipality[language];
      return {
        isSaved: await saveReport(
          { ...services, write },
          { query, format, name: fileNameOf(query, language, format) },
          by,
          async () => {
            const output = { format, language, letterhead };
            const { contents } = await reporting.run({ query, ownShiftId: ownShiftOf(by), output });
            if (contents === null) throw new Error('the report worker made no file');
            return contents;
          },
        ),
      };
    },
  };
}
