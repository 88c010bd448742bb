import { dirname, join } from 'node:path';
import { businessDate } from '../shared/domain/dates.ts';
import type { CounterStatus, Settings, StorageHealth } from '../shared/ipc/contract.ts';
import type { EventName, Events } from '../shared/ipc/wire.ts';
import type { FatalReason } from '../shared/errors.ts';
import { createSearch } from './accounts/search.ts';
import { createIdleCheckpoint } from './db/checkpoint.ts';
import type { WriteDb } from './db/connection.ts';
import { findMark, setMark } from './db/open.ts';
import { prepared } from './db/prepared.ts';
import type { Importing } from './importing/importing.ts';
import { createImporting } from './importing/importing.ts';
import type { Journal } from './journal/append.ts';
import { createJournal } from './journal/append.ts';
import { createSigningBeside } from './journal/signing.ts';
import type { KeyProtection, TillKey } from './journal/tillKey.ts';
import type { Drawing } from './printing/drawing.ts';
import { createDrawing } from './printing/drawing.ts';
import type { PrintQueue } from './printing/queue.ts';
import { createPrintQueue } from './printing/queue.ts';
import type { TryOut } from './printing/tryOut.ts';
import { createTryOut } from './printing/tryOut.ts';
import { createDevices } from './printing/devices.ts';
import type { TransportParts } from './printing/transports/index.ts';
import { transportFor } from './printing/transports/index.ts';
import { windowsLibraries } from './printing/transports/spoolMessages.ts';
import { createSpooler } from './printing/transports/spooler.ts';
import type { Reporting } from './reports/reporting.ts';
import { createReporting } from './reports/reporting.ts';
import type { Secrets } from './sessions/secret.ts';
import type { Session } from './sessions/session.ts';
import { createSession } from './sessions/session.ts';
import { findLogo } from './settings/logo.ts';
import { getSettings } from './settings/settings.ts';
import type { Installation } from './setup/installation.ts';
import { storageReason } from './storage/fault.ts';
import type { WholeFileReader } from './storage/reader.ts';
import { createWholeFileReader } from './storage/reader.ts';

/** The system's dialogs for a table that comes in, and for what goes out. */
export type FileDialogs = {
  /** Null: the person closed the dialog. */
  choose(kind: 'table' | 'picture'): Promise<string | null>;
  /**
   * Contents that take time are made when the person has said where. False: the dialog was closed.
   * @throws what `contents` throws, and the file system's own errors
   */
  save(name: string, contents: string | Uint8Array | (() => Promise<Uint8Array>)): Promise<boolean>;
};

/** Pages (printing/pdf) as PDF. Rejects when a page can't be drawn. */
export type Pdf = { render(html: string): Promise<Uint8Array> };

export type ServiceParts = {
  readonly db: WriteDb;
  readonly databaseFile: string;
  readonly journalKey: TillKey;
  readonly installation: Installation;
  readonly keyProtection: KeyProtection;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly workers: {
    readonly draw: string;
    readonly spool: string;
    readonly import: string;
    readonly check: string;
    readonly report: string;
    readonly secret: string;
    readonly sign: string;
  };
  readonly fontsFolder: string;
  readonly crestFile: string;
  /** When the whole file is read for the first time after the start, in ms; for tests, which wait for it. */
  readonly firstCheckMs?: number;
  readonly fileDialogs: FileDialogs;
  readonly pdf: Pdf;
  readonly emit: <E extends EventName>(name: E, payload: Events[E]) => void;
  readonly onFatal: (reason: FatalReason, error: unknown) => void;
  readonly log: (message: string, detail: unknown) => void;
};

