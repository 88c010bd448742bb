import { afterAll, expect, it } from 'vitest';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import type { Faults } from '../../scripts/printer/faults.ts';
import { noFaults } from '../../scripts/printer/faults.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { cashier, impatient, openPrintingFile, openQueue, until } from '../main/printingFixtures.ts';
import { readPapers, recognisable } from './recognisablePaper.ts';

/*
 * Each fault before, in the middle of and right after a receipt, at a printer that answers and acknowledges: what the
 * cashier is shown, and what there is on paper when the fault is over and every question is answered truthfully.
 */
type Moment = 'before' | 'during' | 'after';
const moments: readonly Moment[] = ['before', 'during', 'after'];

/** What is shown at first, before the fault is healed: state, and the problem that it is shown with. */
type Shown = `${'confirmed' | 'sent'}` | `${'failedNotSent' | 'unknown'} ${string}`;
type Case = {
  readonly fault: string;
  readonly faults: Partial<Faults>;
  readonly shown: Readonly<Record<Moment, Shown>>;
};

const harmless = { before: 'confirmed', during: 'confirmed', after: 'confirmed' } as const;
const cases: readonly Case[] = [
  {
    fault: 'the paper is out',
    faults: { paperOut: true },
    shown: { before: 'failedNotSent paperOut', during: 'unknown paperOut', after: 'unknown paperOut' },
  },
  {
    fault: 'the roll ends 100 rows later',
    faults: { paperOutAfterRows: 100 },
    shown: { before: 'unknown paperOut', during: 'unknown paperOut', after: 'confirmed' },
  },
  {
    fault: 'the cover is open',
    faults: { coverOpen: true },
    shown: { before: 'failedNotSent coverOpen', during: 'unknown coverOpen', after: 'unknown coverOpen' },
  },
  { fault: 'the roll is near its end', faults: { nearEnd: true }, shown: harmless },
  {
    fault: 'it stalls',
    faults: { stallAfterBytes: 0 },
    shown: { before: 'failedNotSent noAnswer', during: 'unknown timedOut', after: 'unknown timedOut' },
  },
  { fault: 'it reads slowly', faults: { bytesPerSecond: 60_000 }, shown: harmless },
  {
    fault: 'the cable is pulled',
    faults: { cablePulledAfterBytes: 3 },
    shown: { before: 'failedNotSent brokenOff', during: 'unknown brokenOff', after: 'unknown brokenOff' },
  },
  { fault: 'it talks all the time', faults: { statusNoise: true }, shown: harmless },
  { fault: 'its answers come out of order', faults: { answersOutOfOrder: true }, shown: harmless },
  {
    fault: 'it does not know its number',
    faults: { ignoresProcessId: true },
    shown: { before: 'sent', during: 'sent', after: 'sent' },
  },
  {
    fault: 'it says nothing',
    faults: { isSilent: true },
    shown: { before: 'failedNotSent noAnswer', during: 'unknown timedOut', after: 'unknown timedOut' },
  },
  {
    fault: 'it talks nonsense',
    faults: { answersGarbage: true },
    shown: { before: 'failedNotSent garbage', during: 'unknown garbage', after: 'unknown garbage' },
  },
];

type Line = {
  readonly fault: string;
  readonly moment: Moment;
  readonly shown: string;
  readonly thenWhole: number;
  readonly answer: string;
  readonly originals: number;
  readonly copies: number;
  readonly inTheEnd: string;
};
/** The table that is printed at the end. */
const table: Line[] = [];
afterAll(() => {
  const columns = [
    'fault',
    'moment',
    'shown',
    'thenWhole',
    'answer',
    'originals',
    'copies',
    'inTheEnd',
  ] as const;
  const heads = [
    'fault',
    'moment',
    'the cashier sees',
    'whole',
    '«did it come out?»',
    'originals',
    'copies',
    'in the end',
  ];
  const place = ({ fault, moment }: Line) =>
    cases.findIndex((one) => one.fault === fault) * 3 + moments.indexOf(moment);
  table.sort((a, b) => place(a) - place(b));
  const rows = [heads, ...table.map((line) => columns.map((column) => String(line[column])))];
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  console.log(`\n${text.join('\n')}\n`);
});

