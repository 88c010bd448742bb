import type { Bill } from '../../shared/domain/bill.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';

export function bill(id: number, dueOn: string, amountMinor: number, paidMinor = 0, accountId = 1): Bill {
  return {
    id,
    number: `B${id}`,
    accountId,
    serviceCode: 'water',
    period: dueOn.slice(0, 7),
    kind: 'charge',
    issuedOn: dueOn,
    dueOn,
    amountMinor,
    paidMinor,
  };
}

export function accountOf(id: number, bills: readonly Bill[], creditMinor = 0): AccountView {
  return {
    id,
    number: String(26000000 + id),
    citizen: { id, name: 'محمود', identityNumber: null, phones: [], otherAccounts: [] },
    category: { code: 'home', ar: 'منزلي', en: 'Household' },
    quarter: 'معن',
    address: '',
    services: [],
    openBills: bills.map((one) => ({ ...one, serviceAr: 'مياه', serviceEn: 'Water', leastMinor: 1 })),
    creditMinor,
    surpluses: [],
    bouncedCheques: 0,
    owedMinor: 0,
    arrearsMinor: 0,
    finesMinor: 0,
    asOfMs: 0,
    lastReceipts: [],
  };
}
