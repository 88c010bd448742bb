import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantApproval } from '../../electron/approvals/approvals.ts';
import type { Tx } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { closeDatabase, openDatabase } from '../../electron/db/open.ts';
import { createJournal } from '../../electron/journal/append.ts';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { setRates } from '../../electron/payments/rates.ts';
import { takePayment } from '../../electron/payments/takePayment.ts';
import { undoPayment } from '../../electron/payments/undoPayment.ts';
import { closeShift } from '../../electron/shifts/closeShift.ts';
import { countDrawer, countSheet } from '../../electron/shifts/counts.ts';
import {
  exchange,
  moveSafe,
  moveWithoutReceipt,
  payIn,
  prepareFloat,
  topUp,
} from '../../electron/shifts/custody.ts';
import { acceptHandover, countHandover, refuseHandover } from '../../electron/shifts/handover.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import { takeStep } from '../../electron/shifts/shiftSteps.ts';
import type { ShiftRow } from '../../electron/shifts/shifts.ts';
import { findOpenShiftOf, findOpenShiftOn, getOwnShift, standing } from '../../electron/shifts/shifts.ts';
import { addTill } from '../../electron/shifts/tills.ts';
import { findUserByLogin, personOf } from '../../electron/users/users.ts';
import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import { amountsOf } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CountOutcome, Person, ZReport } from '../../shared/ipc/contract.ts';
import { copyFolder, makeMunicipality, removeFolder } from '../helpers/counter.ts';
import { card, cash } from '../helpers/payments.ts';
import { expectReportsToAgree } from '../helpers/reportsAgree.ts';
import { closingOf, countedFrom, ils, linesFor, notes } from '../helpers/shifts.ts';

const rates = { JOD: 52_345, USD: 36_990 };
const dayMs = 24 * 60 * 60_000;
const tills = ['KY01', 'KY02', 'KY03'] as const;
const keepers = ['amal', 'yousef', 'huda'] as const;
const letterhead = { municipality: { ar: 'ب', en: '' }, centre: { ar: 'م', en: '' } };

const who = fc.constantFrom(...keepers);
/** What a count finds besides, or misses: notes that exist. */
const off = fc.constantFrom(
  ...[0, 0, 0, -1000, 1000, 50].map((minor) => ({ currency: 'ILS' as const, minor })),
  { currency: 'JOD' as const, minor: -1000 },
  { currency: 'USD' as const, minor: 100 },
);
type Off = { readonly currency: Currency; readonly minor: number };
const some = fc.constantFrom(
  ils([1000, 1]),
  ils([5000, 2]),
  [notes('JOD', 1000, 1)],
  [notes('ILS', 2000, 1, true)],
);

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('open' as const), who, till: fc.constantFrom(...tills), off }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      who,
      account: fc.integer({ min: 1, max: 12 }),
      cash: fc.constantFrom(
        cash('ILS', 20_000),
        cash('ILS', 7_350, 2000),
        cash('JOD', 15_500),
        cash('USD', 4_200),
      ),
      cardMinor: fc.constantFrom(0, 0, 4_440),
      changeMinor: fc.constantFrom(0, 0, 1_230),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      who: fc.constantFrom('amal', 'yousef'),
      nth: fc.nat(9),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('payIn' as const, 'topUp' as const, 'cashIn' as const, 'cashOut' as const),
      who,
      lines: some,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('exchange' as const), who, other: who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('fund' as const, 'fromSafe' as const), lines: some }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('prepare' as const, 'collect' as const),
      till: fc.constantFrom(...tills),
      lines: some,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('suspend' as const, 'resume' as const, 'goOn' as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('count' as const, 'surprise' as const), who, off }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('close' as const), who, off, leaves: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('handOver' as const), who, to: who, off, accepts: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), off }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

let template: string;
beforeAll(async () => {
  template = await makeMunicipality();
});
afterAll(() => removeFolder(template));

/** What the test itself knows to lie where, kept apart from all that the program adds up. */
function createBook() {
  const lies = new Map<string, number>();
  const at = (place: string, currency: Currency): number => lies.get(`${place} ${currency}`) ?? 0;
  const move = (from: string | null, to: string | null, amounts: readonly CashAmount[]): void => {
    for (const { currency, minor } of amounts) {
      if (from !== null) lies.set(`${from} ${currency}`, at(from, currency) - minor);
      if (to !== null) lies.set(`${to} ${currency}`, at(to, currency) + minor);
    }
  };
  return {
    at,
    move,
    all: (place: string): CashAmount[] =>
      currencies
        .map((currency) => ({ currency, minor: at(place, currency) }))
        .filter(({ minor }) => minor !== 0),
    /** As the program keeps it. */
    entries: (): Record<string, number> =>
      Object.fromEntries(
        [...lies].filter(([, minor]) => minor !== 0).toSorted(([a], [b]) => a.localeCompare(b)),
      ),
  };
}

