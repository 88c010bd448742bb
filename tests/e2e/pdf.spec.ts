import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { giveToProgram, programFolder } from '../helpers/runtime.ts';
import { pdfPages, pdfText } from '../helpers/pdfText.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, startShift } from '../helpers/till.ts';

/** Whoever is asked where says there. */
async function answerSaveDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

test('a receipt becomes an A4 page that is marked as a copy and has its number', async ({
  launch,
  dataFolder,
}) => {
  const { account } = await prepareTill(dataFolder, null);
  const files = join(dataFolder, 'saved');
  mkdirSync(files);
  giveToProgram(files);
  const { app, page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  const number = (await page.getByTestId('receipt-number').textContent())?.match(/KY01-\d{4}-\d+/)?.[0] ?? '';

  await page.getByTestId('nav-receipts').click();
  await page.getByTestId('receipt-row').first().click();
  const windows = app.windows().length;
  const copies: Buffer[] = [];
  for (const copy of [1, 2]) {
    const file = join(files, `${number}-${copy}.pdf`);
    await answerSaveDialog(app, file);
    await page.getByTestId('save-pdf').click();
    await expect(page.getByTestId('saved-pdf')).toContainText(String(copy));
    copies.push(readFileSync(file));
  }
  const kept = join(programFolder, 'out/papers');
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'receipt.pdf'), copies[0] ?? '');
  for (const pdf of copies) {
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const pages = pdfPages(pdf).map(({ width, height }) => [Math.round(width), Math.round(height)]);
    // 210 × 297 mm in points.
    expect(pages).toEqual([[595, 842]]);
    expect(pdfText(pdf)).toContain(number);
    expect(pdf.toString('latin1')).toContain('IBMPlexSansArabic');
  }
  // The page that was drawn is gone with its window.
  expect(app.windows()).toHaveLength(windows);
});

test('a file that cannot be written is said in words, and the next place is asked for', async ({
  launch,
  dataFolder,
}) => {
  const { account } = await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await page.getByTestId('nav-receipts').click();
  await page.getByTestId('receipt-row').first().click();
  await answerSaveDialog(app, join(dataFolder, 'no such folder', 'copy.pdf'));
  await page.getByTestId('save-pdf').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByTestId('save-pdf')).toBeEnabled();
  await expect(page.getByTestId('saved-pdf')).toHaveCount(0);
});
