// Runs one command with what it needs in place: `node scripts/run.mjs [--electron] [--build] [--display] -- command …`.
// The command gets the project's tools and the right Node first on its path.
import { runAloud } from './setup/command.mjs';
import { ensureDisplay } from './setup/display.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';
import { setUp } from './setup/setUp.mjs';

const split = process.argv.indexOf('--');
const wanted = process.argv.slice(2, split);
const [command, ...args] = process.argv.slice(split + 1);
if (split < 0 || command === undefined) {
  process.stderr.write(
    'usage: node scripts/run.mjs [--electron] [--build] [--display] -- command [arguments]\n',
  );
  process.exit(2);
}
const runtime = await setUp({ electron: wanted.includes('--electron'), build: wanted.includes('--build') });
// electron-vite starts this instead of looking for Electron's own download.
if (runtime !== undefined) process.env.ELECTRON_EXEC_PATH = runtime.executable;
const stopDisplay = wanted.includes('--display') ? await ensureDisplay() : () => {};
process.exitCode = await runAloud(command === 'node' ? toolNode() : command, args, { cwd: root });
stopDisplay();
