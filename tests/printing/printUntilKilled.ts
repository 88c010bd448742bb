import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createTcpTransport } from '../../electron/printing/transports/tcp.ts';
import { cashier, openQueue, reopenPrintingFile } from '../main/printingFixtures.ts';
import { hasty, listJobs, models } from './randomFaults.ts';
import { recognisable } from './recognisablePaper.ts';
import { say } from '../helpers/say.ts';

/*
 * A counter that prints what waits until it is killed: `node printUntilKilled.ts FOLDER PORT MODEL`. It asks on its
 * output about papers of which only a person knows (`ask 7`), and is answered on its input (`yes 7`). Each line is written
 * at once, so that what was said was said.
 */
const [folder, port, modelName] = z
  .tuple([z.string(), z.coerce.number(), z.string()])
  .parse(process.argv.slice(2));
const model = models.find(({ name }) => name === modelName);
if (model === undefined) throw new Error(`no model ${modelName}`);

const file = reopenPrintingFile(folder);
const queue = openQueue(file, recognisable, port, {
  retryMs: { first: 10, longest: 40 },
  transportFor: () =>
    createTcpTransport({ host: '127.0.0.1', port, abilities: model.abilities, patience: hasty }),
});
queue.start();
say('started');

const asked = new Set<number>();
setInterval(() => {
  for (const error of queue.errors) throw error;
  const jobs = listJobs(file);
  for (const { id, state } of jobs) {
    if (state !== 'unknown' || asked.has(id)) continue;
    asked.add(id);
    say(`ask ${id}`);
  }
  if (jobs.every(({ state }) => state === 'confirmed' || state === 'sent')) say('idle');
}, 5);
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, id] = line.split(' ');
  queue.answer({ jobId: Number(id), cameOut: word === 'yes', person: cashier });
});
