// Stands in for Electron's own default app, which the runtime for tests lacks: opens the program whose folder
// is the first plain argument, as `electron <folder>` does.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const folderArgument = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folderArgument === undefined) {
  console.error('usage: electron [switches] <folder of the program> [arguments]');
  process.exit(2);
}
const folder = path.resolve(folderArgument);
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

process.defaultApp = true;
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
// Chromium has already set it from the switch; setting it again would send every test to one folder.
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
}
require(path.join(folder, manifest.main ?? 'index.js'));
