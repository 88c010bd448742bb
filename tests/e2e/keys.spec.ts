import type { Launched } from '../helpers/launch.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, startShift } from '../helpers/till.ts';

/** A key, and right behind it digits as fast as a scanner sends them: nothing waits for the screen. */
async function pressThenType(
  { app }: Launched,
  keyCode: string,
  digits: string,
  last: 'Enter' | null = null,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, burst) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', keyCode: burst.keyCode });
      contents?.sendInputEvent({ type: 'keyUp', keyCode: burst.keyCode });
      for (const digit of burst.digits) {
        contents?.sendInputEvent({ type: 'keyDown', keyCode: digit });
        contents?.sendInputEvent({ type: 'char', keyCode: digit });
        contents?.sendInputEvent({ type: 'keyUp', keyCode: digit });
      }
      if (burst.last !== null) contents?.sendInputEvent({ type: 'keyDown', keyCode: burst.last });
    },
    { keyCode, digits, last },
  );
}

test('no digit is lost in the moment of returning to the counter', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const launched = await launch();
  const { page } = launched;
  await startShift(page);
  for (const isServing of [false, true]) {
    if (isServing) await openAccount(page, account);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const screen of ['receipts', 'shift']) {
        await page.getByTestId(`nav-${screen}`).click();
        await expect(page.getByTestId(`nav-${screen}`)).toHaveAttribute('aria-current', 'page');
        await pressThenType(launched, 'F2', '1234567');
        await expect(page.getByTestId('search')).toHaveValue('1234567');
        await page.keyboard.press('Escape');
      }
    }
  }
});

test('no digit is lost while a dialog goes away', async ({ launch, dataFolder }) => {
  const { account } = await prepareTill(dataFolder, null);
  const launched = await launch();
  const { page } = launched;
  await startShift(page);
  for (const isServing of [false, true]) {
    if (isServing) await openAccount(page, account);
    for (let turn = 0; turn < 3; turn += 1) {
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog')).toBeVisible();
      await pressThenType(launched, 'Escape', '1234567');
      await expect(page.getByTestId('search')).toHaveValue('1234567');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('Escape');
      await expect(page.getByTestId('search')).toHaveValue('');
    }
  }
});

test('a code of which the first keys came long before the others is found', async ({
  launch,
  dataFolder,
}) => {
  const { account } = await prepareTill(dataFolder, null);
  const launched = await launch();
  const { page } = launched;
  await startShift(page);
  await page.keyboard.type(account.number.slice(0, 1));
  // Longer than a run of keys may pause.
  await page.waitForTimeout(400);
  await pressThenType(launched, 'Shift', account.number.slice(1), 'Enter');
  await expect(page.getByTestId('account-name')).toHaveText(account.citizen.name);
});
