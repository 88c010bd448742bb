import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './expect.ts';

export type Pictures = {
  /** The screen as it stands, in Arabic and in English; the program is in Arabic before and after. */
  both: (name: string) => Promise<void>;
  /** The screen as it stands, in the language it is in. */
  one: (name: string) => Promise<void>;
};

/** Numbers the pictures in the order of the day: `07-search.ar.png`. */
export function takePictures(page: Page, folder: string): Pictures {
  mkdirSync(folder, { recursive: true });
  let count = 0;

  async function shoot(name: string): Promise<void> {
    const language = await page.locator('html').getAttribute('lang');
    // What moves is not the screen: wait for the faces of the letters and for what fades in.
    await page.evaluate(async () => {
      await document.fonts.ready;
      await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    });
    await page.screenshot({
      path: join(folder, `${String(count).padStart(2, '0')}-${name}.${language}.png`),
      animations: 'disabled',
    });
  }

  async function switchTo(direction: 'rtl' | 'ltr'): Promise<void> {
    // Not by the mouse: that would take the focus from where the cashier left it.
    await page.getByTestId('preference-language').dispatchEvent('click');
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
  }

  return {
    one: async (name) => {
      count += 1;
      await shoot(name);
    },
    both: async (name) => {
      count += 1;
      await shoot(name);
      await switchTo('ltr');
      await shoot(name);
      await switchTo('rtl');
    },
  };
}
