import { test as base } from '@playwright/test';
import { launchSanduq } from './launch.ts';
import type { Launched, LaunchOptions } from './launch.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { freshFolder } from './runtime.ts';

type Fixtures = {
  /** A receipt printer on loopback that speaks the real bytes. */
  printer: VirtualPrinter;
  /** A fresh data folder for this test, removed after it. */
  dataFolder: string;
  /** Starts the program on this test's data folder; whatever is still open after the test is closed. */
  launch: (options?: LaunchOptions) => Promise<Launched>;
};

/** Playwright's `test` with the program in hand. */
export const test = base.extend<Fixtures>({
  // Playwright reads the fixtures a fixture needs from this very pattern.
  // oxlint-disable-next-line no-empty-pattern
  dataFolder: async ({}, use) => {
    const folder = freshFolder();
    await use(folder.path);
    folder.remove();
  },
  // oxlint-disable-next-line no-empty-pattern
  printer: async ({}, use) => {
    const printer = await startVirtualPrinter();
    await use(printer);
    await printer.close();
  },
  launch: async ({ dataFolder }, use, testInfo) => {
    const launched: Launched[] = [];
    await use(async (options) => {
      const one = await launchSanduq({ dataFolder, ...options });
      launched.push(one);
      return one;
    });
    for (const [index, one] of launched.entries()) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach(`printed-${index + 1}.txt`, { body: one.printed(), contentType: 'text/plain' });
      }
      await one.close();
    }
  },
});

export { expect } from '@playwright/test';
