import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createSecrets } from '../../electron/sessions/secret.ts';
import { freshFolder, giveToProgram, programFolder, readRuntime } from '../../tests/helpers/runtime.ts';
import type { WorkFolder } from './data.ts';
import { cashier } from './data.ts';
import { emptyProgram, mark, watchedProgram } from './program.ts';
import type { Goal, Row } from './report.ts';
import { noGoal, rowOf } from './report.ts';
import { spreadOf } from './statistics.ts';

const startTimeoutMs = 60_000;
const emptyMarks = z.object({ readyAt: z.number() });
const programMarks = z.object({ readyAt: z.number(), submittedAt: z.number(), searchAt: z.number() });

/**
 * The built program in the real Electron, on the whole municipality, in turn with an empty window in the same
 * Electron. Sign-in is asked for after every start, so there are two times: from the process's start to the sign-in
 * field, and from its submission to the search box.
 */
export async function benchStart(work: WorkFolder, runs: number): Promise<Row[]> {
  giveToProgram(work.userData);
  const empty = makeProgram('empty', emptyProgram);
  const sanduq = makeProgram('sanduq', watchedProgram(join(programFolder, 'out/app/main/main.cjs'), cashier));
  const times = {
    empty: [] as number[],
    field: [] as number[],
    search: [] as number[],
    both: [] as number[],
  };
  try {
    for (let run = 0; run <= runs; run++) {
      const nothing = freshFolder();
      const emptyStart = await start(empty.path, nothing.path, emptyMarks);
      nothing.remove();
      const program = await start(sanduq.path, work.userData, programMarks);
      // The first start of each fills the system's caches.
      if (run === 0) continue;
      const field = program.marks.readyAt - program.startedAt;
      const search = program.marks.searchAt - program.marks.submittedAt;
      times.empty.push(emptyStart.marks.readyAt - emptyStart.startedAt);
      times.field.push(field);
      times.search.push(search);
      times.both.push(field + search);
    }
  } finally {
    empty.remove();
    sanduq.remove();
  }
  const limit = spreadOf([times.empty]);
  const key = spreadOf([await keyTimes(runs)]);
  // Of a handful of starts the 95th percentile is the slowest one: medians are compared.
  const goal: Goal = { text: 'p50 ≤ 1.5×', isMet: ({ ratio }) => ratio <= 1.5 };
  return [
    rowOf('an empty Electron window', limit, null, noGoal),
    rowOf('program start → sign-in field', spreadOf([times.field]), limit, goal, 'p50'),
    rowOf('sign-in → search box', spreadOf([times.search]), null, noGoal),
    rowOf("of it the PIN's key, slow on purpose", key, null, noGoal),
    rowOf('program start → search box', spreadOf([times.both]), limit, goal, 'p50'),
  ];
}

/** How long one key takes by itself: what a thief with the file would pay for each PIN that he tries. */
async function keyTimes(runs: number): Promise<number[]> {
  const secrets = createSecrets(join(programFolder, 'out/app/main/secretWorker.cjs'));
  const times: number[] = [];
  try {
    const stored = await secrets.hash(cashier.pin);
    for (let run = 0; run < runs; run++) {
      const beganAt = performance.now();
      await secrets.isRight(cashier.pin, stored);
      times.push(performance.now() - beganAt);
    }
  } finally {
    await secrets.close();
  }
  return times;
}

function makeProgram(name: string, main: string): { path: string; remove: () => void } {
  const parent = readRuntime().runsAs === null ? tmpdir() : '/tmp';
  const path = mkdtempSync(join(parent, `sanduq-bench-${name}-`));
  mkdirSync(path, { recursive: true });
  const manifest = { name: `sanduq-bench-${name}`, version: '0.0.0', main: 'main.cjs' };
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(path, 'main.cjs'), main);
  // Electron runs as another user than root.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** One start, to its own end. */
async function start<T>(
  program: string,
  userData: string,
  shape: z.ZodType<T>,
): Promise<{ startedAt: number; marks: T }> {
  const startedAt = Date.now();
  const child = spawn(readRuntime().executable, [program, `--user-data-dir=${userData}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve(exitCode);
    });
  });
  const line = output.split('\n').find((text) => text.startsWith(mark));
  const marks = shape.safeParse(line === undefined ? undefined : JSON.parse(line.slice(mark.length)));
  if (!marks.success || code !== 0)
    throw new Error(`Electron did not start and end as it should (${String(code)}); it printed:\n${output}`);
  return { startedAt, marks: marks.data };
}
