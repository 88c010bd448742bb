import type { Tx } from '../db/connection.ts';
import { getVisibleJob } from '../printing/listJobs.ts';
import type { Services } from '../services.ts';
import type { Handlers } from './router.ts';

/** Papers as files. */
export function documentHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, 'documents.savePdf'> {
  return {
    'documents.savePdf': async (copy, by) => {
      if ('jobId' in copy) getVisibleJob(services.db, copy.jobId, by);
      // Pages are wanted seldom: they are not loaded with the counter.
      const { savePdf } = await import('../documents/savePdf.ts');
      return { copyNumber: await savePdf({ ...services, write }, copy, by) };
    },
  };
}
