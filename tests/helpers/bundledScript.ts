import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { bundle } from './bundle.ts';

/** For the tests of a file: a script made into one file before them and removed after them; says where it is. */
export function bundledScript(source: string): () => string {
  const name = basename(source, '.ts');
  let folder = '';
  beforeAll(async () => {
    folder = await bundle(name, { [name]: source });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => join(folder, `${name}.js`);
}
