import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { signIn, startCounter } from './counter.ts';
import { say } from './say.ts';

/*
 * A supervisor who closes one day after the other until killed: `node closeDaysForever.ts FOLDER NOW-MS REQUEST-ID DATE`.
 * The id is of a close that an earlier life began and never heard of; it is asked again first. Each line is written at
 * once, so that what was said was said.
 */
const [folder, nowMs, pending, pendingDate] = z
  .tuple([z.string(), z.coerce.number(), z.string().optional(), z.string().optional()])
  .parse(process.argv.slice(2));

const till = startCounter({ folder, clock: () => nowMs });
const status = await till.call('app.status', {});
say(`started ${status.phase} ${status.fatal?.reason ?? '-'}`);
await signIn(till, 'huda');

async function close(requestId: string, businessDate: string): Promise<void> {
  const { mark } = await till.call('days.view', { businessDate });
  say(`try ${requestId} ${businessDate}`);
  await till.call('days.close', { requestId, businessDate, mark, exceptionId: null });
  say(`closed ${requestId} ${businessDate}`);
}

if (pending !== undefined && pendingDate !== undefined) await close(pending, pendingDate);
for (;;) {
  const next = (await till.call('days.list', {})).findLast(
    ({ closed, shifts }) => closed === null && shifts > 0,
  );
  // All are closed: it waits for its end.
  if (next === undefined) await new Promise((resolve) => setTimeout(resolve, 60_000));
  else await close(randomUUID(), next.businessDate);
}
