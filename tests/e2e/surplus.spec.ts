import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../helpers/axe.ts';
import { giveToProgram } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

test('a bill paid at the counter and settled elsewhere meanwhile: the import says so, then the account does', async ({
  launch,
  dataFolder,
}) => {
  const { account } = await prepareTill(dataFolder, null);
  const { app, page } = await launch({ language: 'ar' });
  await startShift(page);
  await openAccount(page, account);
  for (const key of ['F4', 'F8', 'F9']) await page.keyboard.press(key);
  await expect(page.getByTestId('paid')).toBeVisible();
  await page.getByTestId('person-menu').click();
  await page.getByTestId('sign-out').click();

  const lines = account.openBills.map(
    (bill, index) =>
      `${bill.number},${account.number},${bill.serviceCode},${bill.period},${bill.kind},${bill.issuedOn},${bill.dueOn},` +
      `${(bill.amountMinor / 100).toFixed(2)},${index === 0 ? (bill.amountMinor / 100).toFixed(2) : ''}`,
  );
  const file = join(dataFolder, 'bills-2026-12.csv');
  const heading =
    'رقم الفاتورة,رقم الاشتراك,الخدمة,الفترة,النوع,تاريخ الإصدار,تاريخ الاستحقاق,المبلغ,المدفوع خارج هذا الصندوق';
  writeFileSync(file, [heading, ...lines].join('\n'));
  giveToProgram(file);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);

  await signIn(page, 'admin');
  await page.getByTestId('nav-administration').click();
  await page.getByTestId('tab-import').click();
  await page
    .getByTestId('import-kind')
    .getByText(/الفواتير/)
    .click();
  await page.getByTestId('import-choose').click();
  await expect(page.getByTestId('import-surplus')).toContainText('فاتورة واحدة');
  await expectAccessible(page);
  await page.getByTestId('import-confirm').click();
  await expect(page.getByTestId('import-surplus')).toContainText('صار فائض فاتورة واحدة');
  await page.getByTestId('person-menu').click();
  await page.getByTestId('sign-out').click();

  await signIn(page, 'amal');
  await expect(page.getByTestId('search')).toBeFocused();
  await openAccount(page, account);
  const notes = page.getByTestId('surplus-notes');
  await expect(notes).toContainText(account.openBills[0]?.number ?? '');
  await expect(notes).toContainText('سُدّدت في مكان آخر');
  await page.getByTestId('preference-language').click();
  await expect(notes).toContainText('settled elsewhere');
  await expectAccessible(page);
});
