import type { Locator, Page } from '@playwright/test';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { toDecimal } from '../../shared/domain/money.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import { expectAccessible } from '../helpers/axe.ts';
import type { Launched } from '../helpers/launch.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { beginTender, payBy, sell, typeApproval, typeThrough } from '../helpers/tendering.ts';
import { openAccount, pinOf, prepareTill } from '../helpers/till.ts';

/*
 * Every way to pay in the real program, in both languages, with the keyboard alone: nothing here presses a button by its
 * place on the screen.
 */
const languages = ['ar', 'en'] as const;
type Language = (typeof languages)[number];
type Said = Readonly<Record<Language, RegExp>>;

const shekelsOf = (minor: number): string => toDecimal({ minor, currency: 'ILS' });

async function speak(page: Page, language: Language): Promise<void> {
  if (language === 'ar') return;
  await page.getByTestId('preference-language').press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByTestId('sign-in-login').focus();
}

async function signInByKeys(page: Page, login: string): Promise<void> {
  await expect(page.getByTestId('sign-in-login')).toBeFocused();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf(login));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('person-menu')).toBeVisible();
}

/** The first cashier, signed in, with an open shift and no money but the citizens'. */
async function startAtCounter(launch: () => Promise<Launched>, language: Language): Promise<Page> {
  const { page } = await launch();
  await speak(page, language);
  await signInByKeys(page, 'amal');
  await expect(page.getByTestId('open-shift')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('search')).toBeFocused();
  return page;
}

/** F9, and the receipt is there. */
async function take(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
}

/** The sentence under a field that is wrong. */
function sentenceAt(field: Locator): Locator {
  return field.page().locator('[class*="InputWrapper-root"]', { has: field }).locator('[id$="-error"]');
}

function firstBillMinor(account: AccountView): number {
  const [bill] = account.openBills;
  if (bill === undefined) throw new Error('nothing is owed');
  return outstandingMinor(bill);
}

// A whole program for each, on whatever machine.
test.slow();