/** All that a counter with an open, sound database has. */
export type Services = {
  readonly db: WriteDb;
  readonly clock: () => number;
  readonly key: TillKey;
  readonly installation: Installation;
  readonly journal: Journal;
  readonly secrets: Secrets;
  readonly session: Session;
  readonly search: ReturnType<typeof createSearch>;
  readonly queue: PrintQueue;
  readonly drawing: Drawing;
  /** What `transportFor` needs beside the printer. */
  readonly transports: TransportParts;
  readonly tryOut: TryOut;
  readonly importing: Importing;
  readonly reader: WholeFileReader;
  readonly reporting: Reporting;
  readonly fileDialogs: FileDialogs;
  readonly pdf: Pdf;
  /** What stands above papers, as a data URL for a page; null for nothing. */
  readonly crestUrl: () => Promise<string | null>;
  readonly log: ServiceParts['log'];
  readonly emit: ServiceParts['emit'];
  settings(): Settings;
  /** After a change: reads them again. */
  settingsChanged(): void;
  /** After a write: the WAL is emptied when nobody waits. */
  wrote(): void;
  status(): Omit<CounterStatus, 'phase' | 'fatal' | 'version' | 'businessDate'>;
  /** Starts what runs by itself: printing, the whole-file check, the idle lock. */
  begin(): void;
  /** Trouble: stops what runs by itself, writes nothing more. */
  halt(): void;
  end(): Promise<void>;
};

const idleCheckMs = 5_000;
/** When the window has its answer, and before a PIN is typed to its end. */
const secretsWarmUpMs = 100;
/** When whoever begins the day has signed in, and before anybody can have been served. */
const paymentWarmUpMs = 5_000;
/** Not while somebody signs in and waits for the first account: it takes a core and the disk. */
const usualFirstCheckMs = 30_000;
const dayMs = 24 * 60 * 60_000;

