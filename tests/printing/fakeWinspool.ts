import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as koffi from 'koffi';
import type { SpoolLibraries } from '../../electron/printing/transports/spoolMessages.ts';

const source = fileURLToPath(new URL('fakeWinspool.c', import.meta.url));

/** In the order of the enumeration in fakeWinspool.c. */
const fields = [
  'openError',
  'openHangsMs',
  'status',
  'attributes',
  'shortWrite',
  'failAfter',
  'failCode',
  'stallAfter',
  'stallMs',
  'jobStatus',
  'jobStays',
  'badDatatype',
  'listError',
  'noPrinters',
  'jobGoneError',
  'opened',
  'closed',
  'aborted',
  'ended',
  'deleted',
  'writes',
  'written',
] as const;
type Field = (typeof fields)[number];

/**
 * Compiles the stand-in for Windows' spooler and loads it. The product loads the same file by the same code, only the
 * path differs; this process sees the same memory, so that a test can play its faults and read what was done.
 */
export function loadFakeWinspool() {
  const folder = mkdtempSync(join(tmpdir(), 'sanduq-winspool-'));
  const file = join(folder, 'winspool.so');
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', file, source], { stdio: 'pipe' });
  } catch (error) {
    throw new Error('the spooler is tested against a library of its own, which gcc makes', { cause: error });
  }
  const library = koffi.load(file);
  const reset = library.func('void fake_reset(void)');
  const set = library.func('void fake_set(int32_t what, int32_t value)');
  const get = library.func('int32_t fake_get(int32_t what)');
  const bytes = library.func('void fake_bytes(void *into)');
  const datatype = library.func('void fake_datatype(void *into)');
  const libraries: SpoolLibraries = { winspool: file, kernel: file };
  return {
    libraries,
    reset: (): void => void reset(),
    set: (values: Partial<Record<Field, number>>): void => {
      for (const field of fields) {
        if (values[field] !== undefined) set(fields.indexOf(field), values[field]);
      }
    },
    read: (field: Field): number => Number(get(fields.indexOf(field))),
    written: (): Buffer => {
      const into = Buffer.alloc(Number(get(fields.indexOf('written'))));
      bytes(into);
      return into;
    },
    datatype: (): string => {
      const into = Buffer.alloc(64);
      datatype(into);
      return into.toString('utf16le').replace(/\0.*$/s, '');
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}
