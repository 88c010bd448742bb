import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Launched } from '../../tests/helpers/launch.ts';
import { signIn } from '../../tests/helpers/till.ts';
import type { ImportKind } from '../../shared/ipc/contract.ts';
import type { PrintedPaper, VirtualPrinter } from '../printer/virtualPrinter.ts';
import type { Pictures } from './pictures.ts';
import { readPaperQr, usualPort } from './printer.ts';
import type { ImportedBill, SampleFile } from './samples.ts';
import { expect } from './expect.ts';

export type PaperReceipt = { readonly number: string; readonly qr: string; readonly png: string };

export type Day = {
  readonly launched: Launched;
  readonly page: Page;
  readonly pictures: Pictures;
  readonly printer: VirtualPrinter;
  /** Where `receipts/` is made; the paths in `receipts` are relative to it. */
  readonly outFolder: string;
  readonly samples: Readonly<Record<ImportKind, SampleFile>>;
  readonly imported: readonly ImportedBill[];
  /** One for each payment, in the order of the day. */
  readonly receipts: PaperReceipt[];
};

const patientMs = { timeout: 40_000 };

export async function firstRun({ page, pictures }: Day): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByTestId('setup-demonstration')).toBeVisible();
  await pictures.both('first-run');
  await page.getByTestId('setup-begin').click();
  await page.getByTestId('setup-municipalityAr').fill('بلدية خان يونس');
  await page.getByTestId('setup-till').fill('7');
  await page.getByTestId('setup-next').click();
  await pictures.both('first-run-municipality');
  await page.getByTestId('setup-centreAr').fill('مركز خدمات الجمهور');
  await page.getByTestId('setup-till').fill('KY01');
  await page.getByTestId('setup-next').click();
  await expect(page.getByTestId('setup-login')).toBeVisible();
  await pictures.both('first-run-administrator');
  await page.getByTestId('setup-back').click();
  await page.getByTestId('setup-back').click();
  await page.getByTestId('setup-demonstration').click();
  await expect(page.getByTestId('setup-go-sign-in')).toBeVisible(patientMs);
  await pictures.both('demonstration-ready');
  await page.getByTestId('setup-go-sign-in').click();
  await expect(page.getByTestId('sign-in-login')).toBeFocused();
  await pictures.both('sign-in');
}

export async function wrongPin({ page, pictures }: Day): Promise<void> {
  await page.getByTestId('sign-in-login').fill('admin');
  await page.getByTestId('sign-in-secret').fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sign-in-problem')).toBeVisible();
  await pictures.both('sign-in-refused');
}

export async function lookAfterSettings({ page, pictures, printer }: Day): Promise<void> {
  await signIn(page, 'admin');
  await expect(page.getByTestId('users')).toBeVisible();
  await pictures.both('users');
  await page.getByTestId('tab-settings').click();
  await page.getByTestId('logo').getByRole('img').waitFor();
  await pictures.both('settings');
  await page.getByTestId('tab-printers').click();
  await expect(page.getByTestId('setting-port')).toHaveValue(String(usualPort));
  if (printer.port !== usualPort) {
    console.log(`           port ${usualPort} is taken: the printer of this day is on ${printer.port}`);
    await page.getByTestId('setting-port').fill(String(printer.port));
    await page.getByTestId('printer-save').click();
    await expect(page.getByTestId('settings-saved')).toBeVisible();
  }
  await pictures.both('printers');
}

export async function importFile(day: Day, kind: ImportKind): Promise<void> {
  const { page, pictures, samples } = day;
  await page.getByTestId('tab-import').click();
  await expect(page.getByTestId('import-choose')).toBeVisible();
  if (kind === 'accounts') await pictures.both('import');
  await chooseFile(day, kind, samples[kind].path);
  await pictures.both(`import-preview-${kind}`);
  const added = Number(await page.getByTestId('import-added').textContent());
  const bad = Number(await page.getByTestId('import-bad-count').textContent());
  expect(added + bad).toBe(samples[kind].rows.length);
  expect(added).toBeGreaterThan(0);
  await page.getByTestId('import-confirm').click();
  await expect(page.getByTestId('import-done')).toBeVisible(patientMs);
  await pictures.both(`import-done-${kind}`);
  await page.getByTestId('import-another').click();

  await chooseFile(day, kind, samples[kind].path);
  await expect(page.getByTestId('import-added')).toHaveText('0');
  await expect(page.getByTestId('import-changed')).toHaveText('0');
  await expect(page.getByTestId('import-unchanged')).toHaveText(String(added));
  await page.getByTestId('import-cancel').click();
}

