import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { businessDate } from '../../shared/domain/dates.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { accountWithBills, signIn as signInMain, startCounter } from '../helpers/counter.ts';
import { closeShift, openShift, roundPayment, workShift } from '../helpers/days.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { cheque, paymentOf, totalOf } from '../helpers/payments.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { pinOf, prepareTill, signIn } from '../helpers/till.ts';

/** One bill paid by a cheque that is due today. */
function byCheque(account: AccountView): PaymentInput {
  const request = paymentOf(account);
  const tender = cheque(totalOf(request), { dueOn: businessDate(Date.now()) });
  return { ...request, tenders: [tender], change: [] };
}

/** The supervisor goes to the day by its key. */
async function toDay(page: Page): Promise<void> {
  await signIn(page, 'huda');
  const keys = await page.getByTestId('nav-day').getAttribute('aria-keyshortcuts');
  await page.keyboard.press(keys ?? '');
  await expect(page.getByTestId('day-whole')).toBeFocused();
}

/** Keeps a picture for whoever looks at the run. */
async function picture(page: Page, name: string): Promise<void> {
  await test.info().attach(`${name}.png`, { body: await page.screenshot(), contentType: 'image/png' });
}

test('a day is explained, closed and sent to the bank by keyboard (ar)', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const till = startCounter({ folder: join(dataFolder, 'data') });
  await workShift(till, { payments: 3, differenceMinor: -500, also: [byCheque] });
  await workShift(till, { login: 'yousef', payments: 2, floatMinor: 0 });
  await signInMain(till, 'huda');
  for (const account of await till.call('bankAccounts.list', {})) expect(account.isActive).toBe(true);
  await till.call('session.signOut', {});
  await till.close();

  const { page } = await launch();
  await toDay(page);
  await expect(page.getByTestId('day-obstacles')).toBeVisible();
  await picture(page, 'day-ar');
  await expectAccessible(page);

  // To the first shift, into its entry: the difference lacks the supervisor's words.
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('day-shift').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('explain-text-ILS')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('explain-text-ILS')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.type('راجعت السندات مع أمل: فكة أُعطيت مرتين');
  await picture(page, 'shift-ar');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('explanation')).toHaveCount(2);
  await expect(page.getByTestId('day-ready')).toBeVisible();

  // From the figure to its evidence.
  await page.keyboard.press('F4');
  await expect(page.getByTestId('paper-sheet')).toContainText('Z-KY01-000001');
  await picture(page, 'evidence-ar');
  await page.keyboard.press('2');
  await expect(page.getByTestId('evidence-count')).toHaveCount(2);
  await page.keyboard.press('3');
  await expect(page.getByTestId('evidence-receipt')).toHaveCount(4);
  await expectAccessible(page);
  await page.keyboard.press('4');
  await expect(page.getByTestId('evidence-move').first()).toBeVisible();
  await picture(page, 'moves-ar');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('evidence-dialog')).toBeHidden();

  await page.keyboard.press('F9');
  await expect(page.getByTestId('day-close-go')).toBeFocused();
  await picture(page, 'close-ar');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('day-closed')).toBeVisible();
  await expect(page.getByTestId('to-deposit')).toBeFocused();
  await picture(page, 'closed-ar');

  // Straight on to the deposit.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-begin')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.locator('[data-heap]').first()).toBeFocused();
  await expect(page.getByTestId('deposit-next-day')).toBeVisible();
  const there = await page.getByTestId('prepare-deposit').locator('[data-heap]').count();
  expect(there).toBeGreaterThan(1);
  await page.keyboard.type('1');
  await page.getByTestId('deposit-cheque').first().focus();
  await page.keyboard.press('Space');
  await expect(page.getByTestId('deposit-cheque').first()).toBeChecked();
  await page.getByTestId('second-login').focus();
  await page.keyboard.type('huda');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('huda'));
  await page.keyboard.press('Enter');
  // The second is the first.
  await expect(page.getByTestId('second-login')).toBeFocused();
  await expect(page.getByTestId('second-login')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'prepare-ar');
  await expectAccessible(page);
  await page.keyboard.type('yousef');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('yousef'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-prepared')).toContainText('D-KY01-000001');
  await expect(page.getByTestId('deposit-row')).toBeFocused();
  await picture(page, 'deposit-ar');

  // It leaves, and the bank's slip confirms it.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-leave')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-note')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('bank-reference')).toBeFocused();
  await page.keyboard.type('BOP-2211');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type(
    (await page.getByTestId('deposit-total').locator('bdi').innerText()).replaceAll(',', ''),
  );
  await picture(page, 'confirm-ar');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-confirmed')).toContainText('BOP-2211');
  await expect(page.getByTestId('deposit-row')).toHaveAttribute('data-state', 'confirmed');
  await expectAccessible(page);
});

test('a supervisor who took cash needs the administrator’s word, and a shift goes back to be counted (en)', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const till = startCounter({ folder: join(dataFolder, 'data') });
  const report = await workShift(till, { payments: 2, differenceMinor: -1000 });
  await openShift(till, 'huda', 0);
  await till.call('payments.take', roundPayment(await accountWithBills(till, 1, 20)));
  await closeShift(till);
  await till.call('session.signOut', {});
  await till.close();

  const { page } = await launch();
  await page.getByTestId('preference-language').click();
  await toDay(page);
  await picture(page, 'day-en');
  await page.keyboard.press('ArrowDown');
  await page.getByTestId('return-begin').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('return-reason')).toBeFocused();
  await page.keyboard.type('Ten shekels are much');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recount-begin')).toBeVisible();
  await expect(page.getByTestId('day-shift').first()).toHaveAttribute('data-state', 'returned');

  // The coin lay under the tray: now nothing is missing.
  await page.getByTestId('recount-begin').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recount-dialog')).toBeVisible();
  const put = report.figures.count?.toSafe[0]?.minor ?? 0;
  let rest = put + 1000;
  for (const value of [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 10]) {
    const field = page.getByTestId(`recount-ILS-${value}`);
    if (value === 20_000) await expect(field).toBeFocused();
    await page.keyboard.type(String(Math.floor(rest / value)));
    rest %= value;
    // Over the worn one to the next kind.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
  }
  await picture(page, 'recount-en');
  await expectAccessible(page);
  await page.getByTestId('recount-login').focus();
  await page.keyboard.type('amal');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('amal'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recount-dialog')).toBeHidden();
  await expect(page.getByTestId('day-shift').first()).toHaveAttribute('data-state', 'equal');
  await expect(page.getByTestId('day-ready')).toBeVisible();

  await page.keyboard.press('F9');
  await expect(page.getByTestId('needs-exception')).toBeVisible();
  await picture(page, 'exception-en');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('approval-login')).toBeFocused();
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('admin'));
  await picture(page, 'administrator-en');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('day-closed')).toBeVisible();
  await page.getByTestId('day-whole').focus();
  await page.getByTestId('day-report').click();
  await expect(page.getByTestId('paper-sheet')).toBeVisible();
  await picture(page, 'report-en');
  await expectAccessible(page);
});
