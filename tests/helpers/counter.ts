import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Counter, CounterOptions } from '../../electron/counter.ts';
import { createCounter } from '../../electron/counter.ts';
import { fileProtection } from '../../electron/journal/tillKey.ts';
import { developmentFontsFolder } from '../../electron/printing/developmentFonts.ts';
import type { AccountView, ChannelName, Input, Output, Person } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { printersAt } from '../../electron/setup/demonstrationPeople.ts';
import { copyOfMunicipality } from './municipalities.ts';
import { workers } from './workers.ts';

const source = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export type TestCounter = {
  readonly folder: string;
  readonly counter: Counter;
  readonly events: { readonly name: string; readonly payload: unknown }[];
  readonly logged: { readonly message: string; readonly detail: unknown }[];
  /** The reply as the window gets it. */
  ask<C extends ChannelName>(channel: C, input: Input<C>): Promise<Reply<Output<C>>>;
  /** The value; throws with the refusal's code. */
  call<C extends ChannelName>(channel: C, input: Input<C>): Promise<Output<C>>;
  close(): Promise<void>;
};

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sanduq-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The whole counter without its window, on real files, with the workers of the checkout. */
export function startCounter(options: Partial<CounterOptions> = {}): TestCounter {
  const folder = options.folder ?? temporaryFolder();
  const events: { name: string; payload: unknown }[] = [];
  const logged: { message: string; detail: unknown }[] = [];
  const counter = createCounter({
    folder,
    version: '0.0.0-test',
    clock: Date.now,
    keyProtection: fileProtection,
    workers: workers(),
    fontsFolder: developmentFontsFolder(),
    crestFile: source('resources/crest.svg'),
    fileDialogs: { choose: () => Promise.resolve(null), save: () => Promise.resolve(false) },
    // The real one needs Electron: the end-to-end specs have it.
    pdf: { render: (html) => Promise.resolve(Buffer.from(`%PDF ${html}`)) },
    emit: (name, payload) => events.push({ name, payload }),
    log: (message, detail) => logged.push({ message, detail }),
    ...options,
  });
  async function ask<C extends ChannelName>(channel: C, input: Input<C>): Promise<Reply<Output<C>>> {
    return (await counter.handle(channel, input)) as Reply<Output<C>>;
  }
  return {
    folder,
    counter,
    events,
    logged,
    ask,
    async call(channel, input) {
      const reply = await ask(channel, input);
      if (reply.ok) return reply.value;
      throw new Error(`${channel}: ${reply.code} ${JSON.stringify(reply.params)}`);
    },
    close: () => counter.close(),
  };
}

/** A demonstration municipality, small enough for a test. */
export async function startDemonstration(
  accounts = 40,
  options: Partial<CounterOptions> = {},
): Promise<TestCounter> {
  const started = startCounter(options);
  await started.call('setup.demonstration', { language: 'ar', accounts });
  return started;
}

/** The data folder of a demonstration municipality that was closed well and has no printer, for this test alone. */
export function makeMunicipality(accounts = 12): Promise<string> {
  return copyOfMunicipality(`accounts-${accounts}`, async (folder) => {
    const till = await startDemonstration(accounts, { folder });
    await signIn(till, 'admin');
    const settings = await till.call('settings.get', {});
    await till.call('settings.set', { ...settings, ...printersAt(null) });
    await till.call('session.signOut', {});
    await till.close();
  });
}

export function copyFolder(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Signs one of the demonstration's people in. */
export async function signIn(test: TestCounter, login: string): Promise<Person> {
  const people = await test.call('setup.signIns', {});
  const person = people.find((one) => one.login === login);
  if (person === undefined) throw new Error(`nobody called ${login}`);
  const { session } = await test.call('session.signIn', { login, secret: person.pin });
  if (session.kind !== 'active') throw new Error('not signed in');
  return session.person;
}

/** A signed-in cashier with an open shift. */
export async function startDay(test: TestCounter, login = 'amal'): Promise<void> {
  await signIn(test, login);
  await test.call('shifts.open', {
    requestId: randomUUID(),
    counts: [{ currency: 'ILS', denominationMinor: 1000, quantity: 20 }],
  });
}

/** The first account from that id on with at least so many open bills. */
export async function accountWithBills(test: TestCounter, atLeast: number, fromId = 1): Promise<AccountView> {
  for (let accountId = fromId; accountId < fromId + 200; accountId += 1) {
    const account = await test.call('accounts.open', { accountId });
    if (account.openBills.length >= atLeast) return account;
  }
  throw new Error(`no account with ${atLeast} open bills`);
}
