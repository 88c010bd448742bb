import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { PrintQueue } from '../../electron/printing/queue.ts';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import type { PrintingFile } from '../main/printingFixtures.ts';
import { cashier, openPrintingFile, openQueue, until } from '../main/printingFixtures.ts';
import type { JobNow, Model } from './randomFaults.ts';
import { findLies, hasty, heal, listJobs, models, numberOf, strike } from './randomFaults.ts';
import { readPapers, recognisable } from './recognisablePaper.ts';
import { seeded } from './seeded.ts';

/*
 * Random faults at random moments, and the program breaking off and coming back in between. Each lane is one counter
 * with one printer, and goes from one schedule to the next with what the last one left behind.
 */
const schedules = Number(process.env['SCHEDULES'] ?? 440);
const lanes = 22;

type Tally = { readonly papers: number; readonly states: Record<string, number>; readonly questions: number };

function modelOf(lane: number): Model {
  const model = models[lane % models.length];
  if (model === undefined) throw new Error('no printer');
  return model;
}

async function runLane(lane: number): Promise<Tally> {
  const model = modelOf(lane);
  const printer = await startVirtualPrinter();
  const file: PrintingFile = openPrintingFile();
  // No power is cut here, and twenty counters share one disk.
  file.db.pragma('synchronous = OFF');
  const papers = readPapers(printer);
  const answeredNo = new Set<number>();
  let questions = 0;
  const open = () => {
    const opened = openQueue(file, recognisable, printer.port, {
      retryMs: { first: 10, longest: 40 },
      transportFor: () =>
        createTcpTransport({
          host: '127.0.0.1',
          port: printer.port,
          abilities: model.abilities,
          patience: hasty,
        }),
    });
    opened.start();
    return opened;
  };
  let queue: PrintQueue & { readonly errors: unknown[] } = open();

  /** A person looks at what lies there, and says so. */
  function answer(job: JobNow): void {
    const cameOut = papers.whole(numberOf(job), job.copy) > 0;
    questions += 1;
    if (!cameOut) answeredNo.add(job.id);
    queue.answer({ jobId: job.id, cameOut, person: cashier });
  }

  async function run(seed: number): Promise<void> {
    const random = seeded(seed);
    for (let step = 3 + random.below(5); step > 0; step--) {
      const dice = random.next();
      if (dice < 0.3) file.pay();
      else if (dice < 0.6) strike(printer, model, random);
      else if (dice < 0.75) heal(printer, model);
      else if (dice < 0.9) {
        // The program ends in the middle of whatever it does, and is started again.
        await queue.close(0);
        expect(queue.errors).toEqual([]);
        queue = open();
      } else for (const job of listJobs(file).filter(({ state }) => state === 'unknown')) answer(job);
      queue.nudge();
      await pause(random.below(60));
      expect(findLies(listJobs(file), papers, model, answeredNo).filter(isAboutOne)).toEqual([]);
    }
    heal(printer, model);
    queue.retry();
    if (random.chance(0.3)) return;
    // All is well and everything is answered: nothing is left over.
    await until(
      () => {
        for (const job of listJobs(file)) if (job.state === 'unknown') answer(job);
        return listJobs(file).filter(({ state }) => !['confirmed', 'sent'].includes(state));
      },
      (left) => left.length === 0,
      60_000,
    );
    expect(findLies(listJobs(file), papers, model, answeredNo), `seed ${seed}`).toEqual([]);
  }

  try {
    heal(printer, model);
    for (let at = lane; at < schedules; at += lanes) {
      await run(at).catch((error: unknown) => {
        throw new Error(`schedule ${at} (lane ${lane}, ${model.name})`, { cause: error });
      });
    }
    const states: Record<string, number> = {};
    for (const { state } of listJobs(file)) states[state] = (states[state] ?? 0) + 1;
    expect(queue.errors).toEqual([]);
    expect(printer.strayText.length, 'letters instead of dots').toBe(0);
    return { papers: papers.total(), states, questions };
  } finally {
    await queue.close(0);
    await printer.close();
    file.close();
  }
}

/** Papers in all can only be counted when nothing is under way. */
const isAboutOne = (lie: string): boolean => !/^\d+ papers for/.test(lie);

test(
  `${schedules} random schedules of faults lose no receipt and double none unmarked`,
  { timeout: 240_000 },
  async () => {
    const tallies = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    const states: Record<string, number> = {};
    for (const tally of tallies)
      for (const [state, count] of Object.entries(tally.states)) states[state] = (states[state] ?? 0) + count;
    const papers = tallies.reduce((sum, tally) => sum + tally.papers, 0);
    const questions = tallies.reduce((sum, tally) => sum + tally.questions, 0);
    console.log(
      `${schedules} schedules: ${papers} papers, ${questions} questions answered, jobs ${JSON.stringify(states)}`,
    );
    // The faults did bite, and most receipts came out all the same.
    expect(questions).toBeGreaterThan(schedules / 20);
    expect(states['confirmed']).toBeGreaterThan(schedules / 4);
  },
);