for (const language of languages) {
  test(`dinars, dollars and shekels in one payment, the change in dinars (${language})`, async ({
    launch,
    dataFolder,
    printer,
  }) => {
    const { account } = await prepareTill(dataFolder, printer.port);
    const { page } = await launch();
    await speak(page, language);
    await signInByKeys(page, 'huda');
    await page.keyboard.press('Control+2');
    await page.getByTestId('shift-tab-rates').press('Enter');
    await page.getByTestId('rate-JOD').focus();
    await page.keyboard.type('٥٫١٥');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3.65');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('rates-set')).toBeVisible();
    // Ten times the last rate is asked about, and not set before it is said twice.
    await page.keyboard.press('Control+a');
    await page.keyboard.type('36.5');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('rates-problem')).toBeVisible();
    await page.getByTestId('person-menu').press('Enter');
    await page.getByTestId('sign-out').press('Enter');

    await signInByKeys(page, 'amal');
    await expect(page.getByTestId('open-shift')).toBeVisible();
    await page.keyboard.press('F9');
    await expect(page.getByTestId('search')).toBeFocused();
    await openAccount(page, account);
    await page.keyboard.press('F4');
    await payBy(page, 'cashJOD', [
      ['field-amount', '5'],
      ['field-worn', null],
    ]);
    await payBy(page, 'cashUSD', [
      ['field-amount', '5'],
      ['field-worn', '5'],
    ]);
    await expect(page.getByTestId('tender-value')).toHaveText([/25\.75/, /18\.25/]);
    // Ten shekels too many, of which the cashier gives back what is whole in dinars.
    await page.keyboard.type(shekelsOf(account.owedMinor - 2575 - 1825 + 1000));
    await page.keyboard.press('F11');
    await expect(page.getByTestId('change-in-ILS')).toBeFocused();
    await page.keyboard.press('2');
    await expect(page.getByTestId('change-in-JOD')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('change-dialog')).toBeHidden();
    await expect(page.getByTestId('change-JOD')).toContainText('1.9');
    await take(page);
    await expect(page.getByTestId('paid-total')).toContainText(/\d/);
    await expect(page.getByTestId('change-due-JOD')).toContainText('1.9');
    await expect.poll(() => printer.papers.length).toBe(1);
  });

  test(`without today's rate the dinar is refused, shekels and cards go on (${language})`, async ({
    launch,
    dataFolder,
  }) => {
    const noRate: Said = { ar: /لا سعر صرف اليوم .*دينار/, en: /No rate today .*dinar/i };
    const cardNumber: Said = { ar: /هذا رقم بطاقة/, en: /This is a card number/ };
    const { account, other } = await prepareTill(dataFolder, null);
    const page = await startAtCounter(launch, language);
    await expect(page.getByTestId('rates-missing')).toBeVisible();
    await openAccount(page, account);
    await page.keyboard.press('F4');
    await beginTender(page, 'cashJOD');
    await expect(page.getByTestId('way-refused')).toHaveText(noRate[language]);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('tender-dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('tender-dialog')).toBeHidden();
    await page.keyboard.press('F8');
    await take(page);

    await openAccount(page, other);
    await page.keyboard.press('F4');
    await beginTender(page, 'card');
    await typeThrough(page, [
      ['field-amount', null],
      ['field-terminal', 'T-03'],
      ['field-approvalCode', '5500005555555559'],
    ]);
    await expect(sentenceAt(page.getByTestId('field-approvalCode'))).toHaveText(cardNumber[language]);
    await typeThrough(page, [['field-approvalCode', 'A-1027']]);
    await expect(page.getByTestId('tender-dialog')).toBeHidden();
    await take(page);
  });

  test(`a cheque pays; a card's number is refused at the field it is typed in (${language})`, async ({
    launch,
    dataFolder,
  }) => {
    const said: Said = { ar: /هذا رقم بطاقة/, en: /This is a card number/ };
    const { account, other } = await prepareTill(dataFolder, null);
    const page = await startAtCounter(launch, language);
    await openAccount(page, account);
    await page.keyboard.press('F4');
    await beginTender(page, 'cheque');
    await typeThrough(page, [
      ['field-amount', null],
      ['field-currency', null],
      ['field-bank', language === 'ar' ? 'القدس' : 'quds'],
      ['field-branch', 'خان يونس'],
      ['field-chequeNumber', '4111 1111 1111 1111'],
    ]);
    await expect(sentenceAt(page.getByTestId('field-chequeNumber'))).toHaveText(said[language]);
    await typeThrough(page, [
      ['field-chequeAccount', '1203345'],
      ['field-drawer', null],
      ['field-dueOn', null],
    ]);
    // Not put: the hands are led back to what is wrong.
    await typeThrough(page, [
      ['field-chequeNumber', '٠٠٠٤١٧'],
      ['field-chequeAccount', null],
      ['field-drawer', null],
      ['field-dueOn', null],
    ]);
    await expect(page.getByTestId('tender-dialog')).toBeHidden();
    await take(page);

    // The same cheque a second time is refused, with the receipt that has it.
    const number = (await page.getByTestId('receipt-number').textContent()) ?? '';
    await openAccount(page, other);
    await page.keyboard.press('F4');
    await payBy(page, 'cheque', [
      ['field-amount', null],
      ['field-currency', null],
      ['field-bank', language === 'ar' ? 'القدس' : 'quds'],
      ['field-branch', null],
      ['field-chequeNumber', '000417'],
      ['field-chequeAccount', '1203345'],
      ['field-drawer', null],
      ['field-dueOn', null],
    ]);
    await page.keyboard.press('F9');
    await expect(page.getByTestId('take-problem')).toContainText(number.trim().slice(-6));
    await expect(page.getByTestId('paid')).toBeHidden();
  });

  test(`a transfer pays and waits; its reference pays once (${language})`, async ({ launch, dataFolder }) => {
    const said: Said = { ar: /استُ?عمل|سبق|من قبل/, en: /was used before/ };
    const { account, other } = await prepareTill(dataFolder, null);
    const page = await startAtCounter(launch, language);
    await openAccount(page, account);
    await page.keyboard.press('F4');
    await beginTender(page, 'transfer');
    await typeThrough(page, [
      ['field-amount', null],
      ['field-currency', null],
      ['field-provider', language === 'ar' ? 'جوال' : 'jawwal'],
      ['field-reference', '   '],
      ['field-sender', null],
      ['field-sentOn', null],
    ]);
    // A reference of spaces is none.
    await expect(sentenceAt(page.getByTestId('field-reference'))).toBeVisible();
    await typeThrough(page, [
      ['field-reference', 'JP-20417'],
      ['field-sender', null],
      ['field-sentOn', null],
    ]);
    await expect(page.getByTestId('tender-dialog')).toBeHidden();
    await take(page);

    await openAccount(page, other);
    await page.keyboard.press('F4');
    await payBy(page, 'transfer', [
      ['field-amount', null],
      ['field-currency', null],
      ['field-provider', language === 'ar' ? 'جوال' : 'jawwal'],
      ['field-reference', 'jp-20417'],
      ['field-sender', null],
      ['field-sentOn', null],
    ]);
    await page.keyboard.press('F9');
    await expect(page.getByTestId('take-problem')).toHaveText(said[language]);
    await expect(page.getByTestId('paid')).toBeHidden();
  });

  test(`change that cannot be given becomes credit, and the credit pays the next bill (${language})`, async ({
    launch,
    dataFolder,
  }) => {
    const { account } = await prepareTill(dataFolder, null);
    const page = await startAtCounter(launch, language);
    await openAccount(page, account);
    await page.keyboard.press('Space');
    await page.getByTestId('received').focus();
    await page.keyboard.type(shekelsOf(firstBillMinor(account) + 700));
    await page.keyboard.press('F11');
    await expect(page.getByTestId('change-in-ILS')).toBeFocused();
    await page.keyboard.press('Tab');
    await typeThrough(page, [['credit-text', '٧']]);
    await expect(page.getByTestId('change-dialog')).toBeHidden();
    await expect(page.getByTestId('change-credit')).toContainText('7.00');
    await take(page);
    await expect(page.getByTestId('credited')).toContainText('7.00');

    await page.keyboard.press('Escape');
    await expect(page.getByTestId('account')).toContainText('7.00');
    await page.keyboard.press('Space');
    await beginTender(page, 'credit');
    // More than there is: said at once, and never put.
    await typeThrough(page, [['field-amount', '7.01']]);
    await expect(sentenceAt(page.getByTestId('field-amount'))).toBeVisible();
    await typeThrough(page, [['field-amount', '7']]);
    await expect(page.getByTestId('tender-dialog')).toBeHidden();
    await page.keyboard.press('F8');
    await take(page);
    await expect(page.getByTestId('credited')).toBeHidden();
  });

  test(`a waiver waits for a supervisor's word, and a receipt without cash is a receipt (${language})`, async ({
    launch,
    dataFolder,
  }) => {
    const { account } = await prepareTill(dataFolder, null);
    const page = await startAtCounter(launch, language);
    await openAccount(page, account);
    await page.keyboard.press('Space');
    const today = businessDate(Date.now());
    await payBy(page, 'waiver', [
      ['field-amount', '5'],
      ['field-decisionNumber', '118/2026'],
      ['field-decisionOn', today],
    ]);
    await page.keyboard.press('F8');
    await page.keyboard.press('F9');
    await expect(page.getByTestId('waiver-what')).toContainText('118/2026');
    await expectAccessible(page);
    // Nobody's word: nothing is taken.
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('approval-dialog')).toBeHidden();
    await expect(page.getByTestId('paid')).toBeHidden();
    await page.keyboard.press('F9');
    await typeApproval(page);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('paid')).toBeVisible();
    await expect(page.getByTestId('waived-part')).toContainText(/\d/);

    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await payBy(page, 'waiver', [
      ['field-amount', null],
      ['field-decisionNumber', '119/2026'],
      ['field-decisionOn', today],
    ]);
    await page.keyboard.press('F9');
    await typeApproval(page);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('paid')).toBeVisible();
    await expect(page.getByTestId('receipt-number')).toHaveText(/000002/);
    await expect(page.getByTestId('change-due')).toContainText('0.00');
  });

  test(`two accounts and a fee in one receipt (${language})`, async ({ launch, dataFolder, printer }) => {
    const { account, other } = await prepareTill(dataFolder, printer.port);
    const page = await startAtCounter(launch, language);
    await openAccount(page, other);
    await page.keyboard.press('Space');
    await page.keyboard.press('F5');
    await expect(page.getByTestId('basket-part')).toContainText(other.number);
    await openAccount(page, account);
    await page.keyboard.press('Space');
    await sell(page, [
      ['fee-service', language === 'ar' ? 'صهريج' : 'tanker'],
      ['fee-quantity', '2'],
      ['fee-unit', '12.50'],
      ['fee-note', null],
    ]);
    await expect(page.getByTestId('basket-fee')).toContainText('25.00');
    await page.keyboard.press('F8');
    await take(page);
    const total = firstBillMinor(account) + firstBillMinor(other) + 2500;
    const shown = (await page.getByTestId('paid-total').textContent()) ?? '';
    expect(shown.replaceAll(/[^\d.]/g, '')).toBe(shekelsOf(total));
    await expect.poll(() => printer.papers.length).toBe(1);
  });
}
