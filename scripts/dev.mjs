// npm run dev: the program, built again whenever a source is saved. The window loads itself again; a change of main or
// the preload starts the program again.
import { fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { forgetBuild } from './setup/build.mjs';
import { ensureDisplay } from './setup/display.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/say.mjs';
import { setUp } from './setup/setUp.mjs';

const runtime = await setUp({ electron: true });
const endDisplay = await ensureDisplay();
forgetBuild();

let program = null;
let hasBegun = false;
const builder = fork(join(root, 'scripts/dev/builder.mjs'), { cwd: root, execPath: toolNode() });
builder.on('exit', (code) => end(code ?? 1));
builder.on('message', (/** @type {string} */ part) => {
  say(`${part} is built`);
  // The last part of the first time: from now on the window looks after itself (scripts/dev/main.cjs).
  if (part === 'renderer' && !hasBegun) program = begin();
  else if (part !== 'renderer' && program !== null) beginAgain();
  hasBegun ||= part === 'renderer';
});
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));

function begin() {
  const begun = spawn(runtime.executable, [join(root, 'scripts/dev')], { stdio: 'inherit' });
  begun.on('exit', () => {
    if (program === begun) end(0);
  });
  return begun;
}

/** One program at a time has the data: the next one begins when the last has ended. */
function beginAgain() {
  const before = program;
  program = null;
  before.on('exit', () => {
    program = begin();
  });
  before.kill();
}

function end(code) {
  builder.removeAllListeners('exit');
  builder.kill();
  program?.kill();
  endDisplay();
  process.exit(code);
}
