import type { Services } from '../services.ts';
import type { Handlers } from './router.ts';

/** Paper: copies, the person's word about a job, another try. */
export function printingHandlers({
  queue,
}: Services): Pick<Handlers, 'printing.reprint' | 'printing.answer' | 'printing.retry'> {
  return {
    'printing.reprint': (input, by) => queue.reprint({ ...input, person: by }),
    'printing.answer': (answer, by) => {
      queue.answer({ ...answer, person: by });
      return queue.status();
    },
    'printing.retry': () => {
      queue.retry();
      return queue.status();
    },
  };
}
