// npm start: everything that is needed, then the counter with a virtual receipt printer beside it. Where there is no
// display to open a window on, the demonstration shows the program instead.
import { runPrinterBeside } from './printer/runBeside.mjs';
import { runAloud } from './setup/command.mjs';
import { isLinux, root, unprivilegedHome } from './setup/places.mjs';
import { say } from './setup/say.mjs';
import { setUp } from './setup/setUp.mjs';
import { hasDisplay } from './setup/systemLibraries.mjs';

if (isLinux && !hasDisplay()) {
  say('no display here: the demonstration runs instead (npm run demo), its pictures go to out/demo');
  await import('./demo.mjs');
} else {
  const runtime = await setUp({ electron: true, build: true });
  const endPrinter = await runPrinterBeside();
  if (runtime.runsAs !== null)
    say(`started by root: Sanduq runs as an unprivileged user, its data is below ${unprivilegedHome}`);
  say(`Sanduq is starting on Electron ${runtime.version}; close its window, or press Ctrl+C, to end it`);
  process.exitCode = await runAloud(runtime.executable, [root, ...process.argv.slice(2)]);
  endPrinter();
}
