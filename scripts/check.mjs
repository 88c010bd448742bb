// npm run check: format, lint, types, unused code. `-- --staged` (the pre-commit hook) is the fast part: format and
// lint of what is about to be committed, and the types.
import { runChecks } from './checks.mjs';
import { run } from './setup/command.mjs';
import { root } from './setup/places.mjs';
import { setUp } from './setup/setUp.mjs';

async function stagedFiles() {
  const names = await run('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'], {
    cwd: root,
  });
  return names.split('\0').filter((name) => name !== '');
}

await setUp();
const only = process.argv.includes('--staged') ? await stagedFiles() : undefined;
const { failed } = await runChecks({ only });
process.exitCode = failed > 0 ? 1 : 0;