function live(folder: string) {
  let atMs = Date.parse('2026-11-24T08:00:00Z');
  const { db } = openDatabase(
    { databaseFile: join(folder, 'sanduq.db'), keyFile: join(folder, 'till.key'), backupFolder: folder },
    () => undefined,
  );
  const key = loadTillKey(join(folder, 'till.key'), fileProtection);
  const journal = createJournal(db, key, 'KY01', () => atMs);
  const book = createBook();
  const reports: ZReport[] = [];
  const done = new Map<string, number>();
  const person = (login: string): Person => {
    const user = findUserByLogin(db, login);
    if (user === null) throw new Error(`nobody called ${login}`);
    return personOf(user);
  };
  const people = new Map([...keepers, 'admin', 'nader'].map((login) => [login, person(login)]));
  const by = (login: string): Person => people.get(login) ?? person(login);
  const context = () => ({ journal, atMs, isDemonstration: true, letterhead });
  const write = <T>(what: (tx: Tx) => T): T => {
    atMs += 60_000;
    return transact(db, what);
  };
  const place = (shift: ShiftRow): string => `shift ${shift.id}`;
  const mine = (login: string): ShiftRow => getOwnShift(db, by(login).id);
  /** That keeper, or another whose shift stands so, that the act is not in vain; anybody's open shift for null. */
  const oneWho = (login: (typeof keepers)[number], state: string | null): (typeof keepers)[number] => {
    const isSuch = (one: string): boolean => {
      const shift = findOpenShiftOf(db, by(one).id);
      return shift !== null && (state === null || standing(db, shift.id).state === state);
    };
    return [login, ...keepers].find(isSuch) ?? login;
  };

  /** What somebody finds in a drawer in which that should lie. */
  function found(amounts: readonly CashAmount[], { currency, minor }: Off): CashLine[] {
    const there = new Map(amounts.map((amount) => [amount.currency, amount.minor]));
    there.set(currency, Math.max(0, (there.get(currency) ?? 0) + minor));
    return [...there].flatMap(([kind, sum]) => linesFor(kind, sum));
  }

  /** Of every count: what was expected is what the test knows, and the difference is counted less expected. */
  function judge(count: CountOutcome, expected: readonly CashAmount[], lines: readonly CashLine[]): void {
    for (const currency of currencies) {
      const result = count.results.find((one) => one.currency === currency);
      const expectedMinor = expected.find((one) => one.currency === currency)?.minor ?? 0;
      const countedMinor = amountsOf(lines).find((one) => one.currency === currency)?.minor ?? 0;
      expect(result?.expectedMinor ?? 0).toBe(expectedMinor);
      expect(result?.countedMinor ?? 0).toBe(countedMinor);
      expect(result?.differenceMinor ?? 0).toBe(countedMinor - expectedMinor);
    }
  }

  function count(
    shift: ShiftRow,
    counter: Person,
    aside: Off,
    kind: 'close' | 'surprise' | 'witnessed',
    reason = '',
  ): CountOutcome {
    const lines = found(book.all(place(shift)), aside);
    const counted = countedFrom(countSheet(db, shift), lines);
    const witness = kind === 'witnessed' ? by('admin') : null;
    const outcome = write((tx) =>
      countDrawer(tx, context(), { shift, counted, person: counter, witness, reason }, () =>
        kind === 'close' && standing(tx, shift.id).state === 'counted' ? 'recount' : kind,
      ),
    );
    judge(outcome, book.all(place(shift)), lines);
    return outcome;
  }

  function close(shift: ShiftRow, closer: Person, outcome: CountOutcome, leaves: boolean): void {
    const left = leaves ? outcome.lines.slice(0, 1) : [];
    const { report } = write((tx) => closeShift(tx, closingOf(outcome, left), closer, context()));
    reports.push(report);
    book.move(place(shift), null, book.all(place(shift)));
    book.move(null, 'safe', amountsOf(outcome.lines));
    book.move('safe', `till ${shift.till}`, amountsOf(left));
  }

  function pay(step: Extract<Act, { do: 'pay' }>): void {
    const shift = mine(step.who);
    const tenders = [
      step.cash,
      ...(step.cardMinor === 0 ? [] : [card(step.cardMinor, randomUUID().slice(0, 8))]),
    ];
    const change = step.changeMinor === 0 ? [] : [{ currency: 'ILS' as const, minor: step.changeMinor }];
    const worth = tenders.reduce(
      (sum, { currency, receivedMinor }) =>
        sum + valueInAccountCurrency({ currency, minor: receivedMinor }, rates),
      -step.changeMinor,
    );
    const request = {
      requestId: randomUUID(),
      payer: { kind: 'account' as const, accountId: step.account },
      lines: [{ kind: 'advance' as const, accountId: step.account, minor: worth }],
      tenders,
      change,
      changeCredit: null,
      rates,
      approvalId: null,
      book: null,
    };
    write((tx) => takePayment(tx, request, by(step.who), { ...context(), key, smallestCoinMinor: 10 }));
    book.move(null, place(shift), [{ currency: step.cash.currency, minor: step.cash.receivedMinor }]);
    book.move(place(shift), null, change);
  }

  function undo(login: string, nth: number): void {
    const shift = mine(login);
    const ids = db.prepare('SELECT id FROM payments ORDER BY id').pluck().all() as number[];
    const paymentId = ids[nth % ids.length];
    if (paymentId === undefined) return;
    const contents = { paymentId, reason: 'other', explanation: 'تجربة' } as const;
    write((tx) => {
      const both = { requester: by(login), approver: by('huda'), atMs };
      const approvalId = grantApproval(tx, journal, { kind: 'payment.undo', contents }, both);
      undoPayment(tx, { requestId: randomUUID(), undo: contents, approvalId }, by(login), context());
    });
    const cashOf = (table: string, minor: string): CashAmount[] =>
      db
        .prepare<[number], CashAmount>(
          `SELECT currency, ${minor} AS minor FROM ${table} WHERE payment_id = ?`,
        )
        .all(paymentId);
    book.move(
      place(shift),
      null,
      cashOf(`(SELECT * FROM payment_tenders WHERE kind = 'cash')`, 'received_minor'),
    );
    book.move(null, place(shift), cashOf('payment_change', 'minor'));
  }

  function open(login: string, till: string, aside: Off): void {
    const left = book.all(`till ${till}`);
    const lines = found(
      [
        ...left,
        ...(left.some(({ currency }) => currency === 'ILS')
          ? []
          : [{ currency: 'ILS' as const, minor: 12_340 }]),
      ],
      aside,
    );
    const opening = { requestId: randomUUID(), till, counts: lines, isSure: true };
    const { shift, count: outcome } = write((tx) => openShiftWith(tx, journal, opening, by(login), atMs));
    judge(outcome, left, lines);
    book.move(`till ${till}`, null, left);
    book.move(null, `shift ${shift.id}`, amountsOf(lines));
  }

  function handOver({ who: giver, to, off: aside, accepts }: Extract<Act, { do: 'handOver' }>): void {
    const shift = mine(giver);
    const lines = found(book.all(place(shift)), aside);
    const counted = countedFrom(countSheet(db, shift), lines);
    const outcome = write((tx) => countHandover(tx, journal, counted, by(giver), by(to), atMs));
    judge(outcome, book.all(place(shift)), lines);
    const request = { requestId: randomUUID(), countId: outcome.id };
    if (!accepts) {
      write((tx) =>
        refuseHandover(tx, journal, { ...request, reason: 'لا أقبل الفرق' }, by(giver), by(to), atMs),
      );
      return;
    }
    const { explanations } = closingOf(outcome);
    const { report, next } = write((tx) =>
      acceptHandover(tx, { ...request, explanations }, by(giver), by(to), context()),
    );
    reports.push(report);
    book.move(place(shift), null, book.all(place(shift)));
    book.move(null, `shift ${next.id}`, amountsOf(lines));
  }

  /** Everybody goes home; in the morning whatever is open is counted by a supervisor before a second person and closed. */
  function forget(aside: Off): void {
    atMs += dayMs;
    for (const till of tills) {
      const shift = findOpenShiftOn(db, till);
      if (shift === null) continue;
      const closer = shift.userId === by('huda').id ? null : by('huda');
      const outcome =
        closer === null
          ? count(shift, by('huda'), aside, 'close')
          : count(shift, closer, aside, 'witnessed', 'مريض منذ أمس');
      close(shift, closer ?? by('huda'), outcome, false);
    }
    setTodaysRates();
  }

  function setTodaysRates(): void {
    const set = foreign.map((currency) => ({ currency, rate: rates[currency] }));
    write((tx) => setRates(tx, journal, { rates: set, isSure: true }, by('huda'), businessDate(atMs), atMs));
  }

  const standingFor = { suspend: 'open', resume: 'suspended', goOn: 'counted' } as const;

  function run(asked: Act): void {
    const step =
      'who' in asked && asked.do !== 'open'
        ? {
            ...asked,
            who: oneWho(asked.who, asked.do in standingFor ? standingFor[asked.do as 'goOn'] : null),
          }
        : asked;
    const common = { requestId: randomUUID(), note: '' };
    const custody = context();
    switch (step.do) {
      case 'open':
        return open(step.who, step.till, step.off);
      case 'pay':
        return pay(step);
      case 'undo':
        return undo(step.who === 'huda' ? 'amal' : step.who, step.nth);
      case 'payIn': {
        const shift = mine(step.who);
        const input = { ...common, lines: step.lines, bagNumber: 'B-1', receiver: { login: '', secret: '' } };
        write((tx) => payIn(tx, input, by(step.who), by('admin'), custody));
        return book.move(place(shift), 'safe', amountsOf(step.lines));
      }
      case 'topUp': {
        const shift = mine(step.who);
        const input = { ...common, lines: step.lines, giver: { login: '', secret: '' } };
        write((tx) => topUp(tx, input, by(step.who), by('admin'), custody));
        return book.move('safe', place(shift), amountsOf(step.lines));
      }
      case 'cashIn':
      case 'cashOut': {
        const shift = mine(step.who);
        const direction = step.do === 'cashIn' ? 'in' : 'out';
        const move = { direction, reason: 'other', note: 'تجربة', lines: step.lines } as const;
        const input = { requestId: common.requestId, move, approvalId: null };
        write((tx) => moveWithoutReceipt(tx, input, by(step.who), 1_000_000, custody));
        const [from, to] = direction === 'in' ? [null, place(shift)] : [place(shift), null];
        return book.move(from, to, amountsOf(step.lines));
      }
      case 'exchange': {
        const input = {
          ...common,
          given: ils([1000, 5]),
          taken: ils([5000, 1]),
          other: { login: '', secret: '' },
        };
        write((tx) => exchange(tx, input, by(step.who), by(step.other), custody));
        return;
      }
      case 'fund':
      case 'fromSafe': {
        const direction = step.do === 'fund' ? 'in' : 'out';
        const words = { reason: 'fund', bagNumber: '', witness: { login: '', secret: '' } } as const;
        const input = { ...common, ...words, direction, lines: step.lines } as const;
        write((tx) => moveSafe(tx, input, by('huda'), by('nader'), custody));
        const [from, to] = direction === 'in' ? [null, 'safe'] : ['safe', null];
        return book.move(from, to, amountsOf(step.lines));
      }
      case 'prepare':
      case 'collect': {
        const direction = step.do === 'prepare' ? 'toTill' : 'toSafe';
        const lines =
          direction === 'toTill'
            ? step.lines
            : book.all(`till ${step.till}`).flatMap(({ currency, minor }) => linesFor(currency, minor));
        const input = { ...common, till: step.till, direction, lines } as const;
        write((tx) => prepareFloat(tx, input, by('huda'), custody));
        const [from, to] =
          direction === 'toTill' ? ['safe', `till ${step.till}`] : [`till ${step.till}`, 'safe'];
        return book.move(from, to, amountsOf(lines));
      }
      case 'suspend':
      case 'resume':
      case 'goOn': {
        const name = { suspend: 'suspended', resume: 'resumed', goOn: 'sellingResumed' } as const;
        const request = { requestId: common.requestId, reason: step.do === 'goOn' ? 'جاء مراجع' : '' };
        write((tx) => takeStep(tx, journal, name[step.do], request, by(step.who), atMs));
        return;
      }
      case 'count':
        count(mine(step.who), by(step.who), step.off, 'close', 'مرة أخرى');
        return;
      case 'surprise':
        count(mine(step.who), by('nader'), step.off, 'surprise');
        return;
      case 'close': {
        const shift = mine(step.who);
        return close(
          shift,
          by(step.who),
          count(shift, by(step.who), step.off, 'close', 'مرة أخرى'),
          step.leaves,
        );
      }
      case 'handOver':
        return handOver(step);
      case 'forget':
        return forget(step.off);
    }
  }

  function kept(): Record<string, number> {
    const rows = db
      .prepare<[], { key: string; minor: number }>(
        `SELECT 'safe ' || currency AS key, expected_minor AS minor FROM safe_cash WHERE expected_minor <> 0
         UNION ALL SELECT 'till ' || till_code || ' ' || currency, expected_minor FROM till_cash WHERE expected_minor <> 0
         UNION ALL SELECT 'shift ' || shift_id || ' ' || currency, expected_minor FROM shift_cash WHERE expected_minor <> 0
         ORDER BY key`,
      )
      .all();
    return Object.fromEntries(rows.map(({ key: name, minor }) => [name, minor]));
  }

  /** Of each till: reports one after the other, and in each all that was ever taken and taken back. */
  function judgeReports(): void {
    for (const till of tills) {
      let [receipts, minor, undone, undoneMinor] = [0, 0, 0, 0];
      for (const [index, { number, figures }] of reports.filter((report) => report.till === till).entries()) {
        expect(number).toBe(index + 1);
        receipts += figures.acts.receipts;
        minor += figures.receiptsMinor;
        undone += figures.acts.voids + figures.acts.reversals;
        undoneMinor += figures.voidsMinor + figures.reversalsMinor;
        expect(figures.perpetual).toEqual({ receipts, minor, undone, undoneMinor });
      }
    }
  }

  for (const code of tills.slice(1))
    transact(db, (tx) => addTill(tx, journal, { code, name: '' }, by('admin'), atMs));
  setTodaysRates();
  return {
    db,
    book,
    kept,
    judgeReports,
    done,
    run(step: Act): void {
      run(step);
      done.set(step.do, (done.get(step.do) ?? 0) + 1);
      if (step.do === 'handOver') done.set(`handOver ${String(step.accepts)}`, 1);
    },
    openShifts: () => keepers.filter((login) => findOpenShiftOf(db, by(login).id) !== null).length,
  };
}

