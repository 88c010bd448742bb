import type { Page } from '@playwright/test';
import { expect, test } from '../helpers/sanduqTest.ts';
import { keptFace, pinOf, prepareTill } from '../helpers/till.ts';

const face = '#face';
const login = '[data-testid="sign-in-login"]';
const secret = '[data-testid="sign-in-secret"]';

/** The picture when nothing comes any more: letters and crests arrive a moment after their place. */
async function settledPicture(page: Page): Promise<Buffer> {
  let before = await page.screenshot();
  for (let looks = 0; looks < 40; looks++) {
    await page.waitForTimeout(150);
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
  }
  throw new Error('the picture does not come to rest');
}

/** Starts the window anew and holds the program and its sheets back behind the face. @returns how to let it go on */
async function startHeldBack(page: Page): Promise<() => Promise<void>> {
  await expect.poll(() => keptFace(page), 'the sign-in at rest is kept').not.toBeNull();
  const held = Promise.withResolvers<void>();
  await page.route(/\/assets\/(index-.*\.js|.*\.css)$/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator(`${face} ${login}`)).toBeFocused();
  await expect(page.locator('#root')).toBeEmpty();
  return async () => {
    held.resolve();
    await expect(page.locator(face)).toHaveCount(0);
  };
}

for (const look of ['ar', 'en, dark, large'])
  test(`the next start shows the sign-in before the program is there, and nothing moves when it comes (${look})`, async ({
    launch,
    dataFolder,
  }) => {
    await prepareTill(dataFolder, null);
    const { page } = await launch();
    if (look !== 'ar') {
      for (const preference of ['language', 'theme', 'text-size'])
        await page.getByTestId(`preference-${preference}`).click();
      await expect.poll(() => keptFace(page)).toContain('"data-text-size":"large"');
      await page.mouse.move(3, 300);
      await page.locator(login).focus();
    }
    await expect(page.locator(login)).toBeFocused();
    const real = await settledPicture(page);
    const goOn = await startHeldBack(page);
    expect((await settledPicture(page)).equals(real), 'the face is the picture of before').toBe(true);
    await goOn();
    expect((await settledPicture(page)).equals(real), 'and the real one too').toBe(true);
  });

test('what was typed and entered before the program is there counts, and is kept nowhere', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  const goOn = await startHeldBack(page);
  await page.keyboard.type('amal');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pinOf('amal'));
  await page.keyboard.press('Enter');
  await goOn();
  await expect(page.getByTestId('person-menu')).toBeVisible();
  const kept = await keptFace(page);
  expect(kept).toContain('sign-in-secret');
  // The demonstration shows everybody's PIN beside the fields; in them there is nothing.
  expect(kept).not.toMatch(/value=/);
});

test('who is still typing goes on typing, in the same field', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  let goOn = await startHeldBack(page);
  await page.keyboard.type('am');
  await goOn();
  await expect(page.locator(login)).toBeFocused();
  await page.keyboard.type('al');
  await expect(page.locator(login)).toHaveValue('amal');

  goOn = await startHeldBack(page);
  await page.keyboard.type('amal');
  await page.keyboard.press('Tab');
  await page.keyboard.type('258');
  await goOn();
  await expect(page.locator(secret)).toBeFocused();
  await page.keyboard.type('036');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('person-menu')).toBeVisible();
});

test('Enter that came too early is forgotten by who types on: half a PIN is no attempt', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  const goOn = await startHeldBack(page);
  await page.keyboard.type('amal');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2580');
  await goOn();
  await page.keyboard.type('36');
  await expect(page.locator(secret)).toHaveValue(pinOf('amal'));
  await expect(page.getByTestId('sign-in-problem')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('person-menu')).toBeVisible();
});

test('what was pressed on the face is done when the program is there, in the language of before', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  await page.getByTestId('preference-language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect.poll(() => keptFace(page)).toContain('Sign in');
  const goOn = await startHeldBack(page);
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await page.locator(`${face} [data-testid="person-huda"]`).click();
  await goOn();
  await expect(page.locator(login)).toHaveValue('huda');
  await expect(page.locator(secret)).toHaveValue(pinOf('huda'));
});

test('another build, and a face that was written by half, begin without one', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  await expect.poll(() => keptFace(page)).not.toBeNull();
  const kept = (await keptFace(page)) ?? '';
  const faces: boolean[] = [];
  await page.exposeFunction('seen', (isThere: boolean) => void faces.push(isThere));
  await page.addInitScript(() => {
    // Only now: the window before it may still be keeping its own.
    localStorage.setItem('sanduq.face', sessionStorage.getItem('wrong') ?? '');
    new MutationObserver(() => {
      if (document.querySelector('#face, #root > *') !== null)
        (globalThis as unknown as { seen(isThere: boolean): void }).seen(
          document.querySelector('#face') !== null,
        );
    }).observe(document, { childList: true, subtree: true });
  });
  for (const wrong of [
    kept.slice(0, 200),
    kept.replace(/index-[^."]+/, 'index-other'),
    kept.replace('"html"', '"other"'),
    kept.replace(/"fonts":\[/, '"fonts":[7,'),
    '7',
    'null',
  ]) {
    await page.evaluate((text) => sessionStorage.setItem('wrong', text), wrong);
    faces.length = 0;
    await page.reload();
    await expect(page.locator(login)).toBeFocused();
    expect(faces[0], wrong.slice(0, 20)).toBe(false);
  }
});
