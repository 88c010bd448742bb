import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { Page } from '@playwright/test';
import { businessDate } from '../../shared/domain/dates.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { signIn as signInMain, startCounter, startDay } from '../helpers/counter.ts';
import { cheque, paymentOf, totalOf, transfer } from '../helpers/payments.ts';
import { giveToProgram } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { closeShift, openAccount, pinOf, prepareTill, signIn, startShift } from '../helpers/till.ts';

/** A bill paid in cash, with the receipt's dialog over the counter, as far as the reason. */
async function payAndAskBack(page: Page, account: AccountView): Promise<void> {
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.getByTestId('undo')).toBeVisible();
  await page.keyboard.press('F12');
  await expect(page.getByTestId('undo-reason')).toBeFocused();
}

for (const language of ['ar', 'en'] as const)
  test(`a receipt is voided by keyboard with a supervisor's word (${language})`, async ({
    launch,
    dataFolder,
    printer,
  }) => {
    const { account } = await prepareTill(dataFolder, printer.port);
    const { page } = await launch();
    if (language === 'en') await page.getByTestId('preference-language').click();
    await startShift(page);
    await payAndAskBack(page, account);
    await expect(page.getByTestId('returned-out-ILS')).toBeVisible();
    await expect(page.getByTestId('owed-again')).toHaveCount(account.openBills.length);
    await expectAccessible(page);

    // Nothing is asked of a supervisor before there is a reason and an explanation.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('undo-reason')).toBeFocused();
    await page.getByTestId('undo-reason').selectOption('wrongAmount');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('undo-explanation')).toBeFocused();
    await page.keyboard.type(language === 'ar' ? 'كُتب المبلغ خطأ' : 'The amount was mistyped');
    await page.keyboard.press('Enter');

    // One's own word is refused at the name; a wrong PIN at the PIN.
    await expect(page.getByTestId('approval-login')).toBeFocused();
    await page.keyboard.type('amal');
    await page.keyboard.press('Tab');
    await page.keyboard.type(pinOf('amal'));
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('approval-form')).toContainText(/لا يوافق أحد على عمله|Nobody approves/);
    await expect(page.getByTestId('approval-login')).toBeFocused();
    await page.keyboard.type('huda');
    await page.keyboard.press('Tab');
    await page.keyboard.type('111111');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('approval-secret')).toBeFocused();
    await expect(page.getByTestId('approval-secret')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);

    // Back to the reason and forth: what was typed is still there, the PIN is not.
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('undo-explanation')).not.toBeEmpty();
    await page.getByTestId('undo-explanation').press('Enter');
    await page.getByTestId('approval-login').fill('huda');
    await expect(page.getByTestId('approval-secret')).toHaveValue('');
    await page.getByTestId('approval-secret').fill(pinOf('huda'));
    await page.keyboard.press('Enter');

    await expect(page.getByTestId('undo-done')).toBeVisible();
    await expect(page.getByTestId('returned-out-ILS')).toBeVisible();
    await expect(page.getByTestId('undo-close')).toBeFocused();
    await expectAccessible(page);
    await expect.poll(() => printer.papers.length).toBe(2);
    await page.waitForTimeout(750);
    await page.keyboard.press('Enter');
    // Back in the account, which owes again, with the hands at its bills.
    await expect(page.getByTestId('undo-dialog')).toBeHidden();
    await expect(page.getByTestId('account')).toContainText(String(account.openBills.length));
    await expect(page.locator('[data-testid="account"] :focus')).toBeVisible();
    await expect(page.getByTestId('last-receipt').getByTestId('undone-mark')).toBeVisible();
    await page.getByTestId('last-receipt').click();
    await expect(page.getByTestId('receipt-undone')).toBeVisible();
    await expect(page.getByTestId('undo')).toBeHidden();
    await page.keyboard.press('Escape');

    await page.getByTestId('nav-receipts').click();
    await expect(page.getByTestId('receipt-row').getByTestId('undone-mark')).toHaveText(
      language === 'ar' ? 'ملغى' : 'Voided',
    );
  });