const foreign = ['JOD', 'USD'] as const;

/** What chance may leave out: three drawers at once, a locked till, a cashier who goes on; and rules that say no. */
const exact = { currency: 'ILS', minor: 0 } as const;
const pays = {
  do: 'pay',
  who: 'amal',
  account: 1,
  cash: cash('ILS', 20_000),
  cardMinor: 0,
  changeMinor: 0,
} as const;
const fullDay = [
  { do: 'fund', lines: ils([1000, 1]) },
  { do: 'fromSafe', lines: [notes('JOD', 1000, 1)] },
  { do: 'prepare', till: 'KY02', lines: ils([1000, 1]) },
  { do: 'collect', till: 'KY02', lines: [] },
  { do: 'open', who: 'amal', till: 'KY01', off: exact },
  { do: 'prepare', till: 'KY01', lines: ils([1000, 1]) },
  { do: 'open', who: 'yousef', till: 'KY02', off: exact },
  { do: 'open', who: 'huda', till: 'KY03', off: exact },
  { do: 'exchange', who: 'amal', other: 'yousef' },
  pays,
  { do: 'suspend', who: 'amal' },
  pays,
  { do: 'resume', who: 'amal' },
  { do: 'count', who: 'amal', off: exact },
  pays,
  { do: 'goOn', who: 'amal' },
] satisfies Act[];