const patience = { ...impatient, stallMs: 300, settleMs: 300, silenceMs: 1_500 };

async function play({ faults }: Case, moment: Moment): Promise<Omit<Line, 'fault' | 'moment'>> {
  const printer = await startVirtualPrinter();
  const file = openPrintingFile();
  const queue = openQueue(file, recognisable, printer.port, {
    transportFor: () =>
      createTcpTransport({
        host: '127.0.0.1',
        port: printer.port,
        abilities: { answersStatus: true, acknowledges: true },
        patience,
      }),
  });
  const papers = readPapers(printer);
  try {
    if (moment === 'before') printer.set(faults);
    // In the middle: with some of the paper printed and some of the job still on the way.
    if (moment === 'during') {
      printer.set({ bytesPerSecond: 300_000 });
      const strike = () => {
        if (printer.hanging().height < 100) return;
        printer.off('change', strike);
        printer.set({ bytesPerSecond: null, ...faults });
      };
      printer.on('change', strike);
    }
    // Right after: the paper is cut off, and the printer has not said so yet.
    if (moment === 'after') printer.once('paper', () => printer.set(faults));
    const { jobId } = file.pay();
    queue.nudge();
    const settled = await until(
      () => file.job(jobId),
      ({ state, attempts }) => !['intended', 'sending'].includes(state) && attempts > 0,
    );
    const shown = `${settled.state} ${settled.problem ?? ''}`.trim();
    const thenWhole = papers.whole(1, 0);

    printer.set(noFaults());
    let answer = '';
    if (settled.state === 'unknown') {
      const cameOut = papers.whole(1, 0) > 0;
      answer = cameOut ? 'yes' : 'no';
      queue.answer({ jobId, cameOut, person: cashier });
    } else queue.retry();
    const jobs = () =>
      file.db
        .prepare<[], { id: number; copy_number: number; state: string }>(
          'SELECT id, copy_number, state FROM print_jobs ORDER BY id',
        )
        .all();
    const done = await until(jobs, (all) =>
      all.every(({ state }) => state === 'confirmed' || state === 'sent'),
    );
    const last = done.at(-1);
    expect(queue.errors).toEqual([]);
    expect(printer.strayText).toBe('');
    // No row of the original was ever printed twice.
    expect(papers.mostOften(1, 0)).toBeLessThanOrEqual(1);
    return {
      shown,
      thenWhole,
      answer,
      originals: papers.whole(1, 0),
      copies: papers.whole(1, 1),
      inTheEnd: last?.state ?? '',
    };
  } finally {
    await queue.close(0);
    await printer.close();
    file.close();
  }
}

it.each(moments)(
  'a fault %s a receipt loses none, doubles none unmarked, and is shown truly',
  async (moment) => {
    const wrong: string[] = [];
    await Promise.all(
      cases.map(async (one) => {
        const line = await play(one, moment);
        table.push({ fault: one.fault, moment, ...line });
        const expected = one.shown[moment];
        if (line.shown !== expected) wrong.push(`${one.fault}: shows ${line.shown}, not ${expected}`);
        if (line.shown === 'confirmed' && line.thenWhole !== 1)
          wrong.push(`${one.fault}: confirmed without a paper`);
        if (line.originals > 1) wrong.push(`${one.fault}: ${line.originals} unmarked papers`);
        if (line.originals + line.copies !== 1)
          wrong.push(`${one.fault}: ${line.originals}+${line.copies} papers`);
      }),
    );
    expect(wrong).toEqual([]);
    expect(table.filter((line) => line.moment === moment)).toHaveLength(cases.length);
  },
);
