import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveToProgram, programFolder, readRuntime } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

test('a real municipality begins by hand, and its administrator signs in', async ({ launch }) => {
  const { page } = await launch({ language: 'ar' });
  await page.getByTestId('setup-begin').click();
  const fill = (name: string, text: string): Promise<void> => page.getByTestId(`setup-${name}`).fill(text);
  await fill('municipalityAr', 'بلدية القرارة');
  await fill('centreAr', 'مركز خدمات الجمهور');
  await page.getByTestId('setup-next').click();
  await fill('till', 'qr1');
  await page.getByTestId('setup-next').click();
  await fill('nameAr', 'سمير مدير النظام');
  await fill('login', 'samir');
  await fill('secret', '123456');
  await fill('secretAgain', '123456');
  await page.getByTestId('setup-next').click();
  // What a bystander would try first is refused at the field, and what was typed stays.
  await expect(page.getByTestId('setup-login')).toHaveValue('samir');
  await fill('secret', '739184');
  await fill('secretAgain', '739184');
  await page.getByTestId('setup-next').click();
  await page.getByTestId('sign-in-login').fill('samir');
  await page.getByTestId('sign-in-secret').fill('739184');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('nav-administration')).toBeVisible();
  await expect(page.getByTestId('status-till')).toContainText('QR1');
  await expect(page.getByTestId('demonstration-mark')).toBeHidden();
});

test('bills are imported from a file, and a cashier finds them', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  await signIn(page, 'admin');
  await page.getByTestId('nav-administration').click();
  await page.getByTestId('tab-import').click();
  for (const kind of ['accounts', 'bills'] as const) {
    const file = join(dataFolder, `${kind}.csv`);
    copyFileSync(join(programFolder, `docs/samples/${kind}.csv`), file);
    giveToProgram(file);
    // The person's part of the system's own dialog.
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    await page
      .getByTestId('import-kind')
      .getByText(kind === 'accounts' ? /الاشتراكات|المشتركون|Accounts/ : /الفواتير|Bills/)
      .click();
    await page.getByTestId('import-choose').click();
    await expect(page.getByTestId('import-preview')).toBeVisible();
    await page.getByTestId('import-confirm').click();
    await expect(page.getByTestId('import-done')).toBeVisible();
    await page.getByTestId('import-another').click();
  }
  await page.getByTestId('nav-counter').click();
  await page.keyboard.type('S-202607-016');
  await expect(page.getByTestId('search-hit').first()).toContainText('أبو دقة');
});

test('the municipality’s own logo is chosen by keyboard; what is no picture is said in words', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  await signIn(page, 'admin');
  await page.getByTestId('nav-administration').click();
  await page.getByTestId('tab-settings').click();
  const chooses = (file: string) =>
    app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
  const words = join(dataFolder, 'logo.png');
  writeFileSync(words, 'not a picture');
  giveToProgram(words);
  await chooses(words);
  await page.getByTestId('logo-choose').press('Enter');
  await expect(page.getByTestId('logo-problem')).toContainText('PNG');
  const picture = join(dataFolder, 'logo.svg');
  copyFileSync(join(programFolder, 'resources/icon.svg'), picture);
  giveToProgram(picture);
  await chooses(picture);
  await page.getByTestId('logo-choose').press('Enter');
  await expect(page.getByTestId('logo')).toContainText('logo.svg');
  await expect(page.getByTestId('logo-problem')).toBeHidden();
  await page.getByTestId('logo-remove').press('Enter');
  await expect(page.getByTestId('logo-remove')).toBeHidden();
});

test('the journal verifies on the screen after a payment', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await page.getByTestId('person-menu').click();
  await page.getByTestId('sign-out').click();
  await signIn(page, 'nader');
  await page.getByTestId('nav-audit').click();
  await expect(page.getByTestId('audit-row').first()).toBeVisible();
  await page.getByTestId('verify').click();
  await expect(page.getByTestId('verify-result')).toContainText(/سليم|sound/i);
});

test('a second start of the program shows the first one and ends', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  await launch();
  const second = spawn(readRuntime().executable, [programFolder, `--user-data-dir=${dataFolder}`], {
    stdio: 'ignore',
  });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
});
