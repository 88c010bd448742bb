// npm run demo: a day at the counter, driven through the real program; leaves its pictures in out/demo/.
import { runAloud } from './setup/command.mjs';
import { ensureDisplay } from './setup/display.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';
import { setUp } from './setup/setUp.mjs';

await setUp({ electron: true, build: true });
const stopDisplay = await ensureDisplay();
process.exitCode = await runAloud(toolNode(), ['scripts/demo/main.ts', ...process.argv.slice(2)], {
  cwd: root,
});
stopDisplay();
