import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/helpers/runSetup.ts',
  outputDir: 'out/e2e',
  // Each test is a whole program of several processes, and waits for half of its time.
  // Each test is a whole program of several processes, and for half of its time nothing runs in any of them.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
});
