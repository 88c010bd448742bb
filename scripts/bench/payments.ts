import { randomUUID } from 'node:crypto';
import type { AccountView, Input } from '../../shared/ipc/contract.ts';

const billsPaid = 5;

/** Pays five bills in full in cash, with a note that is too large. */
export function paymentFor(account: AccountView): Input<'payments.take'> {
  const allocations = account.openBills
    .slice(0, billsPaid)
    .map((bill) => ({ billId: bill.id, minor: bill.amountMinor - bill.paidMinor }));
  const totalMinor = allocations.reduce((sum, { minor }) => sum + minor, 0);
  return {
    requestId: randomUUID(),
    accountId: account.id,
    allocations,
    tender: { kind: 'cash', currency: 'ILS', receivedMinor: Math.ceil(totalMinor / 5000) * 5000 },
  };
}

/** Gives accounts with enough open bills, each once, scattered over the whole file. */
export function accountsToPay(
  open: (accountId: number) => AccountView | Promise<AccountView>,
  accounts: number,
): () => Promise<AccountView> {
  // Has no factor in common with the usual numbers of accounts: it visits all before it comes back.
  const step = 7_368_787;
  let at = 0;
  return async () => {
    for (let tries = 0; tries < accounts; tries++) {
      at += 1;
      const account = await open(1 + ((at * step) % accounts));
      if (account.openBills.length >= billsPaid) return account;
    }
    throw new Error(`no account owes ${billsPaid} bills any more`);
  };
}