test('what cannot be taken back says why before anybody is asked', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await closeShift(page, { 'ILS-1000': '20' });
  await page.getByTestId('nav-receipts').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('undo')).toBeVisible();
  await page.keyboard.press('F12');
  await expect(page.getByTestId('undo-refused')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('undo-dialog')).toBeHidden();
});

test('a due cheque is remembered, deposited and bounces: its account owes again and warns', async ({
  launch,
  dataFolder,
}) => {
  const { account, other } = await prepareTill(dataFolder, null);
  const till = startCounter({ folder: join(dataFolder, 'data') });
  await startDay(till);
  const byCheque = paymentOf(account, 2);
  const dueOn = businessDate(Date.now());
  await till.call('payments.take', { ...byCheque, tenders: [cheque(totalOf(byCheque), { dueOn })] });
  const byTransfer = paymentOf(other, 1);
  await till.call('payments.take', { ...byTransfer, tenders: [transfer(totalOf(byTransfer))] });
  await signInMain(till, 'huda');
  await till.call('session.signOut', {});
  await till.close();

  const { app, page } = await launch();
  await signIn(page, 'huda');
  await expect(page.getByTestId('nav-registers')).toContainText('1');
  await page.keyboard.press('Control+4');
  await expect(page.getByTestId('due-reminder')).toBeVisible();
  await expect(page.getByTestId('is-due')).toBeVisible();
  await page.getByTestId('register-row').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('move-deposited')).toBeFocused();
  const picture = join(dataFolder, 'cheque.png');
  writeFileSync(picture, chequePicture());
  giveToProgram(picture);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, picture);
  await page.getByTestId('cheque-attach').press('Enter');
  await expect(page.getByTestId('cheque-picture')).toBeVisible();
  await expect(page.getByTestId('cheque-attach')).toBeHidden();
  await expectAccessible(page);
  await page.getByTestId('move-deposited').press('Enter');
  await expect(page.getByTestId('move-note')).toBeFocused();
  await page.keyboard.press('Enter');

  // Its place is told by the row, and the hands stand at what can come next.
  await expect(page.getByTestId('register-row')).toHaveAttribute('data-state', 'deposited');
  await expect(page.getByTestId('move-cleared')).toBeFocused();
  await expect(page.getByTestId('due-reminder')).toBeHidden();
  await page.getByTestId('move-bounced').press('Enter');
  await expect(page.getByTestId('move-fee')).toBeFocused();
  await page.keyboard.type('٢٥');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('move-note')).toBeFocused();
  await page.keyboard.type('بلا رصيد');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('register-row')).toHaveAttribute('data-state', 'bounced');
  await expect(page.getByTestId('register-step')).toHaveCount(3);

  await page.getByTestId('register-transfers').click();
  await page.getByTestId('register-row').click();
  await page.getByTestId('move-rejected').click();
  await page.getByTestId('move-note').fill('لم تصل');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('register-row')).toHaveAttribute('data-state', 'rejected');

  await page.keyboard.press('F2');
  await openAccount(page, account);
  await expect(page.getByTestId('bounced-warning')).toBeVisible();
  await expectAccessible(page);
});

test('an auditor reads the registers and moves nothing', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const till = startCounter({ folder: join(dataFolder, 'data') });
  await startDay(till);
  const request = paymentOf(account, 1);
  await till.call('payments.take', { ...request, tenders: [cheque(totalOf(request))] });
  await till.call('session.signOut', {});
  await till.close();
  const { page } = await launch();
  await signIn(page, 'nader');
  await page.getByTestId('nav-registers').click();
  await page.getByTestId('register-row').click();
  await expect(page.getByTestId('register-step')).toHaveCount(1);
  await expect(page.getByTestId('move-deposited')).toBeHidden();
});

/** As a phone would take it, more or less. */
function chequePicture(): Buffer {
  const canvas = createCanvas(1200, 520);
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = '#eef3ea';
  ctx.fillRect(0, 0, 1200, 520);
  ctx.fillStyle = '#24402c';
  for (const [x, y, wide] of [
    [60, 60, 420],
    [60, 180, 900],
    [60, 260, 640],
    [60, 420, 500],
  ] as const)
    ctx.fillRect(x, y, wide, 18);
  return canvas.toBuffer('image/png');
}
