import { randomUUID } from 'node:crypto';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { planChange } from '../../shared/domain/payment.ts';
import type { AccountView, Input } from '../../shared/ipc/contract.ts';

const billsPaid = 5;
const smallestCoinMinor = 10;

/**
 * Pays five bills in full by three tenders: half by card, a quarter by a cheque that goes into its register, the rest by
 * a note that is too large.
 */
export function paymentFor(account: AccountView): Input<'payments.take'> {
  const lines = account.openBills.slice(0, billsPaid).map((bill) => ({
    kind: 'bill' as const,
    accountId: account.id,
    billId: bill.id,
    minor: outstandingMinor(bill),
  }));
  const totalMinor = lines.reduce((sum, { minor }) => sum + minor, 0);
  const cardMinor = Math.floor(totalMinor / 2);
  const chequeMinor = Math.floor(totalMinor / 4);
  const cashMinor = totalMinor - cardMinor - chequeMinor;
  const receivedMinor = Math.ceil(cashMinor / 5000) * 5000;
  const requestId = randomUUID();
  return {
    requestId,
    payer: { kind: 'account', accountId: account.id },
    lines,
    tenders: [
      { kind: 'card', currency: 'ILS', receivedMinor: cardMinor, terminal: 'T-01', approvalCode: 'A-204' },
      {
        kind: 'cheque',
        currency: 'ILS',
        receivedMinor: chequeMinor,
        bank: 'بنك فلسطين',
        branch: 'خان يونس',
        // Letters between the digits: a row of digits could be taken for a card's.
        chequeNumber: `C${requestId.slice(0, 8)}`,
        chequeAccount: account.number,
        drawer: account.citizen.name,
        dueOn: '2027-01-15',
      },
      { kind: 'cash', currency: 'ILS', receivedMinor, wornMinor: 0 },
    ],
    change: [...planChange(receivedMinor - cashMinor, 'ILS', {}, smallestCoinMinor).change],
    changeCredit: null,
    rates: {},
    approvalId: null,
    book: null,
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
