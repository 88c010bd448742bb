import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { demonstrationPeople, printersAt } from '../../electron/setup/demonstrationPeople.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { accountWithBills, makeMunicipality, signIn as signInMain, startCounter } from './counter.ts';

export type PreparedTill = { readonly account: AccountView; readonly other: AccountView };

/**
 * A demonstration municipality in a data folder before the window opens, its printer at the given port: the specs
 * about money need not watch a first run each time.
 */
export async function prepareTill(dataFolder: string, printerPort: number | null): Promise<PreparedTill> {
  const folder = join(dataFolder, 'data');
  cpSync(await makeMunicipality(60), folder, { recursive: true });
  const till = startCounter({ folder });
  try {
    await signInMain(till, 'admin');
    const settings = await till.call('settings.get', {});
    await till.call('settings.set', {
      ...settings,
      ...printersAt(printerPort),
    });
    const account = await accountWithBills(till, 3);
    const other = await accountWithBills(till, 2, account.id + 1);
    await till.call('session.signOut', {});
    return { account, other };
  } finally {
    await till.close();
  }
}

/** The PIN of one of the demonstration's people. */
export function pinOf(login: string): string {
  const person = demonstrationPeople.find((one) => one.login === login);
  if (person === undefined) throw new Error(`nobody called ${login}`);
  return person.pin;
}

/** Signs in on the screen. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.getByTestId('sign-in-login').fill(login);
  await page.getByTestId('sign-in-secret').fill(pinOf(login));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('person-menu')).toBeVisible();
}

/** Signs the first cashier in and opens the shift with a counted float. */
export async function startShift(page: Page): Promise<void> {
  await signIn(page, 'amal');
  await page.getByTestId('pile-ILS-1000').fill('20');
  await page.getByTestId('open-shift-submit').click();
  await expect(page.getByTestId('search')).toBeFocused();
}

/** Counts one's own drawer, commits what was found, explains it and closes the shift: nothing stays in the drawer. */
export async function closeShift(page: Page, piles: Readonly<Record<string, string>>): Promise<void> {
  await page.getByTestId('nav-shift').click();
  await page.keyboard.press('F9');
  for (const [pile, pieces] of Object.entries(piles)) await page.getByTestId(`pile-${pile}`).fill(pieces);
  await page.keyboard.press('F9');
  await page.getByTestId('count-commit').click();
  await expect(page.getByTestId('count-outcome')).toBeVisible();
  for (const field of await page.getByTestId(/^explain-/).all()) await field.fill('لم أجد الباقي');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-stays')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('shift-closed')).toBeVisible();
}

/** Finds an account by its number and opens it, by keyboard. */
export async function openAccount(page: Page, account: AccountView): Promise<void> {
  await page.keyboard.type(account.number);
  await expect(page.getByTestId('search-hit').first()).toContainText(account.number);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-name')).toHaveText(account.citizen.name);
}

/** What the window keeps of the sign-in for the first picture of the next start. */
export function keptFace(page: Page): Promise<string | null> {
  return page.evaluate(() => localStorage.getItem('sanduq.face'));
}
