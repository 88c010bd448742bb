import { foldDigits } from '../../shared/domain/digits.ts';
import type { AccountCodes, AccountKey } from '../../shared/domain/reports/accounts.ts';
import { accountCodePattern, accountKeys, defaultAccounts } from '../../shared/domain/reports/accounts.ts';

/** Codes of the books as they are typed: one for each account, and lines `SERVICE = code` for single services. */
export type AccountsDraft = {
  readonly codes: Readonly<Record<AccountKey, string>>;
  readonly services: string;
};

export const noAccounts: AccountsDraft = { codes: defaultAccounts, services: '' };

export function accountsDraftOf(stored: AccountCodes): AccountsDraft {
  const services = Object.entries(stored)
    .filter(([key]) => key.startsWith('service.'))
    .map(([key, code]) => `${key.slice('service.'.length)} = ${code}`);
  return { codes: { ...defaultAccounts, ...stored }, services: services.join('\n') };
}

export type AccountsReading = {
  /** Null while something is wrong. */
  readonly codes: AccountCodes | null;
  readonly wrong: ReadonlySet<AccountKey | 'services'>;
};

export function readAccounts({ codes, services }: AccountsDraft): AccountsReading {
  const wrong = new Set<AccountKey | 'services'>();
  const read: Record<string, string> = {};
  for (const key of accountKeys) {
    const code = foldDigits(codes[key]).trim();
    if (!accountCodePattern.test(code)) wrong.add(key);
    else if (code !== defaultAccounts[key]) read[key] = code;
  }
  for (const line of services.split('\n')) {
    if (line.trim() === '') continue;
    const [, service = '', code = ''] =
      /^\s*([A-Za-z0-9_-]{1,40})\s*[=:]\s*(\S+)\s*$/.exec(foldDigits(line)) ?? [];
    if (service === '' || !accountCodePattern.test(code)) wrong.add('services');
    else read[`service.${service}`] = code;
  }
  return { codes: wrong.size > 0 ? null : read, wrong };
}
