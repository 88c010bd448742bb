/**
 * Main programs that `electron <folder>` opens for the bench, written to a folder of their own. Each prints lines of
 * JSON that begin with `mark`; the times are those of the one clock that the bench reads too (Date.now()).
 */
export const mark = '@bench ';

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
 * person in, and says when the search box is.
 */
export function watchedProgram(mainFile: string, person: { login: string; pin: string }): string {
  return `
const { app } = require('electron');
app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => {
    const run = (script) => window.webContents.executeJavaScript(script);
    run(${JSON.stringify(usableField('sign-in-login'))})
      .then(async (readyAt) => {
        // About as long as it takes to type a name and a PIN.
        await new Promise((resolve) => setTimeout(resolve, 2000));
        const submittedAt = await run(${JSON.stringify(signInOnScreen(person))});
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

/** Types as far as React can tell, and submits; gives the moment of it. */
function signInOnScreen({ login, pin }: { login: string; pin: string }): string {
  return `(() => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const type = (testId, text) => {
      const field = document.querySelector('[data-testid="' + testId + '"]');
      setValue.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type('sign-in-login', ${JSON.stringify(login)});
    type('sign-in-secret', ${JSON.stringify(pin)});
    return new Promise((resolve) => requestAnimationFrame(() => {
      const now = Date.now();
      document.querySelector('[data-testid="sign-in-submit"]').click();
      resolve(now);
    }));
  })()`;
}
