import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { BrowserWindow } from 'electron';
import { dialog } from 'electron';
import type { FileDialogs } from './services.ts';

const pictures = { name: 'PNG, JPEG, SVG', extensions: ['png', 'jpg', 'jpeg', 'svg'] };
const tables = { name: 'CSV', extensions: ['csv', 'txt', 'tsv'] };

/** What is offered to be saved, by the end of the suggested name. */
const saved: Readonly<Record<string, { name: string; extensions: string[] }>> = {
  '.csv': tables,
  '.pdf': { name: 'PDF', extensions: ['pdf'] },
  '.xlsx': { name: 'Excel', extensions: ['xlsx'] },
};

/** The system's own dialogs: the window never names a path. */
export function systemFileDialogs(window: () => BrowserWindow | null): FileDialogs {
  return {
    async choose(kind) {
      const parent = window();
      const options = {
        properties: ['openFile' as const],
        filters: [kind === 'picture' ? pictures : tables],
      };
      const chosen =
        parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    async save(name, contents) {
      const parent = window();
      const filter = saved[extname(name)];
      const options = { defaultPath: name, ...(filter === undefined ? {} : { filters: [filter] }) };
      const chosen =
        parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
      if (chosen.canceled || chosen.filePath === '') return false;
      await writeFile(chosen.filePath, typeof contents === 'function' ? await contents() : contents);
      return true;
    },
  };
}
