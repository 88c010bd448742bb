import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { pinOf } from './till.ts';

/** What is typed into the fields of a dialog, in the order of the hands; null: what stands there is right. */
export type Typed = readonly (readonly [field: string, text: string | null])[];

/** F7, the way's digit as the list shows it, then its fields from Enter to Enter. The dialog stays. */
export async function beginTender(page: Page, way: string): Promise<void> {
  await page.keyboard.press('F7');
  await expect(page.getByTestId('tender-dialog')).toBeVisible();
  const digit = (await page.getByTestId(`way-${way}`).locator('kbd').textContent()) ?? '';
  await page.keyboard.press(digit.trim());
}

/** Another way to pay, put into the payment. @param look before the last Enter: all fields are filled */
export async function payBy(
  page: Page,
  way: string,
  fields: Typed,
  look?: () => Promise<void>,
): Promise<void> {
  await beginTender(page, way);
  await typeThrough(page, fields.slice(0, -1));
  for (const field of fields.slice(-1)) await typeInto(page, field);
  await look?.();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('tender-dialog')).toBeHidden();
  await expect(page.getByTestId('received')).toBeFocused();
}

/** A fee over the counter: F10, then its fields. */
export async function sell(page: Page, fields: Typed): Promise<void> {
  await page.keyboard.press('F10');
  await expect(page.getByTestId('fee-dialog')).toBeVisible();
  await typeThrough(page, fields);
  await expect(page.getByTestId('fee-dialog')).toBeHidden();
}

/** Types field after field, each when it has the focus, with Enter after each. */
export async function typeThrough(page: Page, fields: Typed): Promise<void> {
  for (const field of fields) {
    await typeInto(page, field);
    await page.keyboard.press('Enter');
  }
}

async function typeInto(page: Page, [name, text]: Typed[number]): Promise<void> {
  const field = page.getByTestId(name);
  await expect(field).toBeFocused();
  if (text === null) return;
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  // A list chooses what it found first; only then may Enter take it.
  if ((await field.getAttribute('aria-haspopup')) === 'listbox')
    await expect(page.locator('[data-combobox-selected]')).toBeVisible();
}

/** The supervisor comes to the counter and types name and PIN, for one act; the Enter is the caller's. */
export async function typeApproval(page: Page, login = 'huda'): Promise<void> {
  const secret = page.getByTestId('approval-secret');
  await expect(page.locator('[data-testid^="approval-"]:focus')).toBeVisible();
  // Whoever approved last stands there already.
  if (!(await secret.evaluate((input) => input === document.activeElement))) {
    await page.keyboard.type(login);
    await page.keyboard.press('Tab');
  }
  await expect(secret).toBeFocused();
  await page.keyboard.type(pinOf(login));
}
