import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { CounterOptions } from '../../electron/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { copyFolder, makeMunicipality, removeFolder, signIn, startCounter } from '../helpers/counter.ts';
import { unnamedFields } from '../helpers/unnamedFields.ts';

/**
 * A municipality made once for the file, and for each test a till of its own on a copy of it. Whatever a test did, the
 * journal and the rows must agree after it, and an auditor can read what was written.
 * @param begin what every test starts from; keeps the till
 */
export function tillForEach(
  options: Partial<CounterOptions>,
  begin: (till: TestCounter) => Promise<void>,
): void {
  let template: string;
  let till: TestCounter;
  beforeAll(async () => {
    template = await makeMunicipality();
  });
  afterAll(() => removeFolder(template));
  beforeEach(async () => {
    till = startCounter({ ...options, folder: copyFolder(template) });
    await begin(till);
  });
  afterEach(async () => {
    await signIn(till, 'huda');
    const { firstProblem } = await till.call('audit.verify', {});
    await till.close();
    const unnamed = unnamedFields(till.folder);
    removeFolder(till.folder);
    expect(firstProblem).toBeNull();
    expect(unnamed).toEqual([]);
  });
}