/** Bills as a hurried office may send them, in UTF-16 with semicolons: the reasons are shown, nothing is written. */
export async function refuseBadLines(day: Day): Promise<void> {
  const { page, pictures, outFolder, imported } = day;
  const account = imported[0]?.account ?? '';
  const lines = [
    'رقم الفاتورة;رقم الاشتراك;الخدمة;الفترة;تاريخ الاستحقاق;المبلغ',
    `D-1;${account};مياه;2026-11;2026-12-28;٩٠٫٥٠`,
    'D-2;99999999;مياه;2026-11;2026-12-28;90.50',
    `D-3;${account};مياه;2026-13;2026-12-28;90.50`,
    `D-4;${account};مياه;2026-11;2026-12-28;-5`,
    `D-5;${account};مياه;2026-11;2026-12-28;12.345`,
    `D-1;${account};مياه;2026-11;2026-12-28;90.50`,
  ];
  const file = join(outFolder, 'bad-lines.csv');
  writeFileSync(file, `\ufeff${lines.join('\r\n')}`, 'utf16le');
  await chooseFile(day, 'bills', file);
  await expect(page.getByTestId('import-added')).toHaveText('1');
  await expect(page.getByTestId('import-bad-count')).toHaveText('5');
  await pictures.both('import-bad-lines');
  await page.getByTestId('import-cancel').click();
}

/** Answers the system's own dialog, which no program can press. */
async function chooseFile({ launched, page }: Day, kind: ImportKind, file: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  await page
    .getByTestId('import-kind')
    .locator(`input[value="${kind}"]`)
    .evaluate((input: HTMLInputElement) => input.click());
  await page.getByTestId('import-choose').click();
  await expect(page.getByTestId('import-preview')).toBeVisible(patientMs);
}

export async function signOut({ page }: Day): Promise<void> {
  await page.getByTestId('person-menu').click();
  await page.getByTestId('sign-out').click();
  await expect(page.getByTestId('sign-in-login')).toBeVisible();
}

