import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { businessDate } from '../shared/domain/dates.ts';
import type { CounterStatus } from '../shared/ipc/contract.ts';
import type { EventName, Events } from '../shared/ipc/wire.ts';
import type { FatalReason } from '../shared/errors.ts';
import { refuse } from '../shared/errors.ts';
import { backupBeforeMigration } from './db/backup.ts';
import type { Tx, WriteDb } from './db/connection.ts';
import { transact } from './db/connection.ts';
import type { DataFolder } from './db/open.ts';
import { closeDatabase, closeUntouched, markRunning, openDatabase } from './db/open.ts';
import { insertStandardCatalogue } from './accounts/catalogue.ts';
import { generateDemonstration } from './demonstration/generate.ts';
import { insertDemonstrationAccounts } from './deposits/demonstrationAccounts.ts';
import { createHandlers } from './ipc/handlers.ts';
import type { Handle, Handlers } from './ipc/router.ts';
import { createRouter } from './ipc/router.ts';
import type { KeyProtection } from './journal/tillKey.ts';
import { createTillKey, loadTillKey } from './journal/tillKey.ts';
import { firstKeyId, verifyTail } from './journal/verify.ts';
import type { ServiceParts, Services } from './services.ts';
import { createServices } from './services.ts';
import { createSecrets } from './sessions/secret.ts';
import { defaultSettings } from './settings/settings.ts';
import {
  demonstrationPeople,
  demonstrationSettings,
  demonstrationTill,
} from './setup/demonstrationPeople.ts';
import type { Installation } from './setup/installation.ts';
import { findInstallation, insertInstallation } from './setup/installation.ts';
import { firstDamageInMoney } from './storage/check.ts';
import { StorageFault, storageReason } from './storage/fault.ts';
import { actorOf, prepareUser } from './users/users.ts';

export type CounterOptions = Omit<
  ServiceParts,
  'db' | 'journalKey' | 'secrets' | 'installation' | 'databaseFile' | 'onFatal' | 'emit'
> & {
  /** Database, key and backups lie here. */
  readonly folder: string;
  readonly version: string;
  readonly keyProtection: KeyProtection;
  readonly emit: <E extends EventName>(name: E, payload: Events[E]) => void;
};

export type Counter = {
  readonly handle: Handle;
  /** Ends well, once: leaves the mark that the next start reads. Never waits for paper or the network. */
  close(): Promise<void>;
};

type Phase =
  | { readonly kind: 'firstRun'; readonly db: WriteDb; isBusy: boolean }
  | { readonly kind: 'ready'; readonly db: WriteDb; readonly services: Services; readonly handlers: Handlers }
  | { readonly kind: 'fatal'; readonly reason: FatalReason; readonly db: WriteDb | null };

/** Entries of the journal that every start reads again. */
const tailEntries = 64;

