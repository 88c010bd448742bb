import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CounterOptions } from '../../electron/counter.ts';

type Workers = CounterOptions['workers'];

/** Where a run keeps the bundles of the workers; its set-up makes and removes the folder. */
export const workersVariable = 'SANDUQ_TEST_WORKERS';

export const workerSources: Readonly<Record<keyof Workers, string>> = {
  draw: 'electron/printing/drawWorker.ts',
  spool: 'electron/printing/transports/spoolWorker.ts',
  import: 'electron/importing/importWorker.ts',
  check: 'electron/storage/checkWorker.ts',
  report: 'electron/reports/reportWorker.ts',
  secret: 'electron/sessions/secretWorker.ts',
  sign: 'electron/journal/signWorker.ts',
};

/** The workers of this checkout, bundled once for the whole run where its set-up has done so. */
export function workers(): Workers {
  const folder = process.env[workersVariable];
  const place = (name: keyof Workers): string =>
    folder === undefined
      ? fileURLToPath(new URL(`../../${workerSources[name]}`, import.meta.url))
      : join(folder, `${name}.js`);
  return {
    draw: place('draw'),
    spool: place('spool'),
    import: place('import'),
    check: place('check'),
    report: place('report'),
    secret: place('secret'),
    sign: place('sign'),
  };
}
