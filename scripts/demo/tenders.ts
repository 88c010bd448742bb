import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { payBy, sell, typeApproval } from '../../tests/helpers/tendering.ts';
import { signIn } from '../../tests/helpers/till.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Day } from './day.ts';
import { confirm, keepPaper } from './day.ts';
import { expect } from './expect.ts';
import type { ImportedBill } from './samples.ts';

/** A transfer of the day, as the citizen's phone shows it and as the provider's statement will. */
const transfer = { provider: 'جوال باي', reference: 'JP-20417', amount: '139.60' };

/** Before the doors open: what a dinar and a dollar are worth today. Shekels would be taken without it. */
export async function setTheRates({ page, pictures }: Day): Promise<void> {
  await signIn(page, 'huda');
  await page.keyboard.press('Control+1');
  await expect(page.getByTestId('rates-missing')).toBeVisible();
  await page.keyboard.press('Control+2');
  await page.getByTestId('shift-tab-rates').press('Enter');
  await page.getByTestId('rate-JOD').focus();
  await page.keyboard.type('5.15');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3.65');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('rates-set')).toBeVisible();
  await pictures.both('rates');
  await page.keyboard.press('Control+1');
}

/** Ten dinars, twenty dollars and a hundred shekels for all bills; the change in dinars, and what is under one in coins. */
export async function payInThreeCurrencies(day: Day): Promise<void> {
  const { page, pictures } = day;
  await openImported(day, importedBill(day, 3));
  await page.keyboard.press('F4');
  await page.keyboard.press('F7');
  await expect(page.getByTestId('tender-dialog')).toBeVisible();
  await pictures.both('ways-to-pay');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tender-dialog')).toBeHidden();
  await payBy(page, 'cashJOD', [
    ['field-amount', '10'],
    ['field-worn', null],
  ]);
  await payBy(page, 'cashUSD', [
    ['field-amount', '20'],
    ['field-worn', '20'],
  ]);
  await expect(page.getByTestId('tender-value')).toHaveText([/51\.50/, /73\.00/]);
  await page.keyboard.type('100');
  await page.keyboard.press('F11');
  await expect(page.getByTestId('change-in-ILS')).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByTestId('change-in-JOD')).toBeFocused();
  await pictures.both('change-in-dinars');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('change-dialog')).toBeHidden();
  await expect(page.getByTestId('change-JOD')).toBeVisible();
  await pictures.both('three-currencies');
  await confirm(day);
  await pictures.both('paid-in-three-currencies');
}

/** A trader's cheque, due in a month. */
export async function payByCheque(day: Day): Promise<void> {
  const { page, pictures } = day;
  const inAMonth = businessDate(Date.now() + 30 * 86_400_000);
  await openImported(day, importedBill(day, 4));
  await page.keyboard.press('F4');
  await payBy(
    page,
    'cheque',
    [
      ['field-amount', null],
      ['field-currency', null],
      ['field-bank', 'القدس'],
      ['field-branch', 'خان يونس'],
      ['field-chequeNumber', '000417'],
      ['field-chequeAccount', '1203345'],
      ['field-drawer', null],
      ['field-dueOn', inAMonth],
    ],
    () => pictures.both('cheque'),
  );
  await pictures.both('payment-by-cheque');
  await confirm(day);
}

/** From the phone: recorded now, «قيد التحقق» until the provider's statement says that it came. */
export async function payByTransfer(day: Day): Promise<void> {
  const { page, pictures } = day;
  await openImported(day, importedBill(day, 1));
  await page.keyboard.press('F4');
  await payBy(
    page,
    'transfer',
    [
      ['field-amount', transfer.amount],
      ['field-currency', null],
      ['field-provider', 'جوال'],
      ['field-reference', transfer.reference],
      ['field-sender', null],
      ['field-sentOn', null],
    ],
    () => pictures.both('transfer'),
  );
  await confirm(day);
}

/** There are no coins for the change: it stands on the account, and on the receipt. */
export async function keepChangeAsCredit(day: Day): Promise<void> {
  const { page, pictures } = day;
  await openImported(day, importedBill(day, 2));
  await page.keyboard.press('Space');
  await page.getByTestId('received').focus();
  await page.keyboard.type('360');
  await page.keyboard.press('F11');
  await expect(page.getByTestId('change-in-ILS')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('credit-text')).toBeFocused();
  await page.keyboard.type('10');
  await pictures.both('change-as-credit');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('change-dialog')).toBeHidden();
  await confirm(day);
  await expect(page.getByTestId('credited')).toContainText('10.00');
  await pictures.both('paid-with-credit');
}

