import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, readRuntime } from './runtime.ts';

const startTimeoutMs = 30_000;

/** The packed program: the one installed (SANDUQ_PACKED), or the one `npm run pack` built. */
export function packedExecutable(): string {
  const executable =
    process.env['SANDUQ_PACKED'] ?? join(readRuntime().packedFolder, 'linux-unpacked/sanduq');
  if (!existsSync(executable))
    throw new Error(`the program is not packed: no ${executable}; run \`npm run pack\``);
  return executable;
}

export type LaunchedPacked = {
  browser: Browser;
  page: Page;
  /** Of the program's main process. */
  pid: number;
  dataFolder: string;
  close: () => Promise<void>;
};

/**
 * Starts the packed program and drives its window over Chromium's own protocol: Node's inspector is fused off there,
 * so there is no way into its main process, as it should be.
 */
export async function launchPacked(): Promise<LaunchedPacked> {
  const { asProgramUser, isSandboxed } = readRuntime();
  const folder = freshFolder();
  const switches = [`--user-data-dir=${folder.path}`, '--remote-debugging-port=0'];
  if (process.platform === 'linux' && !isSandboxed) switches.unshift('--no-sandbox');
  const before = asProgramUser === null ? [] : [asProgramUser];
  const [command = '', ...args] = [...before, packedExecutable(), ...switches];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`the packed program ${why}; it printed:\n${output}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', (code) => fail(`ended with ${code}`));
  });
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  const close = async (): Promise<void> => {
    await browser.close();
    child.kill();
    await ended;
    folder.remove();
  };
  try {
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('the packed program has no browser context');
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: startTimeoutMs }));
    return { browser, page, pid: child.pid ?? 0, dataFolder: folder.path, close };
  } catch (error) {
    await close();
    throw error;
  }
}
