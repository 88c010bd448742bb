import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { signIn as signInMain, startCounter, startDay } from '../helpers/counter.ts';
import type { TenderInput } from '../helpers/payments.ts';
import { accountAfter, paymentOf, transfer } from '../helpers/payments.ts';
import { giveToProgram } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { pinOf, prepareTill, signIn } from '../helpers/till.ts';

/** Three transfers that wait, one payment from entitlements, and one receipt that was taken back. */
async function takeAll(dataFolder: string, first: AccountView): Promise<void> {
  const till = startCounter({ folder: join(dataFolder, 'data') });
  await startDay(till);
  let account = first;
  const advance = async (minor: number, tender: TenderInput): Promise<number> => {
    const taken = await till.call('payments.take', {
      ...paymentOf(account, 1),
      lines: [{ kind: 'advance', accountId: account.id, minor }],
      tenders: [tender],
    });
    account = accountAfter(taken);
    return taken.paymentId;
  };
  for (const reference of ['JP-1001', 'JP-1002', 'JP-1003'])
    await advance(5_000, transfer(5_000, { reference }));
  await advance(70_000, {
    kind: 'entitlement',
    currency: 'ILS',
    receivedMinor: 70_000,
    employeeNumber: '40417',
    month: '2026-09',
    letterNumber: '2026/417',
  });
  const paymentId = await advance(2_000, transfer(2_000, { provider: 'بال باي', reference: 'PP-7' }));
  const undo = { paymentId, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
  const { approvalId } = await till.call('approvals.grant', {
    act: { kind: 'payment.undo', contents: undo },
    login: 'huda',
    secret: pinOf('huda'),
  });
  await till.call('payments.undo', { requestId: randomUUID(), undo, approvalId });
  await signInMain(till, 'huda');
  await till.call('session.signOut', {});
  await till.close();
}

/** The person's part of the system's own dialog. */
async function willChoose(app: ElectronApplication, file: string): Promise<void> {
  giveToProgram(file);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

const csv = `التاريخ;المرجع;المبلغ;البيان
2026-11-20;jp ١٠٠١;50.00;تحويل وارد
2026-11-20;JP-1002;49.00;تحويل وارد
2026-11-21;JP-9999;75.00;تحويل وارد
2026-11-21;JP-1003;+50.00;تحويل وارد
`;

for (const language of ['ar', 'en'] as const)
  test(`transfers are matched from a statement by keyboard (${language})`, async ({ launch, dataFolder }) => {
    const { account } = await prepareTill(dataFolder, null);
    await takeAll(dataFolder, account);
    const file = join(dataFolder, 'statement.csv');
    writeFileSync(file, csv);
    const { app, page } = await launch();
    await willChoose(app, file);
    if (language === 'en') await page.getByTestId('preference-language').click();
    await signIn(page, 'huda');
    await page.keyboard.press('Control+4');
    await page.getByTestId('register-transfers').press('Enter');
    await expect(page.getByTestId('register-row')).toHaveCount(4);
    await page.getByTestId('register-find').fill('jp1002');
    await expect(page.getByTestId('register-row')).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByTestId('register-row')).toBeFocused();
    await expect(page.getByTestId('register-row')).toContainText('JP-1002');
    await expectAccessible(page);
    await page.getByTestId('register-find').fill('شمعون');
    await expect(
      page.getByText(language === 'ar' ? 'لا شيء بهذا البحث.' : 'Nothing was found.'),
    ).toBeVisible();
    await page.getByTestId('register-find').fill('');
    await expect(page.getByTestId('register-row')).toHaveCount(4);
    await page.getByTestId('statement-begin').press('Enter');

    // The provider of what waits longest is wanted already.
    await expect(page.getByTestId('statement-provider')).toBeFocused();
    await expect(page.getByTestId('statement-provider')).toHaveValue('جوال باي');
    await expect(page.getByTestId('statement-waiting')).toContainText('3');
    await expectAccessible(page);
    await page.keyboard.press('Enter');

    // The columns are named once.
    await expect(page.getByTestId('statement-reference')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('statement-amount')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('statement-reference')).toBeFocused();
    await page.getByTestId('statement-reference').selectOption('المرجع');
    await page.getByTestId('statement-amount').selectOption('المبلغ');
    await expect(page.getByTestId('statement-dialog').locator('th[data-place]')).toHaveCount(2);
    await expectAccessible(page);
    await page.getByTestId('statement-amount').press('Enter');

    // What fits is ticked; the rest is told apart.
    const matches = page.getByTestId('statement-match');
    await expect(matches).toHaveCount(2);
    await expect(matches.first()).toBeFocused();
    await expect(page.getByTestId('statement-other-amount')).toContainText('49.00');
    await expect(page.getByTestId('statement-only-in-statement')).toContainText('JP-9999');
    await expect(page.getByTestId('statement-only-here').locator('li')).toHaveCount(0);
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(matches.nth(1)).toHaveAttribute('aria-checked', 'false');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('statement-confirm')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('statement-done')).toBeVisible();
    await expect(page.getByTestId('statement-close')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('statement-dialog')).toBeHidden();
    await expect(page.locator('[data-testid="register-row"][data-state="matched"]')).toHaveCount(1);
    await expect(page.locator('[data-testid="register-row"][data-state="pending"]')).toHaveCount(2);

    // The next time it goes straight to what fits; Escape steps back to the columns, and out of it.
    await page.getByTestId('statement-begin').press('Enter');
    await expect(page.getByTestId('statement-provider')).toBeFocused();
    await expect(page.getByTestId('statement-waiting')).toContainText(language === 'ar' ? 'حوالتان' : '2');
    await page.keyboard.press('Enter');
    await expect(matches).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('statement-reference')).toHaveValue('المرجع');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('statement-dialog')).toBeHidden();
    await expect(page.getByTestId('statement-begin')).toBeFocused();
  });

for (const language of ['ar', 'en'] as const)
  test(`an auditor reads every register and matches nothing (${language})`, async ({
    launch,
    dataFolder,
  }) => {
    const { account } = await prepareTill(dataFolder, null);
    await takeAll(dataFolder, account);
    const { page } = await launch();
    if (language === 'en') await page.getByTestId('preference-language').click();
    await signIn(page, 'nader');
    await page.getByTestId('nav-registers').click();
    await page.getByTestId('register-transfers').press('Enter');
    await expect(page.getByTestId('register-row')).toHaveCount(4);
    await expect(page.getByTestId('statement-begin')).toBeHidden();
    await page.getByTestId('register-entitlements').press('Enter');
    await expect(page.getByTestId('entitlement-row')).toHaveCount(1);
    await page.getByTestId('entitlements-month').selectOption('2026-09');
    await expect(page.getByTestId('entitlements-sum')).toContainText('700.00');
    await expectAccessible(page);
    await page.getByTestId('register-undone').press('Enter');
    await expect(page.getByTestId('undone-row')).toContainText('كُتب المبلغ خطأ');
    await expect(page.getByTestId('undone-count')).toHaveText(
      language === 'ar' ? 'سند ملغى واحد' : '1 receipt taken back',
    );
    await expectAccessible(page);
    await page.getByTestId('undone-from').fill('31/12/2099');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('undone-to')).toBeFocused();
    await expect(page.getByTestId('undone-to')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);
  });
