// npm run dist: the installer (Windows: NSIS). Arguments go to electron-builder: `npm run dist -- --win`.
import { drawIcons } from './icons.mjs';
import { runAloud } from './setup/command.mjs';
import { toolNode } from './setup/install.mjs';
import { root } from './setup/places.mjs';

await drawIcons();
process.exitCode = await runAloud(
  toolNode(),
  ['node_modules/electron-builder/cli.js', '--publish', 'never', ...process.argv.slice(2)],
  { cwd: root },
);
