import { CommandFailure, run } from './setup/command.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';
import { step } from './setup/say.mjs';

const checks = [
  { name: 'format (oxfmt)', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'lint (oxlint)', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types (tsc)', args: ['node_modules/typescript/bin/tsc', '-b'] },
  { name: 'unused code (knip)', args: ['node_modules/knip/bin/knip.js'], isSlow: true },
];

/** Runs them all, printing what a failed one says. Resolves with how many passed and failed. */
export async function runChecks({ isFast = false } = {}) {
  let passed = 0;
  let failed = 0;
  for (const check of checks.filter((one) => !isFast || one.isSlow !== true)) {
    try {
      await step(check.name, () => run(toolNode(), check.args, { cwd: root }));
      passed += 1;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      process.stdout.write(`${error.output}\n`);
      failed += 1;
    }
  }
  return { passed, failed };
}