/** The counter without its window: runs the same in Electron's main process and in plain Node. */
export function createCounter(options: CounterOptions): Counter {
  const place: DataFolder = {
    databaseFile: join(options.folder, 'sanduq.db'),
    keyFile: join(options.folder, 'till.key'),
    backupFolder: join(options.folder, 'backups'),
  };
  const secrets = createSecrets(options.workers.secret);

  function boot(): Phase {
    let db: WriteDb | null = null;
    try {
      mkdirSync(options.folder, { recursive: true });
      const opened = openDatabase(place, (file, from) =>
        backupBeforeMigration(file, place.backupFolder, from, options.clock()),
      );
      db = opened.db;
      const installation = findInstallation(db);
      if (installation === null) return { kind: 'firstRun', db, isBusy: false };
      return ready(db, installation, opened.wasCleanlyShut);
    } catch (error) {
      const reason = storageReason(error) ?? 'unreadable';
      options.log('the counter does not start', error);
      return { kind: 'fatal', reason, db };
    }
  }

  /** @throws StorageFault: the money tables, the journal's end or the key are not as they were left */
  function ready(db: WriteDb, installation: Installation, wasCleanlyShut: boolean): Phase {
    const key = loadTillKey(place.keyFile, options.keyProtection);
    if (!wasCleanlyShut) {
      const damage = firstDamageInMoney(db);
      if (damage !== null) throw new StorageFault('damaged', damage);
    }
    const broken = verifyTail(db, tailEntries);
    if (broken !== null)
      throw new StorageFault('journalBroken', `${broken.kind} at ${String(broken.sequence)}`);
    if (firstKeyId(db) !== key.keyId)
      throw new StorageFault('keyMismatch', `key ${key.keyId} is not this file's`);
    const services = createServices({
      ...options,
      db,
      journalKey: key,
      secrets,
      installation,
      databaseFile: place.databaseFile,
      onFatal: stop,
    });
    transact(db, (tx) => {
      markRunning(tx);
      services.journal.append(tx, {
        act: 'till.started',
        actor: null,
        body: { version: options.version, wasCleanlyShut },
      });
    });
    services.begin();
    return { kind: 'ready', db, services, handlers: createHandlers(services, { status, setup }) };
  }

  /** From now on no money is taken; the file is left as it is. */
  function stop(reason: FatalReason, error: unknown): void {
    if (phase.kind === 'fatal') return;
    options.log('the counter stops', error);
    if (phase.kind === 'ready') phase.services.halt();
    void closeSecrets();
    phase = { kind: 'fatal', reason, db: phase.db };
    options.emit('fatal', { reason, file: place.databaseFile, backupFolder: place.backupFolder });
  }

  /** Never rejects. */
  function closeSecrets(): Promise<void> {
    return secrets.close().catch((error: unknown) => options.log('the secret worker does not stop', error));
  }

  function status(): CounterStatus {
    const common = {
      phase: phase.kind,
      fatal:
        phase.kind === 'fatal'
          ? { reason: phase.reason, file: place.databaseFile, backupFolder: place.backupFolder }
          : null,
      version: options.version,
      businessDate: businessDate(options.clock()),
    };
    if (phase.kind !== 'ready')
      return {
        ...common,
        till: null,
        municipality: null,
        centre: null,
        defaultLanguage: 'ar',
        isDemonstration: false,
        printer: null,
        storage: null,
        outboxWaiting: 0,
      };
    return { ...common, ...phase.services.status() };
  }

  /** Runs a first run to its end, once; a failed one leaves a first run. */
  async function firstRun(act: (db: WriteDb) => Promise<void>): Promise<CounterStatus> {
    if (phase.kind !== 'firstRun' || phase.isBusy) throw refuse('setup.alreadyDone');
    const current = phase;
    current.isBusy = true;
    try {
      await act(current.db);
      const installation = findInstallation(current.db);
      if (installation === null) throw new Error('the first run wrote no installation');
      phase = ready(current.db, installation, true);
      return status();
    } finally {
      current.isBusy = false;
    }
  }

  const setup: Pick<Handlers, 'setup.create' | 'setup.demonstration' | 'setup.signIns'> = {
    'setup.create': (input) =>
      firstRun(async (db) => {
        const administrator = await prepareUser(secrets, { ...input.administrator, role: 'administrator' });
        const key = createTillKey(place.keyFile, options.keyProtection);
        transact(db, (tx) => {
          insertStandardCatalogue(tx);
          insertInstallation(tx as Tx & WriteDb, {
            installation: { till: input.till, isDemonstration: false },
            settings: {
              ...defaultSettings,
              municipality: input.municipality,
              centre: input.centre,
              defaultLanguage: input.language,
            },
            key,
            users: [administrator],
            clock: options.clock,
          });
        });
      }),
    'setup.demonstration': async (input) => {
      const status = await firstRun(async (db) => {
        const users = await Promise.all(
          demonstrationPeople.map(({ pin, ...person }) => prepareUser(secrets, { ...person, secret: pin })),
        );
        const key = createTillKey(place.keyFile, options.keyProtection);
        await generateDemonstration(db, {
          accounts: input.accounts,
          today: businessDate(options.clock()),
          onProgress: (done, total) => options.emit('setup.progress', { done, total }),
          finish: (tx) => {
            insertInstallation(tx as Tx & WriteDb, {
              installation: { till: demonstrationTill, isDemonstration: true },
              settings: demonstrationSettings(input.language),
              key,
              users,
              clock: options.clock,
            });
            insertDemonstrationAccounts(tx as Tx & WriteDb);
          },
        });
      });
      return { status, signIns: demonstrationPeople };
    },
    'setup.signIns': () =>
      phase.kind === 'ready' && phase.services.installation.isDemonstration ? demonstrationPeople : [],
  };

  /** What can be asked when no money can be taken. */
  const always: Partial<Handlers> = {
    'app.status': status,
    'session.current': () => ({ kind: 'none' }),
    'session.touch': () => ({ kind: 'none' }),
    'setup.signIns': setup['setup.signIns'],
  };

  let phase: Phase = boot();

  const handle = createRouter({
    handler(channel) {
      if (phase.kind === 'ready') return phase.handlers[channel];
      const handler =
        always[channel] ??
        (phase.kind === 'firstRun' && channel.startsWith('setup.')
          ? setup[channel as 'setup.create']
          : undefined);
      if (handler !== undefined) return handler as (input: never) => unknown;
      throw phase.kind === 'fatal'
        ? refuse('storage.stopped', { reason: phase.reason })
        : refuse('setup.required');
    },
    requirePerson() {
      if (phase.kind !== 'ready') throw refuse('session.required');
      return phase.services.session.require();
    },
    recordRefusal(channel, refusal, by) {
      if (phase.kind !== 'ready') return;
      const { journal, db } = phase.services;
      transact(db, (tx) =>
        journal.append(tx, {
          act: 'act.refused',
          actor: by === null ? null : actorOf(by),
          body: { channel, code: refusal.code, params: { ...refusal.params } },
        }),
      );
    },
    // Busy for a moment is not damage: nothing was written, the cashier tries again.
    onStorageTrouble(reason, error) {
      if (reason !== 'locked') stop(reason, error);
    },
    log: options.log,
  });

  async function end(): Promise<void> {
    const ending = phase;
    const secretsClosed = closeSecrets();
    if (ending.kind === 'ready') {
      await ending.services.end();
      transact(ending.db, (tx) =>
        ending.services.journal.append(tx, { act: 'till.stopped', actor: null, body: {} }),
      );
      closeDatabase(ending.db);
    } else if (ending.kind === 'firstRun') closeDatabase(ending.db);
    // After trouble nothing more is written, not even the mark of a clean end.
    else if (ending.db !== null) closeUntouched(ending.db);
    await secretsClosed;
  }

  let ended: Promise<void> | undefined;
  return { handle, close: () => (ended ??= end()) };
}
