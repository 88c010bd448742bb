import { join } from 'node:path';
import { openReadOnly } from '../../electron/db/open.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { pinOf, signIn } from '../../tests/helpers/till.ts';
import type { Day } from './day.ts';
import { expect } from './expect.ts';

type Piles = Readonly<Record<string, number>>;

const float: Piles = { 'ILS-5000': 4, 'ILS-2000': 10, 'ILS-1000': 20, 'ILS-50': 12 };

async function pile(day: Day, piles: Piles): Promise<void> {
  for (const [name, pieces] of Object.entries(piles))
    await day.page.getByTestId(`pile-${name}`).fill(String(pieces));
}

/** In the morning: the float is counted by its notes and coins. */
export async function openShift(day: Day): Promise<void> {
  const { page, pictures } = day;
  await signIn(page, 'amal');
  await expect(page.getByTestId('open-shift')).toBeVisible();
  await pile(day, float);
  await pictures.both('shift-float');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('search')).toBeFocused();
  await pictures.both('counter');
}

/** Too much in the drawer by noon: a bag goes to the safe, and who takes it signs for it. */
export async function payIntoTheSafe(day: Day): Promise<void> {
  const { page, pictures } = day;
  await page.keyboard.press('Control+2');
  await expect(page.getByTestId('shift-current')).toBeVisible();
  await pictures.both('shift');
  await page.keyboard.press('F3');
  await pile(day, { 'ILS-5000': 3, 'ILS-2000': 5 });
  await page.getByTestId('custody-bagNumber').fill('B-1042');
  await page.getByTestId('custody-login').fill('huda');
  await page.getByTestId('custody-secret').fill(pinOf('huda'));
  await pictures.both('paying-in');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('custody-done')).toBeVisible();
  await pictures.both('paid-in');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('shift-current')).toBeVisible();
  await page.keyboard.press('Control+1');
}

/** In the afternoon: the drawer is counted without knowing what should be in it, explained and closed. */
export async function closeShift(day: Day): Promise<void> {
  const { page, pictures, receipts } = day;
  await page.keyboard.press('Control+2');
  await expect(page.getByTestId('shift-receipt-count')).toHaveText(String(receipts.length));
  await page.keyboard.press('F8');
  await expect(page.getByTestId('x-sums')).toBeHidden();
  await page.getByTestId('x-print').click();
  await expect(page.getByTestId('x-printed')).toBeVisible();
  await pictures.both('report-without-totals');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-cash')).toBeVisible();
  await pile(day, lookIntoTheDrawer(day));
  await pictures.both('count');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-papers')).toBeVisible();
  const papers = await page.getByTestId('paper').count();
  for (let paper = 0; paper < papers; paper += 1) await page.keyboard.press('Space');
  await pictures.both('count-papers');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-check')).toBeVisible();
  await pictures.both('count-check');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-outcome')).toBeVisible();
  await page.getByTestId('explain-ILS').fill('أعطيتُ شيكلًا زيادة في الباقي');
  await pictures.both('count-outcome');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('count-stays')).toBeVisible();
  await page.keyboard.press('F8');
  await pictures.both('count-stays');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('shift-closed')).toBeVisible();
  await pictures.both('shift-closed');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('open-shift')).toBeVisible();
}

/** The notes and coins that lie there, but for one shekel that the cashier gave away. */
function lookIntoTheDrawer({ launched }: Day): Piles {
  const db = openReadOnly(join(launched.dataFolder, 'data/sanduq.db'));
  try {
    const lies = db
      .prepare<[], { currency: Currency; minor: number }>(
        `SELECT currency, expected_minor AS minor FROM shift_cash JOIN shifts ON shifts.id = shift_id WHERE closed_at_ms IS NULL`,
      )
      .all();
    return Object.fromEntries(
      lies.flatMap(({ currency, minor }) => piecesOf(currency, currency === 'ILS' ? minor - 100 : minor)),
    );
  } finally {
    db.close();
  }
}

function piecesOf(currency: Currency, minor: number): [string, number][] {
  let left = minor;
  return denominations[currency].flatMap((denomination): [string, number][] => {
    const pieces = Math.floor(left / denomination);
    left -= pieces * denomination;
    // The one note in dollars is worn: it was marked when it was taken, and lies apart.
    const name = `${currency}-${denomination}${currency === 'USD' ? '-worn' : ''}`;
    return pieces === 0 ? [] : [[name, pieces]];
  });
}
