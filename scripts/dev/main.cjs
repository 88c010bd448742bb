// The program as it was built, with an eye on the window's files: when they change the window loads itself again, and
// whoever is signed in stays signed in. Its data is apart from that of `npm start`.
const { watch } = require('node:fs');
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

/** In ms: a build writes many files. */
const quietMs = 200;
const built = join(__dirname, '../../out/app');

let timer;
void app.whenReady().then(() =>
  watch(join(built, 'renderer'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => BrowserWindow.getAllWindows()[0]?.webContents.reload(), quietMs);
  }),
);
require(join(built, 'main/main.cjs'));
