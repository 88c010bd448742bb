import { expect, test } from '@playwright/test';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { readFileSync, readdirSync } from 'node:fs';
import { launchPacked, packedExecutable } from '../helpers/launchPacked.ts';
import { readRuntime } from '../helpers/runtime.ts';
import { startShift } from '../helpers/till.ts';

/** The processes below `pid` with what the kernel knows of them. */
function childProcesses(pid: number): { commandLine: string; status: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [
          { pid: Number(name), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), commandLine, status },
        ];
      } catch (error) {
        // It ended while we were looking.
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
          return [];
        throw error;
      }
    });
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

test('the packed program starts and shows its window', { tag: '@packed' }, async () => {
  const packed = await launchPacked();
  try {
    await expect(packed.page).toHaveURL(/^app:\/\//);
    await expect(packed.page.getByTestId('setup-demonstration')).toBeVisible();
  } finally {
    await packed.close();
  }
});

test(
  'the packed program takes a payment: its database, keys, workers and fonts are all in the pack',
  { tag: '@packed' },
  async () => {
    const packed = await launchPacked();
    try {
      const { page } = packed;
      await page.getByTestId('setup-demonstration').click();
      await page.getByTestId('setup-go-sign-in').click({ timeout: 40_000 });
      await startShift(page);
      await page.keyboard.type('احمد');
      await expect(page.getByTestId('search-hit').first()).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('account')).toBeVisible();
      await page.keyboard.press('F4');
      await page.keyboard.press('F8');
      await page.keyboard.press('F9');
      await expect(page.getByTestId('receipt-number')).toContainText('000001');
      await expect(page.getByTestId('receipt-picture')).toBeVisible();
    } finally {
      await packed.close();
    }
  },
);

// Seccomp is Linux's; elsewhere Chromium's own sandbox has no such witness.
if (process.platform === 'linux') {
  test("the packed program's window runs in the kernel's sandbox", { tag: '@packed' }, async () => {
    expect(readRuntime().isSandboxed, 'set-up found a way to run the sandbox').toBe(true);
    const packed = await launchPacked();
    try {
      await packed.page.waitForLoadState();
      const renderers = childProcesses(packed.pid).filter((one) =>
        one.commandLine.includes('--type=renderer'),
      );
      expect(renderers.length).toBeGreaterThan(0);
      for (const renderer of renderers) expect(renderer.status).toMatch(/^Seccomp:\s*2$/m);
    } finally {
      await packed.close();
    }
  });
}

test('the fuses are set as for a program that handles money', { tag: '@packed' }, async () => {
  const wire = await getCurrentFuseWire(packedExecutable());
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    ownSnapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocolPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    onlyFromAsar: true,
    ownSnapshot: false,
    fileProtocolPrivileges: false,
  });
});
