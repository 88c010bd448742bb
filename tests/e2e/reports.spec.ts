import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readSheet } from 'read-excel-file/node';
import { expectAccessible } from '../helpers/axe.ts';
import { signIn as signInMain, startDemonstration } from '../helpers/counter.ts';
import { roundPayment, workShift } from '../helpers/days.ts';
import { card, cheque, totalOf } from '../helpers/payments.ts';
import { giveToProgram } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { signIn } from '../helpers/till.ts';
import { printersAt } from '../../electron/setup/demonstrationPeople.ts';

const dayMs = 24 * 60 * 60_000;
const shifts = 7;

/** A week of work of two cashiers, which ended today; once the drawer was short. */
async function workedWeek(folder: string): Promise<void> {
  let nowMs = Date.now() - (shifts - 1) * dayMs - 60_000;
  const till = await startDemonstration(60, { folder, clock: () => nowMs });
  await signInMain(till, 'admin');
  const settings = await till.call('settings.get', {});
  await till.call('settings.set', { ...settings, ...printersAt(null) });
  for (let day = 0; day < shifts; day += 1) {
    await workShift(till, {
      login: day % 3 === 2 ? 'yousef' : 'amal',
      payments: 1 + (day % 3),
      differenceMinor: day === 2 ? -500 : 0,
      floatMinor: day === 0 ? 20_000 : 0,
      also: [
        (account) => {
          const request = roundPayment(account);
          const minor = totalOf(request);
          const edit = { chequeNumber: `00041${day}` };
          return { ...request, change: [], tenders: [day % 2 ? card(minor) : cheque(minor, edit)] };
        },
      ],
    });
    if (day < shifts - 1) nowMs += dayMs;
  }
  await till.call('session.signOut', {});
  await till.close();
}

async function picture(page: Page, name: string): Promise<void> {
  await test.info().attach(`${name}.png`, { body: await page.screenshot(), contentType: 'image/png' });
}

/** The next report of the list, by its arrow and Enter. */
async function down(page: Page, report: string): Promise<void> {
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId(`report-${report}`)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(`report-${report}`)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('report-sentence')).toBeVisible();
}

test('a supervisor reads reports by keyboard, in both languages, and saves one as a workbook', async ({
  launch,
  dataFolder,
}) => {
  await workedWeek(join(dataFolder, 'data'));
  const files = join(dataFolder, 'saved');
  mkdirSync(files);
  giveToProgram(files);
  const { app, page } = await launch();
  await signIn(page, 'huda');
  await page.keyboard.press('Control+6');
  await expect(page.getByTestId('report-daily')).toBeFocused();
  // A week may begin in the month before.
  await page.getByTestId('report-from').fill('');
  await page.keyboard.type(
    new Date(Date.now() - 10 * dayMs).toISOString().slice(0, 10).split('-').toReversed().join('/'),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('report-row')).toHaveCount(shifts);
  await expect(page.getByTestId('report-chart').locator('.recharts-bar-rectangle').first()).toBeVisible();
  await expect(page.getByTestId('report-sentence')).toContainText('صافي التحصيل');
  await picture(page, 'reports-daily-ar');
  await expectAccessible(page);

  // In the Arabic window the first day stands at the right.
  const bars = page.getByTestId('report-chart').locator('.recharts-bar-rectangle path');
  const [first, last] = [await bars.first().boundingBox(), await bars.last().boundingBox()];
  expect(first?.x ?? 0).toBeGreaterThan(last?.x ?? 0);

  const file = join(files, 'daily.xlsx');
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('report-saved')).toBeVisible();
  const read = await readSheet(readFileSync(file));
  expect(read.slice(5, 5 + shifts).every(([date]) => date instanceof Date)).toBe(true);

  await page.getByTestId('report-daily').focus();
  await down(page, 'cashiers');
  await picture(page, 'reports-cashiers-ar');
  await down(page, 'services');
  await picture(page, 'reports-services-ar');
  await down(page, 'tenders');

  await page.getByTestId('preference-language').click();
  await expect(page.getByTestId('report-sentence')).toContainText('net');
  await picture(page, 'reports-tenders-en');
  await page.getByTestId('report-tenders').focus();
  await down(page, 'hours');
  await down(page, 'arrears');
  await expect(page.getByTestId('report-chart')).toBeVisible();
  await picture(page, 'reports-arrears-en');
  await expectAccessible(page);
  await down(page, 'facilitations');
  await expect(page.getByTestId('report-sentence')).toContainText('Nothing was waived');
  await expect(page.getByTestId('report-xlsx')).toBeDisabled();
  await picture(page, 'reports-none-en');
  await down(page, 'undone');
  await down(page, 'differences');
  await expect(page.getByTestId('report-sentence')).toContainText('5.00 ₪ short');

  // What is no date, or ends before it begins, is said in words.
  await page.getByTestId('report-from').fill('31/2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Type the date like this')).toBeVisible();
  await page.getByTestId('report-from').fill('05/03/2026');
  await page.getByTestId('report-to').fill('04/03/2026');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('ends before it begins');
});
