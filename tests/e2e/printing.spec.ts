import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

/** Types a printer on the network into the settings. */
async function typePrinter(page: Page, name: string, port: number): Promise<void> {
  await page.getByTestId('setting-name').fill(name);
  await page.getByTestId('setting-way').selectOption('tcp');
  await page.getByTestId('setting-host').fill('127.0.0.1');
  await page.getByTestId('setting-port').fill(String(port));
}

async function payFirstBill(page: Page): Promise<void> {
  await page.keyboard.press('Space');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
}

test('printers are set up and tried; one without paper gives its work to the other; the drawer opens for a reason; nothing comes out twice unmarked', async ({
  launch,
  dataFolder,
  printer: first,
}) => {
  const second = await startVirtualPrinter();
  const { account, other } = await prepareTill(dataFolder, null);
  const { page } = await launch();

  // The administrator sets two of them up.
  await signIn(page, 'admin');
  await page.getByTestId('tab-printers').click();
  await page.getByTestId('printer-add').click();
  await typePrinter(page, 'طابعة الشباك', 99_999);
  await page.getByTestId('setting-drawer').check();
  await page.getByTestId('printer-save').click();
  await expect(page.getByTestId('setting-port')).toHaveAttribute('aria-invalid', 'true');
  await page.getByTestId('setting-port').fill(String(first.port));
  await page.getByTestId('printer-probe').click();
  await expect(page.getByTestId('printer-abilities')).not.toBeEmpty();
  await page.getByTestId('printer-page').click();
  await expect(page.getByTestId('printer-asks')).toBeVisible();
  expect(first.papers).toHaveLength(1);
  await page.getByTestId('printer-save').click();
  await expect(page.getByTestId('settings-saved')).toBeVisible();
  await page.getByTestId('printer-add').click();
  await typePrinter(page, 'طابعة المكتب', second.port);
  await page.getByTestId('printer-save').click();
  await expect(page.getByTestId('settings-saved')).toBeVisible();
  await page.getByTestId('route-fallback').selectOption({ label: 'طابعة المكتب' });
  await expectAccessible(page, 'printers');
  await page.getByTestId('person-menu').click();
  await page.getByTestId('sign-out').click();

  // The roll is out before anybody prints, and the bar says so.
  first.set({ paperOut: true });
  await startShift(page);
  const bar = page.getByTestId('status-printer');
  await expect(bar).toContainText('انتهى الورق', { timeout: 20_000 });
  const pulses = first.drawerPulses;
  await openAccount(page, account);
  await payFirstBill(page);
  await expect
    .poll(() => first.drawerPulses, { message: 'a drawer opens without paper too' })
    .toBe(pulses + 1);
  await expect(bar).toHaveAttribute('data-state', 'failing');
  await page.keyboard.press('Control+P');
  await expect(page.getByTestId('papers-screen')).toBeVisible();
  await expect(page.getByTestId('paper-row').first()).toHaveAttribute('data-state', 'failedNotSent');
  await expectAccessible(page, 'papers, a printer without paper');
  await page.getByTestId(/^move-to-/).click();
  await second.waitForPapers(1);
  await expect(page.getByTestId('paper-row').first()).toHaveAttribute('data-state', 'confirmed');
  expect(first.papers).toHaveLength(1);

  // A drawer without a sale needs its reason.
  await page.keyboard.press('Control+D');
  await page.getByTestId('drawer-reason').selectOption('other');
  await page.getByTestId('drawer-go').click();
  await expect(page.getByTestId('drawer-note')).toHaveAttribute('aria-invalid', 'true');
  expect(first.drawerPulses).toBe(pulses + 1);
  await page.getByTestId('drawer-note').fill('وقعت قطعة تحت الدُّرج');
  await expectAccessible(page, 'drawer');
  await page.getByTestId('drawer-go').click();
  await expect(page.getByTestId('drawer-told')).toHaveAttribute('data-kind', 'good');
  expect(first.drawerPulses).toBe(pulses + 2);
  await page.keyboard.press('Escape');

  // Cut off in the middle: a person is asked, and the second paper is marked.
  first.set({ paperOut: false, cablePulledAfterBytes: 3_000 });
  await page.keyboard.press('F2');
  await openAccount(page, other);
  await payFirstBill(page);
  await expect(page.getByTestId('print-question')).toBeVisible();
  first.set({ cablePulledAfterBytes: null });
  await page.getByTestId('print-did-not').click();
  await expect(page.getByTestId('print-question')).toBeHidden();

  // All of it stands in the journal of papers, in the other language too.
  await page.getByTestId('preference-language').click();
  await page.keyboard.press('Control+P');
  await page.getByTestId('papers-find').fill('000002');
  await expect(page.getByTestId('paper-row')).toHaveCount(2);
  await expect(page.getByTestId('paper-row').first()).toContainText('copy 1');
  await expect(page.getByTestId('paper-row').last()).toHaveAttribute('data-state', 'sent');
  await page.getByTestId('papers-find').press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('receipt-picture')).toBeVisible();
  await page.getByTestId('reprint').click();
  await expect(page.getByTestId('paper-copied')).toContainText('2');
  await expect(page.getByTestId('paper-row')).toHaveCount(3);
  await expectAccessible(page, 'papers, English');
  await second.close();
});

test('a logo that is no picture: it is said beside the printers, and receipts come out without it', async ({
  launch,
  dataFolder,
  printer,
}) => {
  const { account } = await prepareTill(dataFolder, printer.port);
  const db = new Database(join(dataFolder, 'data/sanduq.db'));
  db.prepare("INSERT INTO logo VALUES (1, 'logo.png', ?, 0)").run(Buffer.from('not a picture'));
  db.close();
  const { page } = await launch();
  await startShift(page);
  await openAccount(page, account);
  await payFirstBill(page);
  await expect.poll(() => printer.papers.length).toBe(1);
  await page.keyboard.press('Control+p');
  await expect(page.getByTestId('crest-problem')).toContainText('بلا شعار');
  await expectAccessible(page, 'printers without a crest');
});
