// Opens a hidden sandboxed window and prints what the kernel says about its process. `process.sandboxed` is no
// witness: it says true under --no-sandbox as well.
const { app, BrowserWindow } = require('electron');
const { readFileSync } = require('node:fs');

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  await window.loadURL('data:text/html,<p>probe</p>');
  const status = readFileSync(`/proc/${window.webContents.getOSProcessId()}/status`, 'utf8');
  console.log(`probe: ${JSON.stringify({ seccomp: Number(/^Seccomp:\s*(\d)/m.exec(status)?.[1]) })}`);
  app.quit();
});
