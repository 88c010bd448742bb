import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { giveToProgram } from '../../tests/helpers/runtime.ts';
import type { Day } from './day.ts';
import { expect } from './expect.ts';

/** What the day came to, read on the screen and taken along as a workbook. */
export async function readTheReports({ page, pictures, launched, outFolder }: Day): Promise<void> {
  await page.getByTestId('nav-reports').click();
  await expect(page.getByTestId('report-row').first()).toBeVisible();
  await page.getByTestId('report-services').click();
  await expect(page.getByTestId('report-services')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('report-chart').locator('.recharts-bar-rectangle').first()).toBeVisible();
  await pictures.both('report-services');
  await page.getByTestId('report-tenders').click();
  await expect(page.getByTestId('report-tenders')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('report-sentence')).toBeVisible();
  await pictures.both('report-tenders');
  const folder = join(outFolder, 'reports');
  mkdirSync(folder, { recursive: true });
  giveToProgram(folder);
  const file = join(folder, 'tenders.xlsx');
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('report-saved')).toBeVisible();
  if (!existsSync(file)) throw new Error('the workbook is not there');
}