/** The council has decided that twenty shekels are not asked for: a supervisor puts their name to it, the rest is paid. */
export async function waiveAPart(day: Day): Promise<void> {
  const { page, pictures } = day;
  await page.keyboard.type('محم عبد', { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText('محمد');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account')).toBeVisible();
  await page.keyboard.press('Space');
  await payBy(
    page,
    'waiver',
    [
      ['field-amount', '20'],
      ['field-decisionNumber', '118/2026'],
      ['field-decisionOn', businessDate(Date.now())],
    ],
    () => pictures.both('waiver'),
  );
  await page.keyboard.press('F8');
  await confirm(day, async () => {
    await typeApproval(page);
    await pictures.both('waiver-approval');
    await page.keyboard.press('Enter');
  });
  await pictures.both('paid-with-waiver');
}

/** Two of a family in one receipt, and a tanker of water that nobody sends a bill for. */
export async function payForAFamily(day: Day): Promise<void> {
  const { page, pictures } = day;
  await openImported(day, importedBill(day, 2));
  await page.keyboard.press('Space');
  await page.keyboard.press('F5');
  await expect(page.getByTestId('basket-part')).toBeVisible();
  await page.keyboard.type('محم عبد', { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText('محمد');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account')).toBeVisible();
  await page.keyboard.press('Space');
  await sell(page, [
    ['fee-service', 'صهريج'],
    ['fee-quantity', '1'],
    ['fee-unit', '80'],
    ['fee-note', null],
  ]);
  await page.keyboard.press('F8');
  await pictures.both('basket');
  await confirm(day);
  await pictures.both('paid-basket');
}

/** It was the wrong citizen: two people put it right, the drawer gives back, a slip is printed. */
export async function voidTheLast(day: Day): Promise<void> {
  const { page, pictures, printer, receipts, outFolder } = day;
  const last = receipts.at(-1);
  if (last === undefined) throw new Error('there is nothing to void');
  const before = printer.papers.length;
  await page.keyboard.press('F3');
  await expect(page.getByTestId('undo')).toBeVisible();
  await page.keyboard.press('F12');
  await expect(page.getByTestId('undo-reason')).toBeFocused();
  await page.getByTestId('undo-reason').selectOption('wrongAccount');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('undo-explanation')).toBeFocused();
  await page.keyboard.type('أُضيف حساب ليس من العائلة');
  await pictures.both('void-reason');
  await page.keyboard.press('Enter');
  await typeApproval(page);
  await pictures.both('void-approval');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('undo-done')).toBeVisible();
  await pictures.both('voided');
  const slip = (await printer.waitForPapers(before + 1))[before];
  if (slip === undefined) throw new Error('no slip came out');
  keepPaper(outFolder, `${last.number}-void`, slip);
  // A press right after it appears is not heard: what to hand over must have been read.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('undo-dialog')).toBeHidden({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

function importedBill({ imported }: Day, index: number): ImportedBill {
  const bill = imported[index];
  if (bill === undefined) throw new Error('the samples have too few accounts with open bills');
  return bill;
}

async function openImported({ page }: Day, { account }: ImportedBill): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.type(account, { delay: 60 });
  await expect(page.getByTestId('search-hit').first()).toContainText(account);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('account-number')).toHaveText(account);
}

/** The provider's statement knows the transfer of the day, and one that no receipt knows. */
function writeStatement(outFolder: string): string {
  const file = join(outFolder, 'jawwal-pay.csv');
  const today = businessDate(Date.now());
  const lines = [
    'التاريخ,رقم الحركة,المرسل,المبلغ',
    `${today},${transfer.reference},سناء محمود حسن الفرا,${transfer.amount}`,
    `${today},JP-20981,خالد عمر,45.00`,
  ];
  writeFileSync(file, `\ufeff${lines.join('\r\n')}\r\n`);
  return file;
}

/** What the supervisor does when the counters are closed: the cheques in hand, the statement of a provider. */
export async function matchTheStatement(day: Day): Promise<void> {
  const { page, pictures, launched, outFolder } = day;
  await signIn(page, 'huda');
  await page.getByTestId('nav-registers').press('Enter');
  await expect(page.getByTestId('register-row')).toBeVisible();
  await page.getByTestId('register-row').press('Enter');
  await pictures.both('cheques');
  await page.getByTestId('register-transfers').press('Enter');
  await expect(page.getByTestId('register-row')).toHaveAttribute('data-state', 'pending');
  await launched.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, writeStatement(outFolder));
  await page.getByTestId('statement-begin').press('Enter');
  await expect(page.getByTestId('statement-provider')).toHaveValue(transfer.provider);
  await expect(page.getByTestId('statement-provider')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('statement-reference')).toBeFocused();
  await page.getByTestId('statement-reference').selectOption('رقم الحركة');
  await page.getByTestId('statement-amount').selectOption('المبلغ');
  await pictures.both('statement-columns');
  await page.getByTestId('statement-amount').press('Enter');
  await expect(page.getByTestId('statement-match')).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByTestId('statement-only-in-statement')).toContainText('JP-20981');
  await pictures.both('statement-matches');
  await page.getByTestId('statement-match').press('Enter');
  await expect(page.getByTestId('statement-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('statement-done')).toBeVisible();
  await page.getByTestId('statement-close').press('Enter');
  await expect(page.getByTestId('statement-dialog')).toBeHidden();
  await expect(page.getByTestId('register-row')).toHaveAttribute('data-state', 'matched');
  await page.getByTestId('register-row').press('Enter');
  await pictures.both('transfers');
}
