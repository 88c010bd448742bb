import { CommandFailure, run } from './setup/command.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';
import { step } from './setup/say.mjs';

const code = /\.(ts|tsx|mts|js|mjs|cjs)$/;
const formatted = /\.(ts|tsx|mts|js|mjs|cjs|json|css|html|yml|yaml)$/;

// `perFile`: the check can look at some files alone. `isWhole`: it needs the whole program and is quick enough.
const checks = [
  {
    name: 'format (oxfmt)',
    args: ['node_modules/oxfmt/bin/oxfmt', '--check', '--no-error-on-unmatched-pattern'],
    perFile: formatted,
  },
  {
    name: 'lint (oxlint)',
    args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    perFile: code,
  },
  { name: 'types (tsc)', args: ['node_modules/typescript/bin/tsc', '-b'], isWhole: true },
  { name: 'unused code (knip)', args: ['node_modules/knip/bin/knip.js'] },
];

/** The command line of a check for these files, or undefined when it has nothing to do with them. */
function argumentsFor(check, only) {
  if (only === undefined || check.isWhole === true) return check.args;
  const files = check.perFile === undefined ? [] : only.filter((name) => check.perFile.test(name));
  return files.length === 0 ? undefined : [...check.args, ...files];
}

/**
 * Runs them all, printing what a failed one says. `only`: the fast part, for these files.
 * Resolves with how many passed and failed.
 */
export async function runChecks({ only } = {}) {
  let passed = 0;
  let failed = 0;
  for (const check of checks) {
    const args = argumentsFor(check, only);
    if (args === undefined) continue;
    try {
      await step(check.name, () => run(toolNode(), args, { cwd: root }));
      passed += 1;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      process.stdout.write(`${error.output}\n`);
      failed += 1;
    }
  }
  return { passed, failed };
}
