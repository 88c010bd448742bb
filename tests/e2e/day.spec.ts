import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

test('from the first start to the first receipt, by keyboard', async ({ launch }) => {
  const { page } = await launch({ language: 'ar' });
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.getByTestId('setup-demonstration').click();
  await page.getByTestId('setup-go-sign-in').click({ timeout: 40_000 });
  await startShift(page);

  await page.keyboard.type('محم');
  await expect(page.getByTestId('search-hit').first()).toContainText('محمد');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account')).toBeVisible();
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await expect(page.getByTestId('sentence')).not.toBeEmpty();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await expect(page.getByTestId('receipt-number')).toContainText(/KY01-\d{4}-000001/);
  await expect(page.getByTestId('receipt-picture')).toBeVisible();
});

test('a receipt comes out of the printer, and its copy is marked', async ({
  launch,
  dataFolder,
  printer,
}) => {
  const { account } = await prepareTill(dataFolder, printer.port);
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await expect.poll(() => printer.papers.length).toBe(1);
  expect(printer.strayText).toBe('');

  await page.getByTestId('nav-receipts').click();
  await page.getByTestId('receipt-row').first().click();
  await page.getByTestId('reprint-reason').selectOption('lost');
  await page.getByTestId('reprint').click();
  await expect.poll(() => printer.papers.length).toBe(2);
  // The band «نسخة طبق الأصل» makes the copy longer than the original.
  expect(printer.papers[1]?.height).toBeGreaterThan(printer.papers[0]?.height ?? 0);
});

test('pressing twice, by key and by mouse, pays once', async ({ launch, dataFolder, printer }) => {
  const { account } = await prepareTill(dataFolder, printer.port);
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await Promise.all([
    page.keyboard.press('F9'),
    page.keyboard.press('F9'),
    // The button goes when the payment is through: a click that comes too late finds nothing.
    page
      .getByTestId('take')
      .dblclick({ timeout: 1_000 })
      .catch(() => undefined),
  ]);
  await expect(page.getByTestId('paid')).toBeVisible();
  await page.getByTestId('nav-receipts').click();
  await expect(page.getByTestId('receipt-row')).toHaveCount(1);
});

test('too little money is said at the field, and what was typed stays', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.getByTestId('received').fill('٠٫٥');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeHidden();
  await expect(page.getByTestId('received')).toHaveValue(/0\.5|٠٫٥/);
  await expect(page.getByTestId('sentence')).toContainText(/ينقص|missing/);
  await expect(page.getByTestId('take')).toBeDisabled();
});

test('a program that is killed comes back with every receipt', async ({ launch, dataFolder }) => {
  const { account, other } = await prepareTill(dataFolder, null);
  const first = await launch();
  await startShift(first.page);
  await openAccount(first.page, account);
  await first.page.keyboard.press('F4');
  await first.page.keyboard.press('F8');
  await first.page.keyboard.press('F9');
  await expect(first.page.getByTestId('paid')).toBeVisible();
  // The program's own process, whatever wrapper started it.
  const pid = await first.app.evaluate(() => process.pid);
  process.kill(pid, 'SIGKILL');
  await first.app.waitForEvent('close');

  const { page } = await launch();
  await signIn(page, 'amal');
  await openAccount(page, other);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('receipt-number')).toContainText(/000002/);
});

test('the other language comes at once, without a restart', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch({ language: 'ar' });
  await signIn(page, 'amal');
  await page.getByTestId('preference-language').click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(page.getByTestId('nav-receipts')).toHaveText(/Receipts/);
});
