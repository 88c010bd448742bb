import type { Tx } from '../db/connection.ts';
import type { Services } from '../services.ts';
import { requireMayCopy } from '../shifts/copies.ts';
import type { Handlers } from './router.ts';

/** Papers as files. */
export function documentHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, 'documents.savePdf'> {
  return {
    'documents.savePdf': async (copy, by) => {
      requireMayCopy(services.db, copy, by);
      // Pages are wanted seldom: they are not loaded with the counter.
      const { savePdf } = await import('../documents/savePdf.ts');
      return { copyNumber: await savePdf({ ...services, write }, copy, by) };
    },
  };
}
