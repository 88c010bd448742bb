import type { PrinterAbilities } from '../../electron/printing/transport.ts';
import type { Patience } from '../../electron/printing/transports/patience.ts';
import type { Faults } from '../../scripts/printer/faults.ts';
import { noFaults } from '../../scripts/printer/faults.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import type { PrintingFile } from '../main/printingFixtures.ts';
import type { Papers } from './recognisablePaper.ts';
import type { Seeded } from './seeded.ts';

/** Hardly any patience: a run is over soon, and a busy machine only asks a person more often. */
export const hasty: Patience = {
  connectMs: 400,
  statusMs: 200,
  stallMs: 250,
  lookMs: 15,
  settleMs: 60,
  silenceMs: 400,
  closeMs: 30,
};

export type Model = {
  readonly name: string;
  readonly abilities: PrinterAbilities;
  /** What a printer of this model does not know, whatever else goes wrong. */
  readonly lacks: Partial<Faults>;
};

/** The three kinds of printer that there are. */
export const models: readonly Model[] = [
  { name: 'acknowledges', abilities: { answersStatus: true, acknowledges: true }, lacks: {} },
  {
    name: 'answers',
    abilities: { answersStatus: true, acknowledges: false },
    lacks: { ignoresProcessId: true },
  },
  { name: 'mute', abilities: { answersStatus: false, acknowledges: false }, lacks: { isSilent: true } },
];

/** Something goes wrong: one of the faults, at a random depth of the job where it has one. */
export function strike(printer: VirtualPrinter, model: Model, random: Seeded): void {
  const bytes = () => random.below(34_000);
  const faults: readonly (() => Partial<Faults>)[] = [
    () => ({ paperOut: true }),
    () => ({ paperOutAfterRows: random.below(800) }),
    () => ({ coverOpen: true }),
    () => ({ nearEnd: true }),
    () => ({ stallAfterBytes: bytes() }),
    () => ({ bytesPerSecond: 150_000 + random.below(900_000) }),
    () => ({ rowsPerSecond: 3_000 + random.below(20_000) }),
    () => ({ cablePulledAfterBytes: bytes() }),
    () => ({ statusNoise: true }),
    () => ({ isSilent: true }),
    () => ({ neverCloses: true }),
    () => ({ ignoresStatusRequests: true }),
    () => ({ ignoresProcessId: true }),
    () => ({ answersGarbage: true }),
    () => ({ answersOutOfOrder: true }),
  ];
  printer.set({ ...random.among(faults)(), ...model.lacks });
}

/** Somebody puts paper in, closes the cover, plugs the cable: all is well, as far as the model goes. */
export function heal(printer: VirtualPrinter, model: Model): void {
  printer.set({ ...noFaults(), ...model.lacks });
}

export type JobNow = {
  readonly id: number;
  readonly number: string;
  readonly copy: number;
  readonly state: string;
};

export function listJobs(file: Pick<PrintingFile, 'db'>): JobNow[] {
  return file.db
    .prepare<[], JobNow>(
      `SELECT j.id, p.receipt_number AS number, j.copy_number AS copy, j.state
         FROM print_jobs j JOIN payments p ON p.id = j.payment_id ORDER BY j.id`,
    )
    .all();
}

export const numberOf = (job: JobNow): number => Number(job.number.slice(-6));

/**
 * What must be true of every job at any moment, and of all papers when nothing is under way.
 * @param answeredNo jobs of which a person said that they did not come out
 * @returns what is not, in words
 */
export function findLies(
  jobs: readonly JobNow[],
  papers: Papers,
  model: Model,
  answeredNo: ReadonlySet<number>,
): string[] {
  const lies: string[] = [];
  let expected = 0;
  let uncertain = 0;
  for (const job of jobs) {
    const whole = papers.whole(numberOf(job), job.copy);
    const often = papers.mostOften(numberOf(job), job.copy);
    const name = `${job.number} copy ${job.copy} (${job.state}, ${model.name})`;
    if (often > 1) lies.push(`${name}: a row was printed ${often} times`);
    if ((job.state === 'intended' || job.state === 'failedNotSent') && often > 0)
      lies.push(`${name}: was begun`);
    if (job.state === 'confirmed' && whole !== 1) lies.push(`${name}: is not on paper`);
    if (job.state === 'confirmed') expected += 1;
    // Of these only a person knows, or this printer can't say: there may be a paper.
    else if (whole > 0) uncertain += 1;
    // One whose answer was no has its marked copy.
    const hasCopy = jobs.some((other) => other.number === job.number && other.copy > job.copy);
    if (answeredNo.has(job.id) && !hasCopy) lies.push(`${name}: did not come out and has no copy`);
  }
  if (papers.total() !== expected + uncertain)
    lies.push(`${papers.total()} papers for ${expected + uncertain}`);
  return lies;
}
