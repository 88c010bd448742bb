import { expectAccessible } from '../helpers/axe.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

test('a leaf written by hand is entered under its own number, and a leaf of which nothing is known is seen', async ({
  launch,
  dataFolder,
}) => {
  const { account, other } = await prepareTill(dataFolder, null);
  const supervisor = await launch();
  await test.step('the supervisor issues a book and voids a leaf, each refusal at its field', async () => {
    const { page } = supervisor;
    await signIn(page, 'huda');
    await page.getByTestId('nav-shift').click();
    await page.getByTestId('shift-tab-books').click();
    await page.getByTestId('book-code').fill('d7');
    await page.getByTestId('book-first').fill('41');
    await page.getByTestId('book-last').fill('40');
    await page.getByTestId('book-issue').click();
    await expect(page.getByTestId('book-last')).toHaveAttribute('aria-invalid', 'true');
    await page.getByTestId('book-last').fill('60');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('book-left')).toHaveText('20');
    await expectAccessible(page);
    await page.getByTestId('void-leaf-D7').click();
    await page.getByTestId('void-leaf-number').fill('61');
    await expect(page.getByTestId('void-leaf-number')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page);
    await page.getByTestId('void-leaf-number').fill('43');
    await page.getByTestId('void-leaf-reason').fill('تلفت');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('void-leaf-dialog')).toBeHidden();
    await expect(page.getByTestId('book-voided')).toHaveText('1');
    await expect(page.getByTestId('book-missing')).toHaveText('2');
  });
  await supervisor.app.close();

  const { page } = await launch();
  await startShift(page);
  await test.step('the cashier enters a leaf by keyboard', async () => {
    await page.keyboard.press('Control+b');
    await expect(page.getByTestId('leaf-number')).toBeFocused();
    await expect(page.getByTestId('leaf-number')).toHaveValue('41');
    await expectAccessible(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('45');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('leaf-written-by')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('leaf-strip')).toContainText('D7/000045');
    await expectAccessible(page);
    await expect(page.getByTestId('search')).toBeFocused();
    await openAccount(page, account);
    await expect(page.getByTestId('leaf-strip')).toBeVisible();
    await page.keyboard.press('F4');
    await page.keyboard.press('F8');
    await page.keyboard.press('F9');
    await expect(page.getByTestId('receipt-number')).toHaveText('D7/000045');
    await expect(page.getByTestId('leaf-strip')).toBeHidden();
  });
  await test.step('the same leaf again is refused, and what was chosen stays', async () => {
    await openAccount(page, other);
    await page.keyboard.press('F4');
    await page.keyboard.press('F8');
    await page.keyboard.press('Control+b');
    await expect(page.getByTestId('leaf-number')).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('45');
    for (let field = 0; field < 3; field += 1) await page.keyboard.press('Enter');
    await expect(page.getByTestId('leaf-strip')).toBeVisible();
    await page.keyboard.press('F9');
    await expect(page.getByTestId('take-problem')).toContainText('D7/000045');
    await page.getByTestId('leaf-drop').click();
    await page.keyboard.press('F9');
    await expect(page.getByTestId('receipt-number')).toHaveText(/-000001$/);
  });
});
