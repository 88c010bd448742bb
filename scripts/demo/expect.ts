import { expect as impatient } from '@playwright/test';

/** Outside Playwright's own runner it gives up after five seconds, which a busy machine may need for one screen. */
export const expect = impatient.configure({ timeout: 20_000 });
