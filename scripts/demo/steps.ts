export type Step = { readonly name: string; readonly ok: boolean; readonly ms: number };
type Act = { readonly name: string; readonly run: () => Promise<void> };

/**
 * Runs the acts of a day in order and says one line for each. After one that failed the rest make no sense: they are
 * counted as failed without being tried.
 */
export async function runSteps(acts: readonly Act[]): Promise<Step[]> {
  const steps: Step[] = [];
  let hasFailed = false;
  for (const { name, run } of acts) {
    if (hasFailed) {
      console.log(`  not run  ${name}`);
      steps.push({ name, ok: false, ms: 0 });
      continue;
    }
    const startedMs = performance.now();
    let problem: unknown;
    try {
      await run();
    } catch (error) {
      problem = error;
      hasFailed = true;
    }
    const ms = Math.round(performance.now() - startedMs);
    console.log(`  ${hasFailed ? 'FAILED ' : 'ok     '}  ${name} (${ms} ms)`);
    if (hasFailed) console.error(problem instanceof Error ? problem.stack : problem);
    steps.push({ name, ok: !hasFailed, ms });
  }
  return steps;
}
