/**
 * Main programs that `electron <folder>` opens for the bench, written to a folder of their own. Each prints lines of
 * JSON that begin with `mark`; the times are those of the one clock that the bench reads too (Date.now()).
 */
export const mark = '@bench ';

/** Between two keys: 60 words a minute, which is quick. */
const betweenKeysMs = 200;

/** A window like the program's with nothing in it, shown when it is ready. */
export const emptyProgram = `
const { app, BrowserWindow } = require('electron');
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1366, height: 768, minWidth: 1024, minHeight: 680, show: false, autoHideMenuBar: true,
    backgroundColor: '#f4f1ea',
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  window.once('ready-to-show', () => {
    window.show();
    console.log(${JSON.stringify(mark)} + JSON.stringify({ readyAt: Date.now() }));
    setTimeout(() => app.quit(), 100);
  });
  window.loadURL('data:text/html,<title>empty</title>');
});
`;

/**
 * The built program as it is, watched from beside: says when the sign-in field is painted and has the focus, signs the
 * person in key by key, and says when the search box is there.
 */
export function watchedProgram(mainFile: string, person: { login: string; pin: string }): string {
  return `
const { app } = require('electron');
app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => {
    const run = (script) => window.webContents.executeJavaScript(script);
    run(${JSON.stringify(usableField('sign-in-login'))})
      .then(async (readyAt) => {
        const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        const press = (keyCode) => {
          window.webContents.sendInputEvent({ type: 'keyDown', keyCode });
          const char = keyCode === 'Enter' ? '\\r' : keyCode;
          if (char.length === 1) window.webContents.sendInputEvent({ type: 'char', keyCode: char });
          window.webContents.sendInputEvent({ type: 'keyUp', keyCode });
        };
        // By a quick hand, from the moment at which the field is there.
        for (const key of ${JSON.stringify([...person.login, 'Tab', ...person.pin])}) {
          await pause(${betweenKeysMs});
          press(key);
        }
        await pause(${betweenKeysMs});
        const submittedAt = Date.now();
        press('Enter');
        const searchAt = await run(${JSON.stringify(usableField('search'))});
        await run(${JSON.stringify(wholeFileIsRead)});
        console.log(${JSON.stringify(mark)} + JSON.stringify({ readyAt, submittedAt, searchAt }));
      })
      .catch((error) => console.log(${JSON.stringify(mark)} + JSON.stringify({ failed: String(error) })))
      .finally(() => app.quit());
  });
});
require(${JSON.stringify(mainFile)});
`;
}

/** Resolves when no worker reads the whole file: the program ends well only then, and the next start is a clean one. */
const wholeFileIsRead = `new Promise((resolve) => {
  const look = async () => {
    const { value } = await window.till.invoke('app.status', {});
    if (value.storage.check === 'running') setTimeout(look, 200);
    else resolve();
  };
  look();
})`;

/** Resolves with the moment at which the field has the focus and has been painted. */
function usableField(testId: string): string {
  return `new Promise((resolve) => {
    const look = () => {
      if (document.activeElement?.dataset.testid === ${JSON.stringify(testId)})
        requestAnimationFrame(() => resolve(Date.now()));
      else requestAnimationFrame(look);
    };
    look();
  })`;
}