test(
  'whatever several cashiers do over several days: counted less expected is the difference, and every coin lies where the journal alone says',
  { timeout: 120_000 },
  () => {
    const all = new Map<string, number>();
    const refused = new Set<string>();
    let mostAtOnce = 0;
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 90, size: 'max' }), (acts) => {
        const folder = copyFolder(template);
        const days = live(folder);
        try {
          for (const step of acts) {
            try {
              days.run(step);
            } catch (error) {
              // A rule said no; nothing of the act is left, which the check below would find.
              if (!(error instanceof Refusal)) throw error;
              refused.add(error.code);
            }
            mostAtOnce = Math.max(mostAtOnce, days.openShifts());
            expect(days.kept()).toEqual(days.book.entries());
          }
          days.judgeReports();
          expect(verifyDatabase(days.db).firstProblem).toBeNull();
          expectReportsToAgree(days.db, tills);
          for (const [name, count] of days.done) all.set(name, (all.get(name) ?? 0) + count);
        } finally {
          closeDatabase(days.db);
          removeFolder(folder);
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 40), examples: [[fullDay]] },
    );
    // The days had all of it, and met rules that say no.
    expect([...all.keys()].toSorted()).toEqual(
      [
        'cashIn cashOut close collect count exchange forget fromSafe fund goOn handOver open pay payIn prepare resume',
        'surprise suspend topUp undo',
      ]
        .join(' ')
        .split(' ')
        .concat('handOver false', 'handOver true')
        .toSorted(),
    );
    expect(mostAtOnce).toBe(3);
    expect([...refused]).toEqual(
      expect.arrayContaining(['shift.suspended', 'shift.counted', 'custody.notThere', 'till.inUse']),
    );
  },
);
