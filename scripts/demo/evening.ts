import { pinOf } from '../../tests/helpers/till.ts';
import type { Day } from './day.ts';
import { expect } from './expect.ts';

/** The supervisor looks at the shift, sees the evidence behind its figures and adds their words to the difference. */
export async function reviewTheShift({ page, pictures }: Day): Promise<void> {
  await page.getByTestId('nav-day').click();
  await expect(page.getByTestId('day-obstacles')).toBeVisible();
  await pictures.both('day-to-review');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('day-shift').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('explain-text-ILS')).toBeFocused();
  await page.keyboard.type('راجعتُ السندات مع أمل: شيكل أُعطي زيادة، ويُقيَّد عجزًا');
  await pictures.both('shift-reviewed');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('day-ready')).toBeVisible();
  await page.keyboard.press('F4');
  await expect(page.getByTestId('paper-sheet')).toBeVisible();
  await page.keyboard.press('3');
  await expect(page.getByTestId('evidence-receipt').first()).toBeVisible();
  await pictures.both('shift-evidence');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('evidence-dialog')).toBeHidden();
}

/** The date is closed for ever. */
export async function closeTheDay({ page, pictures }: Day): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByTestId('day-close-go')).toBeFocused();
  await pictures.both('day-close');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('day-closed')).toBeVisible();
  await pictures.both('day-closed');
}

/** What is in the safe goes to the bank by its notes, in front of two; the bank's slip confirms it. */
export async function takeToTheBank({ page, pictures }: Day): Promise<void> {
  await expect(page.getByTestId('to-deposit')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-begin')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.locator('[data-heap]').first()).toBeFocused();
  await page.keyboard.type('8');
  await page.getByTestId('second-login').focus();
  await page.keyboard.type('yousef');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('yousef'));
  await pictures.both('deposit-prepare');
  await page.getByTestId('second-secret').press('Enter');
  await expect(page.getByTestId('deposit-prepared')).toBeVisible();
  await expect(page.getByTestId('deposit-row')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-leave')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-note')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-confirm')).toBeFocused();
  await pictures.both('deposit-on-its-way');
  await page.getByTestId('deposit-confirm').press('Enter');
  await expect(page.getByTestId('bank-reference')).toBeFocused();
  await page.keyboard.type('BOP-2211');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type(
    (await page.getByTestId('deposit-total').locator('bdi').innerText()).replaceAll(',', ''),
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('deposit-confirmed')).toContainText('BOP-2211');
  await pictures.both('deposit-confirmed');
}
