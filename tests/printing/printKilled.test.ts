import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { bundledScript } from '../helpers/bundledScript.ts';
import { openPrintingFile } from '../main/printingFixtures.ts';
import type { Model } from './randomFaults.ts';
import { findLies, heal, listJobs, models, numberOf, strike } from './randomFaults.ts';
import { readPapers } from './recognisablePaper.ts';
import type { Seeded } from './seeded.ts';
import { seeded } from './seeded.ts';

/*
 * The whole counter killed at random moments while the printer has random faults: sixty kills in all, twenty for each
 * kind of printer. What the queue does between two kills is proved by the random schedules.
 */
const killsPerPrinter = Number(process.env['PRINT_KILLS'] ?? 20);

const script = bundledScript('tests/printing/printUntilKilled.ts');

type Life = {
  readonly args: readonly string[];
  /** A person looks whether this paper lies there. */
  readonly cameOut: (jobId: number) => boolean;
  /** Something happens at the printer. */
  readonly onStarted: () => void;
  /** How long it lives from its first line on, in ms; null: until nothing is left to do. */
  readonly livesMs: number | null;
};

function live({ args, cameOut, onStarted, livesMs }: Life): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script(), ...args]);
    let complaints = '';
    let said = '';
    const onLine = (line: string): void => {
      const [word, id] = line.split(' ');
      if (word === 'started') {
        onStarted();
        if (livesMs !== null) setTimeout(() => child.kill('SIGKILL'), livesMs);
      }
      // A person takes a moment, in which the program may die.
      if (word === 'ask')
        setTimeout(() => child.stdin.write(`${cameOut(Number(id)) ? 'yes' : 'no'} ${id}\n`), 5);
      if (word === 'idle' && livesMs === null) child.kill('SIGKILL');
    };
    // It may be dead when it is answered.
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (said + chunk.toString('utf8')).split('\n');
      said = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('exit', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(complaints);
      else reject(new Error(`it ended by itself: ${complaints}`));
    });
  });
}

type Tally = { readonly questions: number; readonly told: string };

async function killAgainAndAgain(model: Model, random: Seeded): Promise<Tally> {
  const printer = await startVirtualPrinter();
  const file = openPrintingFile();
  const papers = readPapers(printer);
  const saidNo = new Set<number>();
  const cameOut = (jobId: number): boolean => {
    const job = listJobs(file).find(({ id }) => id === jobId);
    const isThere = job !== undefined && papers.whole(numberOf(job), job.copy) > 0;
    if (!isThere) saidNo.add(jobId);
    return isThere;
  };
  /** Those whose answer was heard before the kill. */
  const answeredNo = () =>
    new Set(
      listJobs(file)
        .filter(({ id, state }) => saidNo.has(id) && state !== 'unknown')
        .map(({ id }) => id),
    );
  const args = [file.folder, String(printer.port), model.name];
  try {
    for (let kill = 1; kill <= killsPerPrinter; kill++) {
      heal(printer, model);
      // Slow enough to be killed in the middle of a paper, and not only between two.
      if (random.chance(0.7)) printer.set({ bytesPerSecond: 100_000 + random.below(300_000) });
      for (let count = 1 + random.below(3); count > 0; count--) file.pay();
      const faultsAt = random.below(60);
      const onStarted = () => void setTimeout(() => strike(printer, model, random), faultsAt);
      const complaints = await live({ args, cameOut, onStarted, livesMs: random.below(200) });
      expect(complaints, `kill ${kill}`).toBe('');
      const lies = findLies(listJobs(file), papers, model, answeredNo());
      expect(
        lies.filter((lie) => !/^\d+ papers for/.test(lie)),
        `kill ${kill}`,
      ).toEqual([]);
    }
    // The last life is left in peace.
    heal(printer, model);
    await live({ args, cameOut, onStarted: () => {}, livesMs: null });
    expect(findLies(listJobs(file), papers, model, answeredNo())).toEqual([]);
    expect(
      [...printer.strayText].map((letter) => letter.codePointAt(0)),
      'letters instead of dots',
    ).toEqual([]);
    // Every paper's fate is in the journal, without a gap.
    const acts = file.acts();
    const { last } = file.db
      .prepare<[], { last: number }>('SELECT max(sequence) AS last FROM journal')
      .get() ?? { last: 0 };
    expect(acts).toHaveLength(last);
    const jobs = listJobs(file);
    expect(acts.filter((act) => act === 'print.requested')).toHaveLength(
      jobs.filter(({ copy }) => copy > 0).length,
    );
    const originals = jobs.filter(({ copy }) => copy === 0).length;
    const questions = acts.filter((act) => act === 'print.unknown').length;
    return {
      questions,
      told: `${model.name}: ${killsPerPrinter} kills, ${originals} receipts, ${questions} questions, ${jobs.length - originals} marked copies, ${papers.total()} papers`,
    };
  } finally {
    await printer.close();
    file.close();
  }
}

test(
  'a counter killed while it prints loses no receipt and doubles none unmarked',
  { timeout: 240_000 },
  async () => {
    const tallies = await Promise.all(
      models.map((model, at) => killAgainAndAgain(model, seeded(2_026 + at))),
    );
    console.log(tallies.map(({ told }) => told).join('\n'));
    // Kills did hit the middle of papers, and not only the time between two.
    expect(tallies.reduce((sum, { questions }) => sum + questions, 0)).toBeGreaterThan(0);
  },
);
