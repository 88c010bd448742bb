// npm start: everything that is needed, then the program.
import { runAloud } from './setup/command.mjs';
import { ensureDisplay } from './setup/display.mjs';
import { root, unprivilegedHome } from './setup/places.mjs';
import { say } from './setup/say.mjs';
import { setUp } from './setup/setUp.mjs';
import { hasDisplay } from './setup/systemLibraries.mjs';

const runtime = await setUp({ electron: true, build: true });
if (process.platform === 'linux' && !hasDisplay()) say('no display here: the window opens on a virtual one');
const stopDisplay = await ensureDisplay();
if (runtime.runsAs !== null)
  say(`started by root: Sanduq runs as an unprivileged user, its data is below ${unprivilegedHome}`);
say(`Sanduq is starting on Electron ${runtime.version}; close its window, or press Ctrl+C, to end it`);
process.exitCode = await runAloud(runtime.executable, [root, ...process.argv.slice(2)]);
stopDisplay();
