import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeeds } from './command.mjs';
import { root } from './places.mjs';
import { say } from './say.mjs';

/** Turns the pre-commit check on in a clone that has no hooks of its own. */
export async function ensureHooks() {
  if (process.env.CI || !existsSync(join(root, '.git'))) return;
  if (await succeeds('git', ['config', 'core.hooksPath'], { cwd: root })) return;
  if (!(await succeeds('git', ['--version']))) return;
  await run('git', ['config', '--local', 'core.hooksPath', 'scripts/git-hooks'], { cwd: root });
  say('the pre-commit check is on (git config core.hooksPath)');
}
