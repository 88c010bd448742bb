import { createPublicKey } from 'node:crypto';
import { Refusal, refuse } from '../../shared/errors.ts';
import type { CounterStatus, Person } from '../../shared/ipc/contract.ts';
import { grantApproval } from '../approvals/approvals.ts';
import { listSold } from '../accounts/catalogue.ts';
import { getAccountView } from '../accounts/openAccount.ts';
import type { Tx } from '../db/connection.ts';
import { issueBook, viewBooks, voidLeaf } from '../books/books.ts';
import { transact } from '../db/connection.ts';
import { listEntries } from '../journal/listEntries.ts';
import { listUndone } from '../payments/listUndone.ts';
import { setRates, viewRates } from '../payments/rates.ts';
import { takePayment } from '../payments/takePayment.ts';
import { previewUndo, undoPayment } from '../payments/undoPayment.ts';
import { screenPicture } from '../printing/screenPicture.ts';
import { findReceipts, getReceipt } from '../receipts/receipts.ts';
import { listEntitlements } from '../registers/entitlements.ts';
import type { RegisterContext } from '../registers/registers.ts';
import { getCheque, listCheques, listTransfers } from '../registers/listPapers.ts';
import { moveCheque, settleTransfer } from '../registers/registers.ts';
import { createStatements, listWaitingProviders } from '../registers/statements.ts';
import type { Services } from '../services.ts';
import { today } from '../services.ts';
import { requireGoodSecret } from '../sessions/secret.ts';
import { findChequePicture, insertChequePicture } from '../registers/chequePictures.ts';
import { pictureType, pictureUrl } from '../printing/pictureType.ts';
import { readPicture } from '../printing/readPicture.ts';
import { changeLogo, readLogo, viewLogo } from '../settings/logo.ts';
import { changeSettings, getSettings } from '../settings/settings.ts';
import { currentShift, dateOf, findOpenShiftOf, getShift, shiftState } from '../shifts/shifts.ts';
import { openDateOf } from '../shifts/closedDays.ts';
import { actorOf, insertUser, listUsers, prepareUser, resetSecret, updateUser } from '../users/users.ts';
import { dayHandlers } from './dayHandlers.ts';
import { documentHandlers } from './documentHandlers.ts';
import { movesCash, printingHandlers } from './printingHandlers.ts';
import { dotsOf } from '../../shared/ipc/printing.ts';
import { reportHandlers } from './reportHandlers.ts';
import type { Handlers } from './router.ts';
import { shiftHandlers } from './shiftHandlers.ts';

type FromCounter = {
  readonly status: () => CounterStatus;
  readonly setup: Pick<Handlers, 'setup.create' | 'setup.demonstration' | 'setup.signIns'>;
};

