import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import { dialog } from 'electron';
import type { CsvDialogs } from './services.ts';

const filters = [{ name: 'CSV', extensions: ['csv', 'txt', 'tsv'] }];

/** The system's own dialogs: the window never names a path. */
export function systemCsvDialogs(window: () => BrowserWindow | null): CsvDialogs {
  return {
    async choose() {
      const parent = window();
      const options = { properties: ['openFile' as const], filters };
      const chosen =
        parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    async save(name, text) {
      const parent = window();
      const options = { defaultPath: name, filters };
      const chosen =
        parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
      if (chosen.canceled || chosen.filePath === '') return false;
      await writeFile(chosen.filePath, text);
      return true;
    },
  };
}
