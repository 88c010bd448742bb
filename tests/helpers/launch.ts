import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { realpathSync } from 'node:fs';
import { freshFolder, giveToProgram, programFolder, readRuntime } from './runtime.ts';

export type LaunchOptions = {
  /** Where the program keeps everything; a fresh one, removed on close, unless given. */
  dataFolder?: string;
  /** Further switches and arguments for the command line. */
  args?: readonly string[];
  /** Added to our own environment. */
  env?: Readonly<Record<string, string>>;
  /** The system's language, as the program sees it on its first run. */
  language?: 'ar' | 'en';
};

export type Launched = {
  app: ElectronApplication;
  /** The first window. */
  page: Page;
  dataFolder: string;
  /** What the program printed so far: for messages when a test fails. */
  printed: () => string;
  /** Closes the program as its user would, and removes the folder if it was a fresh one. */
  close: () => Promise<void>;
};

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** Starts the built program in the real Electron, sandbox on, and waits for its first window. */
export async function launchSanduq(options: LaunchOptions = {}): Promise<Launched> {
  const runtime = readRuntime();
  const fresh = options.dataFolder === undefined ? freshFolder() : undefined;
  const dataFolder = options.dataFolder ?? fresh?.path ?? '';
  giveToProgram(dataFolder);
  const language = options.language === undefined ? [] : [`--lang=${options.language}`];
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [programFolder, `--user-data-dir=${dataFolder}`, ...language, ...(options.args ?? [])],
    env: { ...ownEnvironment(), ...options.env },
    // Playwright would otherwise switch the sandbox off; where it must be off, the wrapper does so, and says so.
    chromiumSandbox: true,
    timeout: 30_000,
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  app.process().stdout?.on('data', keep);
  app.process().stderr?.on('data', keep);
  const close = async (): Promise<void> => {
    await app.close();
    fresh?.remove();
  };
  try {
    const page = await app.firstWindow();
    // The window comes before the counter, and main loads that in one go: what Playwright asked of it meanwhile came back
    // as "promise was garbage collected". A page that shows something has had its answer from main.
    await page.locator('#root > *').first().waitFor({ state: 'attached' });
    const usedFolder = await app.evaluate(({ app: program }) => program.getPath('userData'));
    // Sharing a folder with another run would make every test a lottery.
    if (realpathSync(usedFolder) !== realpathSync(dataFolder))
      throw new Error(`the program keeps its data in ${usedFolder}, not ${dataFolder}`);
    return { app, page, dataFolder, printed: () => output, close };
  } catch (error) {
    await close();
    throw new Error(`the program did not open its window; it printed:\n${output}`, { cause: error });
  }
}