/** Half a name, some of the debt: the amount is spread over the oldest bills, and may be seen before it is taken. */
export async function payAnAmount(day: Day): Promise<void> {
  const { page, pictures } = day;
  await page.keyboard.type('محم عبد', { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText('محمد');
  await pictures.both('search');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account')).toBeVisible();
  await pictures.both('account');
  await page.keyboard.press('F6');
  await page.keyboard.type('120.50', { delay: 30 });
  await page.getByTestId('received').focus();
  await page.keyboard.type('200', { delay: 30 });
  await expect(page.getByTestId('change')).toHaveText(/79\.50/);
  await pictures.both('payment');
  await confirm(day);
  await pictures.both('paid');
}

/** A citizen who came with the sample file, found by two half words, pays everything. */
export async function payAllBills(day: Day): Promise<void> {
  const { page, pictures } = day;
  const [bill] = day.imported;
  if (bill === undefined) throw new Error('the samples have no open bill');
  const [first = '', second = ''] = bill.name.split(' ');
  await page.keyboard.press('F2');
  await page.keyboard.type(`${first.slice(0, 3)} ${second.slice(0, 3)}`, { delay: 60 });
  const hit = page.locator(`[data-testid="search-hit"][data-account="${bill.account}"]`);
  await expect(hit).toBeVisible();
  await pictures.both('search-imported');
  while ((await hit.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-number')).toHaveText(bill.account);
  await page.keyboard.press('F4');
  await page.keyboard.press('F8');
  await pictures.both('payment-all-bills');
  await confirm(day);
}

/** A bill is held under the scanner: fast keys and Enter. */
export async function payAScannedBill(day: Day): Promise<void> {
  const { page, pictures } = day;
  const bill = day.imported[1] ?? day.imported[0];
  if (bill === undefined) throw new Error('the samples have no open bill');
  await page.keyboard.type(bill.number);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-number')).toHaveText(bill.account);
  const row = page.locator(`[data-testid="bill-row"][data-bill="${bill.number}"]`);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F8');
  await pictures.both('payment-scanned-bill');
  await confirm(day);
}

/** F9, what has to be said first, the receipt on the screen, the paper in the hand. */
export async function confirm(
  { page, printer, receipts, outFolder }: Day,
  sayFirst?: () => Promise<void>,
): Promise<void> {
  const before = printer.papers.length;
  await page.keyboard.press('F9');
  await sayFirst?.();
  await expect(page.getByTestId('paid')).toBeVisible();
  const number = ((await page.getByTestId('receipt-number').textContent()) ?? '').trim();
  await expect(page.getByTestId('receipt-picture')).toBeVisible();
  const paper = (await printer.waitForPapers(before + 1))[before];
  if (paper === undefined) throw new Error('no paper came out');
  receipts.push({ number, qr: readPaperQr(paper), png: keepPaper(outFolder, number, paper) });
}

export function keepPaper(outFolder: string, name: string, paper: PrintedPaper): string {
  const png = `receipts/${name}.png`;
  mkdirSync(join(outFolder, 'receipts'), { recursive: true });
  writeFileSync(join(outFolder, png), paper.png);
  return png;
}

/** More than is owed waits for a word; less cash than is paid is said where it was typed: no receipt is made. */
export async function refusePayments(day: Day): Promise<void> {
  const { page, pictures, printer } = day;
  const bill = day.imported[2];
  if (bill === undefined) throw new Error('the samples have too few accounts with open bills');
  const before = printer.papers.length;
  await page.keyboard.press('F2');
  await page.keyboard.type(bill.account, { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText(bill.account);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-number')).toHaveText(bill.account);
  await page.keyboard.press('F6');
  await page.keyboard.type('99999');
  await expect(page.getByTestId('surplus')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('take')).toBeDisabled();
  await pictures.both('more-than-owed');
  await page.getByTestId('amount').fill('');
  await page.keyboard.press('F4');
  await page.getByTestId('received').fill('1');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('take')).toBeDisabled();
  await pictures.both('refused-too-little');
  await expect(page.getByTestId('paid')).toBeHidden();
  expect(printer.papers.length).toBe(before);
}

export async function printACopy({ page, pictures, printer, outFolder, receipts }: Day): Promise<void> {
  const [original] = receipts;
  if (original === undefined) throw new Error('there is no receipt to copy');
  const before = printer.papers.length;
  await page.keyboard.press('Control+3');
  await page.getByTestId('receipts-find').fill(original.number.slice(-6));
  await page.locator(`[data-testid="receipt-row"][data-receipt="${original.number}"]`).click();
  await page.getByTestId('reprint-reason').selectOption('lost');
  await page.getByTestId('reprint').click();
  await expect(page.getByTestId('reprinted')).toBeVisible();
  const papers = await printer.waitForPapers(before + 1);
  const copy = papers[before];
  const first = papers[0];
  if (copy === undefined || first === undefined) throw new Error('no copy came out');
  // The mark «نسخة طبق الأصل» makes it longer; the code stays the original's.
  expect(copy.height).toBeGreaterThan(first.height);
  expect(readPaperQr(copy)).toBe(original.qr);
  keepPaper(outFolder, `${original.number}-copy-1`, copy);
  await pictures.both('receipts');
}

export async function switchLanguage({ page, pictures }: Day): Promise<void> {
  await page.getByTestId('preference-language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByTestId('nav-receipts')).toHaveText(/Receipts/);
  await page.getByTestId('preference-language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await page.keyboard.press('F1');
  await expect(page.getByTestId('guide')).toBeVisible();
  await pictures.both('guide');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  await pictures.one('locked');
  await page.getByTestId('unlock-secret').fill('258036');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('lock-screen')).toBeHidden();
}

export async function lookInTheDark({ page, pictures, imported }: Day): Promise<void> {
  const bill = imported[2] ?? imported[0];
  if (bill === undefined) throw new Error('the samples have no open bill');
  await page.getByTestId('preference-theme').click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.keyboard.press('Control+1');
  await expect(page.getByTestId('search')).toBeVisible();
  await page.keyboard.press('F2');
  await page.keyboard.type(bill.account, { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText(bill.account);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-number')).toHaveText(bill.account);
  await page.keyboard.press('F4');
  await page.getByTestId('note-20000').click();
  await pictures.both('dark');
  await page.keyboard.press('Control+3');
  await page.getByTestId('receipt-row').first().click();
  await expect(page.getByTestId('receipt-picture')).toBeVisible();
  await pictures.both('dark-receipts');
  await page.getByTestId('preference-theme').click();
}

export async function verifyAsAuditor({ page, pictures }: Day): Promise<void> {
  await signIn(page, 'nader');
  await expect(page.getByTestId('audit-row').first()).toBeVisible();
  await page.getByTestId('verify').click();
  await expect(page.getByTestId('verify-result')).toHaveAttribute('data-kind', 'good', patientMs);
  await page.locator('[data-testid="audit-row"][data-act="payment.taken"]').first().click();
  await expect(page.getByTestId('audit-entry')).toBeVisible();
  await pictures.both('audit');
}
