import type { Tx } from '../db/connection.ts';
import { insertBankAccount } from './bankAccounts.ts';

const name = 'بلدية خان يونس، الإيرادات';

/** Made-up accounts of the demonstration municipality: one for each currency, and a second one in shekels. */
export function insertDemonstrationAccounts(tx: Tx): void {
  for (const account of [
    { bank: 'بنك فلسطين', account: 'PS92 PALS 0000 0000 0400 1234 5670 2', currency: 'ILS' },
    { bank: 'البنك الإسلامي الفلسطيني', account: 'PS44 PIBC 0000 0000 0210 0077 1200 1', currency: 'ILS' },
    { bank: 'بنك القدس', account: 'PS17 QUDS 0000 0000 0330 4410 0250 9', currency: 'JOD' },
    { bank: 'البنك الوطني', account: 'PS58 TNBC 0000 0000 0120 9003 3010 4', currency: 'USD' },
  ] as const)
    insertBankAccount(tx, { ...account, name, isActive: true });
}
