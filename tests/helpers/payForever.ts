import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { accountWithBills, signIn, startCounter } from './counter.ts';
import { cashPayment } from './payments.ts';
import { say } from './say.ts';

/*
 * A counter that takes one payment after another until it is killed: `node payForever.ts FOLDER REQUEST-ID`. The id is
 * of a request that an earlier life began and never heard of; it is asked again first, as a cashier would. Each line
 * is written at once, so that what was said was said.
 */
const [folder, pending] = z.tuple([z.string(), z.string().optional()]).parse(process.argv.slice(2));

const till = startCounter({ folder });
const status = await till.call('app.status', {});
say(`started ${status.phase} ${status.fatal?.reason ?? '-'}`);
await signIn(till, 'amal');
if ((await till.call('shifts.current', {})) === null)
  await till.call('shifts.open', { requestId: randomUUID(), counts: [] });

const account = await accountWithBills(till, 3);
async function pay(requestId: string): Promise<void> {
  say(`try ${requestId}`);
  // One agora of each of three bills: they last for a thousand lives, and a half-written payment would show.
  const taken = await till.call('payments.take', {
    ...cashPayment({
      accountId: account.id,
      allocations: account.openBills.slice(0, 3).map((bill) => ({ billId: bill.id, minor: 1 })),
      receivedMinor: 10,
    }),
    requestId,
  });
  say(`paid ${requestId} ${taken.receipt.number}`);
}

if (pending !== undefined) await pay(pending);
for (;;) await pay(randomUUID());