export function createServices(parts: ServiceParts): Services {
  const { db, clock, emit } = parts;
  const signing = createSigningBeside(parts.workers.sign, parts.journalKey.privateKey);
  const key: TillKey = { ...parts.journalKey, sign: signing.sign };
  const journal = createJournal(db, key, parts.installation.till, clock);
  const checkpoint = createIdleCheckpoint(db);
  let settings = getSettings(db);
  const session = createSession(
    db,
    journal,
    parts.secrets,
    clock,
    () => settings.idleLockMinutes,
    (state) => emit('session.changed', state),
  );
  const drawing: Drawing = createDrawing({
    workerFile: parts.workers.draw,
    fontsFolder: parts.fontsFolder,
    crestFile: parts.crestFile,
    logo: () => findLogo(db)?.bytes ?? null,
    onCrest: () => {
      const problem = drawing.crestProblem();
      if (problem !== null) parts.log('papers are drawn without a crest', problem);
      if (!isEnding) emit('printer.changed', queue.status());
    },
  });
  const transports: TransportParts = {
    spooler: createSpooler({ workerFile: parts.workers.spool, libraries: windowsLibraries }),
    pictureFolder: join(dirname(parts.databaseFile), 'papers'),
  };
  const devices = createDevices();
  const queue: PrintQueue = createPrintQueue({
    db,
    clock,
    drawing,
    journal,
    settings: () => settings,
    devices,
    transportFor: (printer) => transportFor(printer, transports),
    onChange: () => emit('printer.changed', queue.status()),
    onError: (error) => trouble('printing', error),
  });
  const tryOut = createTryOut({
    drawing,
    devices,
    transportFor: (printer) => transportFor(printer, transports),
  });
  const importing = createImporting({
    db,
    databaseFile: parts.databaseFile,
    workerFile: parts.workers.import,
    clock,
    append: journal.append,
    onProgress: (progress) => emit('import.progress', progress),
  });
  const reader = createWholeFileReader(parts.workers.check, parts.databaseFile);
  const reporting = createReporting(parts.workers.report, parts.databaseFile, (progress) =>
    emit('report.progress', progress),
  );
  let isEnding = false;
  const timers: ReturnType<typeof setInterval>[] = [];
  let health: StorageHealth = {
    check: 'pending',
    checkedAtMs: numberOrNull(findMark(db, 'checked_at_ms')),
    keyProtection: parts.keyProtection.kind,
  };

  function trouble(where: string, error: unknown): void {
    const reason = storageReason(error);
    if (reason !== null && reason !== 'locked') parts.onFatal(reason, error);
    else parts.log(`${where} went wrong`, error);
  }

  function healthChanged(next: Partial<StorageHealth>): void {
    health = { ...health, ...next };
    emit('storage.changed', health);
  }

  async function checkWholeFile(): Promise<void> {
    if (health.check === 'running') return;
    healthChanged({ check: 'running' });
    try {
      const damage = await reader.check();
      if (damage !== null) {
        parts.onFatal('damaged', new Error(damage));
        return;
      }
      const checkedAtMs = clock();
      if (db.open) setMark(db, 'checked_at_ms', String(checkedAtMs));
      healthChanged({ check: 'ok', checkedAtMs });
    } catch (error) {
      // Broken off because the program ends: not a finding.
      if (isEnding) return;
      health = { ...health, check: 'pending' };
      trouble('the whole-file check', error);
    }
  }

  function every(intervalMs: number, act: () => void): void {
    const timer = setInterval(() => {
      try {
        act();
      } catch (error) {
        trouble('a timer', error);
      }
    }, intervalMs);
    timer.unref();
    timers.push(timer);
  }

  function later(delayMs: number, act: () => void): void {
    const timer = setTimeout(act, delayMs);
    timer.unref();
    timers.push(timer);
  }

  async function warmUp(part: { readonly warmUp: () => Promise<void> }): Promise<void> {
    try {
      await part.warmUp();
    } catch (error) {
      if (!isEnding) parts.log('warming up', error);
    }
  }

  function stopTimers(): void {
    isEnding = true;
    for (const timer of timers) clearTimeout(timer);
    checkpoint.stop();
    importing.close();
    reporting.close();
  }

  return {
    db,
    clock,
    key,
    installation: parts.installation,
    journal,
    secrets: parts.secrets,
    session,
    search: createSearch(db),
    queue,
    drawing,
    transports,
    tryOut,
    importing,
    reader,
    reporting,
    fileDialogs: parts.fileDialogs,
    pdf: parts.pdf,
    crestUrl: async () => {
      // Pages are wanted seldom: they are not loaded with the counter.
      const { readCrestUrl } = await import('./printing/pdf/crestFile.ts');
      return readCrestUrl(findLogo(db)?.bytes ?? null, parts.crestFile);
    },
    log: parts.log,
    emit,
    settings: () => settings,
    settingsChanged() {
      settings = getSettings(db);
      queue.settingsChanged();
    },
    wrote: () => checkpoint.touch(),
    status: () => ({
      till: parts.installation.till,
      isDemonstration: parts.installation.isDemonstration,
      municipality: settings.municipality,
      centre: settings.centre,
      defaultLanguage: settings.defaultLanguage,
      printer: queue.status(),
      storage: health,
      outboxWaiting:
        prepared<{ n: number }>(db, 'SELECT count(*) AS n FROM outbox WHERE sent_at_ms IS NULL').get()?.n ??
        0,
    }),
    begin() {
      queue.start();
      importing.resume().catch((error: unknown) => trouble('an interrupted import', error));
      later(secretsWarmUpMs, () => void warmUp(parts.secrets));
      later(paymentWarmUpMs, () => void warmUp(signing));
      later(paymentWarmUpMs, () => void warmUp(drawing));
      later(parts.firstCheckMs ?? usualFirstCheckMs, () => void checkWholeFile());
      every(idleCheckMs, () => session.lockWhenIdle());
      every(dayMs, () => void checkWholeFile());
    },
    halt() {
      stopTimers();
      Promise.all([
        queue.close(0),
        drawing.close(),
        signing.close(),
        reader.close(),
        transports.spooler.close(),
      ]).catch((error: unknown) => parts.log('stopping', error));
    },
    async end() {
      stopTimers();
      await Promise.all([queue.close(), drawing.close(), signing.close()]);
      // Not waited for: a reader deep in a large file stops only at its next row, a driver when it likes, and the mark
      // of a clean end must not hang on them.
      transports.spooler.close().catch((error: unknown) => parts.log('stopping the spooler', error));
      reader.close().catch((error: unknown) => parts.log('stopping the reader', error));
    },
  };
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** The date every rule of the counter goes by. */
export function today(services: Services): string {
  return businessDate(services.clock());
}
