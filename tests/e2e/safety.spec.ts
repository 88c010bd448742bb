import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { readRuntime } from '../helpers/runtime.ts';
import { expect, test } from '../helpers/sanduqTest.ts';
import { keptFace, openAccount, prepareTill, signIn, startShift } from '../helpers/till.ts';

type WindowWithTill = {
  till: { invoke(channel: string, input: unknown): Promise<{ ok: boolean; code?: string }> };
};

/** What a page that is no longer ours could ask of main. */
function ask(page: Page, channel: string, input: unknown): Promise<{ ok: boolean; code?: string }> {
  return page.evaluate(
    ([name, value]) => (globalThis as unknown as WindowWithTill).till.invoke(name as string, value),
    [channel, input] as const,
  );
}

test('the window is sandboxed, isolated and has nothing of Node', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  const seen = await page.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>)['require'],
    process: typeof (globalThis as Record<string, unknown>)['process'],
    bridge: Object.keys((globalThis as unknown as { till: object }).till).sort(),
  }));
  expect(seen).toEqual({ require: 'undefined', process: 'undefined', bridge: ['invoke', 'on'] });
  // process.sandboxed says true even where there is no sandbox: only the kernel knows.
  if (process.platform === 'linux') {
    expect(readRuntime().isSandboxed, 'set-up found a way to run the sandbox').toBe(true);
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
  }
});

test('the policy lets nothing in from outside and nothing run inline', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  const blocked = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.body.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(style);
    const frame = document.createElement('iframe');
    frame.src = 'app://sanduq/index.html';
    document.body.append(frame);
    await fetch('https://example.com/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { violations: [...new Set(violations)].sort(), ranInline: 'ranInline' in globalThis };
  });
  expect(blocked.ranInline).toBe(false);
  expect(blocked.violations).toEqual(['connect-src', 'frame-src', 'script-src-elem', 'style-src-elem']);
});

test('the window is given what was built for it and nothing beside', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  const statuses = await page.evaluate(async () => {
    const paths = ['index.html', '..%2Fmain%2Fmain.cjs', '..%5Cmain%5Cmain.cjs', '%', 'assets', 'no-such.js'];
    return Promise.all(paths.map(async (path) => (await fetch(`app://sanduq/${path}`)).status));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});

test('the window goes nowhere else and opens nothing', async ({ launch, dataFolder }) => {
  await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  await page.evaluate(() => {
    globalThis.open('https://example.com/');
    location.href = 'https://example.com/';
  });
  await page.waitForTimeout(300);
  expect(page.url()).toBe('app://sanduq/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a message from another window or frame is refused, although it shows our page', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { app, page } = await launch();
  expect((await ask(page, 'app.status', {})).ok).toBe(true);
  const stranger = await app.evaluate(async ({ app: program, BrowserWindow }) => {
    const preload = `${program.getAppPath()}/out/app/preload/preload.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL('app://sanduq/index.html');
    const reply: unknown = await other.webContents.executeJavaScript("window.till.invoke('app.status', {})");
    other.destroy();
    return reply;
  });
  expect(stranger).toMatchObject({ ok: false, code: 'request.invalid' });
});

test('a message that is malformed, unknown, too early or not for that role is refused', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const { page } = await launch();
  const code = async (channel: string, input: unknown): Promise<string | undefined> =>
    (await ask(page, channel, input)).code;
  expect(await code('payments.take', {})).toBe('session.required');
  await signIn(page, 'amal');
  expect(await code('payments.steal', {})).toBe('request.invalid');
  expect(await code('__proto__', {})).toBe('request.invalid');
  expect(await code('payments.take', { requestId: 'x', person: { role: 'supervisor' } })).toBe(
    'request.invalid',
  );
  expect(await code('users.list', {})).toBe('session.forbidden');
  expect(await code('settings.get', {})).toBe('session.forbidden');
});

test('a damaged database stops the counter, says what to do, and is left as it is', async ({
  launch,
  dataFolder,
}) => {
  await prepareTill(dataFolder, null);
  const sound = await launch();
  await expect.poll(() => keptFace(sound.page)).not.toBeNull();
  await sound.close();
  const file = join(dataFolder, 'data/sanduq.db');
  const damaged = Buffer.concat([Buffer.from('not a database at all'), readFileSync(file).subarray(21)]);
  writeFileSync(file, damaged);
  const { page, close } = await launch();
  await expect(page.getByTestId('fatal')).toBeVisible();
  expect((await ask(page, 'payments.take', {})).code).toBe('storage.stopped');
  expect(await keptFace(page), 'the next start does not look as if one could sign in').toBeNull();
  await close();
  expect(readFileSync(file).equals(damaged)).toBe(true);
});

test('axe finds nothing on the screens of the counter, in either language', async ({
  launch,
  dataFolder,
}) => {
  const { account } = await prepareTill(dataFolder, null);
  const { page } = await launch();
  const check = (screen: string): Promise<void> => expectAccessible(page, screen);
  await check('sign-in');
  await startShift(page);
  await check('counter');
  await openAccount(page, account);
  await page.keyboard.press('F4');
  await check('account');
  await page.keyboard.press('F8');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('paid')).toBeVisible();
  await check('paid');
  await page.getByTestId('preference-language').click();
  await check('paid, English');
  for (const screen of ['shift', 'receipts']) {
    await page.getByTestId(`nav-${screen}`).click();
    await check(screen);
  }
});