/** What main does for each channel of the contract, with a sound database. */
export function createHandlers(services: Services, { status, setup }: FromCounter): Handlers {
  const { db, journal, secrets, session, queue, importing } = services;

  function write<T>(act: (tx: Tx) => T): T {
    const result = transact(db, act);
    services.wrote();
    return result;
  }
  function changeUsers(act: (tx: Tx) => unknown): ReturnType<typeof listUsers> {
    write(act);
    return listUsers(db);
  }

  const statements = createStatements();
  function registerContext(person: Person): RegisterContext {
    return { journal, person, businessDate: openDateOf(db, today(services)), atMs: services.clock() };
  }

  const finds = { cheques: 0, transfers: 0 };
  /** Whoever types on waits for the last of their words only; what is asked for without any is always answered. */
  function lastFind(register: keyof typeof finds, text: string): () => boolean {
    if (text === '') return () => true;
    finds[register] += 1;
    const mine = finds[register];
    return () => mine === finds[register];
  }

  return {
    'app.status': status,
    ...setup,

    'session.touch': () => session.touch(),
    'session.current': () => session.state(),
    'session.signIn': async ({ login, secret }) => {
      const state = await session.signIn(login, secret);
      return {
        session: state,
        shift: state.kind === 'active' ? currentShift(db, state.person, services.clock()) : null,
      };
    },
    'session.anticipate': ({ login, secret }) => {
      session.anticipate(login, secret);
      return {};
    },
    'session.unlock': async ({ secret }) => ({ session: await session.unlock(secret) }),
    'session.lock': () => session.lock('asked'),
    'session.signOut': () => session.signOut(),
    'session.changeSecret': async ({ current, next }) => {
      await session.changeSecret(current, next);
      return {};
    },

    ...shiftHandlers(services, write),
    ...dayHandlers(services, write),
    ...reportHandlers(services, write),

    'accounts.search': ({ text }) => services.search(text),
    'accounts.open': ({ accountId }) => getAccountView(db, accountId, today(services)),

    'rates.today': (_input, by) => ({
      ...viewRates(db, dateOf(db, by, today(services))),
      smallestCoinMinor: services.settings().smallestCoinMinor,
    }),
    'rates.set': (input, by) =>
      write((tx) => setRates(tx, journal, input, by, today(services), services.clock())),
    'services.sold': () => listSold(db),

    'payments.take': (request, by) => {
      const { municipality, centre, smallestCoinMinor } = services.settings();
      const { shiftId, ...taken } = write((tx) =>
        takePayment(tx, request, by, {
          journal,
          key: services.key,
          isDemonstration: services.installation.isDemonstration,
          smallestCoinMinor,
          letterhead: { municipality, centre },
          atMs: services.clock(),
        }),
      );
      if (!taken.wasAlreadyTaken && movesCash(taken.receipt)) queue.openDrawerForSale();
      queue.nudge();
      return {
        ...taken,
        account:
          request.payer.kind === 'account'
            ? getAccountView(db, request.payer.accountId, today(services))
            : null,
        // Of a retry, the shift may be closed by now.
        shift: shiftState(db, getShift(db, shiftId), services.clock()),
      };
    },

    'approvals.grant': async ({ act, login, secret }, by) => {
      const approver = await session.witness(login, secret);
      const atMs = services.clock();
      try {
        const approvalId = write((tx) => grantApproval(tx, journal, act, { requester: by, approver, atMs }));
        return { approvalId, approver: { ar: approver.nameAr, en: approver.nameEn } };
      } catch (error) {
        if (error instanceof Refusal)
          write((tx) =>
            journal.append(tx, {
              act: 'approval.refused',
              actor: actorOf(approver),
              body: { code: error.code, for: act.kind, contents: act.contents, requestedBy: by.login },
            }),
          );
        throw error;
      }
    },
    'payments.undoPreview': ({ paymentId }, by) => previewUndo(db, paymentId, by, services.clock()),
    'payments.undo': (request, by) => {
      const { accountId, ...undone } = write((tx) =>
        undoPayment(tx, request, by, { journal, atMs: services.clock() }),
      );
      if (!undone.wasAlreadyDone && movesCash(undone.slip)) queue.openDrawerForSale();
      queue.nudge();
      return {
        ...undone,
        account: accountId === null ? null : getAccountView(db, accountId, today(services)),
      };
    },

    'registers.cheques': (wanted) =>
      listCheques(db, { ...wanted, isStillWanted: lastFind('cheques', wanted.text) }, today(services)),
    'registers.moveCheque': (request, by) => write((tx) => moveCheque(tx, request, registerContext(by))),
    'registers.chequePicture': ({ chequeId }) => {
      const bytes = findChequePicture(db, chequeId);
      return { picture: bytes === null ? null : pictureUrl(bytes) };
    },
    'registers.attachPicture': async ({ chequeId }, by) => {
      // Before the person looks for a file in vain.
      if (getCheque(db, chequeId, today(services)).hasPicture) throw refuse('cheque.pictureThere');
      const file = await services.fileDialogs.choose('picture');
      if (file === null) return null;
      const bytes = await readPicture(file, services.drawing);
      if (pictureType(bytes) === 'image/svg+xml') throw refuse('picture.notPhoto');
      write((tx) => insertChequePicture(tx, chequeId, bytes, registerContext(by)));
      return getCheque(db, chequeId, today(services));
    },
    'registers.transfers': (wanted) =>
      listTransfers(db, { ...wanted, isStillWanted: lastFind('transfers', wanted.text) }),
    'registers.settleTransfer': (request, by) =>
      write((tx) => settleTransfer(tx, request, registerContext(by))),

    'registers.entitlements': ({ month }) => listEntitlements(db, month),
    'reports.undone': ({ from, to }) => listUndone(db, from, to),
    'payments.abandon': (abandoned, by) => {
      write((tx) =>
        journal.append(tx, { act: 'payment.abandoned', actor: actorOf(by), body: { ...abandoned } }),
      );
      return {};
    },

    'books.list': () => viewBooks(db),
    'books.issue': (input, by) => write((tx) => issueBook(tx, input, registerContext(by))),
    'books.voidLeaf': (input, by) => write((tx) => voidLeaf(tx, input, registerContext(by))),

    'statements.open': async ({ provider }) => {
      const file = await services.fileDialogs.choose('table');
      return file === null ? null : statements.open(db, provider, file);
    },
    'statements.waiting': () => listWaitingProviders(db),
    'statements.propose': ({ token, mapping }) => write((tx) => statements.propose(tx, token, mapping)),
    'statements.confirm': ({ token, transferIds }, by) => ({
      matched: write((tx) => statements.confirm(tx, token, transferIds, registerContext(by))),
    }),

    'receipts.get': ({ paymentId }) => getReceipt(db, paymentId),
    'receipts.picture': ({ paymentId }) => {
      const { content } = getReceipt(db, paymentId);
      const dotsPerLine = dotsOf('receipt', services.settings());
      return screenPicture(services.drawing, content, { dotsPerLine, copyNumber: 0 });
    },
    'receipts.find': ({ text, limit }) => findReceipts(db, text, limit),

    ...printingHandlers(services),
    ...documentHandlers(services, write),

    'audit.entries': (filter, by) => listEntries(db, filter, findOpenShiftOf(db, by.id)?.id ?? null),
    'audit.verify': async (_input, by) => {
      const report = await services.reader.verify((done, total) =>
        services.emit('verify.progress', { done, total }),
      );
      const { ok, entries, head, receipts } = report;
      write((tx) =>
        journal.append(tx, {
          act: 'journal.verified',
          actor: actorOf(by),
          body: { ok, entries, head, receipts },
        }),
      );
      return report;
    },
    'audit.publicKey': () => ({
      keyId: services.key.keyId,
      pem: String(createPublicKey(services.key.privateKey).export({ type: 'spki', format: 'pem' })),
    }),

    'users.list': () => listUsers(db),
    'users.create': async (input, by) => {
      const user = await prepareUser(secrets, input);
      return changeUsers((tx) => insertUser(tx, journal, user, by, services.clock()));
    },
    'users.update': (input, by) => changeUsers((tx) => updateUser(tx, journal, input, by)),
    'users.resetSecret': async ({ id, secret }, by) => {
      requireGoodSecret(secret);
      const secretHash = await secrets.hash(secret);
      return changeUsers((tx) => resetSecret(tx, journal, id, secretHash, by));
    },

    'settings.get': () => services.settings(),
    'settings.set': (settings, by) => {
      write((tx) => changeSettings(tx, journal, settings, by, services.clock()));
      services.settingsChanged();
      return getSettings(db);
    },

    'logo.get': () => viewLogo(db, services.drawing),
    'logo.choose': async (_, by) => {
      const file = await services.fileDialogs.choose('picture');
      if (file === null) return null;
      const logo = await readLogo(file, services.drawing);
      write((tx) => changeLogo(tx, journal, logo, by, services.clock()));
      await services.drawing.useCrest(logo.bytes);
      return viewLogo(db, services.drawing);
    },
    'logo.remove': async (_, by) => {
      write((tx) => changeLogo(tx, journal, null, by, services.clock()));
      await services.drawing.useCrest(null);
      return viewLogo(db, services.drawing);
    },

    'import.preview': async ({ kind }) => {
      const file = await services.fileDialogs.choose('table');
      return file === null ? null : importing.preview(kind, file);
    },
    'import.confirm': async ({ token }, by) => {
      const done = await importing.confirm(token, actorOf(by));
      services.wrote();
      return done;
    },
    'import.cancel': ({ token }) => {
      importing.cancel(token);
      return {};
    },
    'import.saveBadLines': async ({ token }) => ({
      saved: await services.fileDialogs.save('sanduq-bad-lines.csv', importing.badLinesCsv(token)),
    }),
  };
}
