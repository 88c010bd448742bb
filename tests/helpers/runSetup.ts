import { rmSync } from 'node:fs';
import { bundle } from './bundle.ts';
import { makeTemplatesFolder } from './municipalities.ts';
import { workerSources, workersVariable } from './workers.ts';

/** Around a whole run of tests, of units and end to end alike. */
export default async function setUp(): Promise<() => void> {
  const folder = makeTemplatesFolder();
  const workers = await bundle('workers', workerSources);
  process.env[workersVariable] = workers;
  return () => {
    for (const made of [folder, workers]) rmSync(made, { recursive: true, force: true });
  };
}
