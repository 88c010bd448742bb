import { join } from 'node:path';
import { accountWithBills, signIn as signInMain, startCounter } from '../helpers/counter.ts';
import { openShift } from '../helpers/days.ts';
import { cash, paymentOf } from '../helpers/payments.ts';
import { recordTraffic } from '../helpers/recordTraffic.ts';
import { expectedIn } from '../helpers/shifts.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { closeShift, prepareTill, signIn } from '../helpers/till.ts';

test('nothing that main tells the window holds the expected total until the count is committed', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  // A running shift with amounts that nothing else comes to.
  const folder = join(dataFolder, 'data');
  const till = startCounter({ folder });
  await signInMain(till, 'amal');
  const running = await till.call('shifts.current', {});
  const shiftId = running?.id ?? (await openShift(till, 'amal', 20_000));
  for (const [index, receivedMinor] of [3_141_590, 2_718_280].entries()) {
    // Of two people: one's credit would come to the same sum.
    const account = await accountWithBills(till, 1, 1 + index * 20);
    await till.call('payments.take', {
      ...paymentOf(account),
      lines: [{ kind: 'advance', accountId: account.id, minor: receivedMinor }],
      tenders: [cash('ILS', receivedMinor)],
      change: [],
    });
  }
  await till.call('session.signOut', {});
  await till.close();
  const expected = expectedIn(folder, shiftId).find(({ currency }) => currency === 'ILS')?.minor ?? 0;
  const sums = [expected, 3_141_590 + 2_718_280].map(String);

  const { app, page } = await launch();
  const said = await recordTraffic(app);
  const tellsIt = async (): Promise<string[]> =>
    (await said())
      .filter((answer) => sums.some((sum) => answer.replaceAll(/(?<=\d)[.,](?=\d)/g, '').includes(sum)))
      .map((answer) => answer.slice(0, answer.indexOf(' ')));

  // Everything that a cashier looks at in a day.
  await signIn(page, 'amal');
  await expect(page.getByTestId('search')).toBeFocused();
  await page.keyboard.press('Control+3');
  await expect(page.getByTestId('receipt-row').first()).toBeVisible();
  await page.getByTestId('receipt-row').first().click();
  await page.getByTestId('nav-shift').click();
  const before = await said();
  expect(before.length).toBeGreaterThan(5);
  expect(await tellsIt()).toEqual([]);

  await closeShift(page, { 'ILS-1000': '1' });
  const told = await tellsIt();
  expect(told[0]).toBe('shifts.count');
  expect(await page.getByTestId('shift-closed').isVisible()).toBe(true);
});
