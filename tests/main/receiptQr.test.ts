import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accountWithBills,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
  temporaryFolder,
} from '../helpers/counter.ts';
import { paymentOf } from '../helpers/payments.ts';

/** The commands of docs/receipt-qr.md as they stand there: first the key's id, then the check. */
const documented = readFileSync(new URL('../../docs/receipt-qr.md', import.meta.url), 'utf8');
const [idCommands = '', checkCommands = ''] = [...documented.matchAll(/^```sh\n(.*?)^```$/gms)].map(
  (block) => block[1] ?? '',
);

let folder: string;
let qr: string;
let keyId: string;

beforeAll(async () => {
  folder = temporaryFolder();
  const till = startCounter({ folder: await makeMunicipality() });
  await startDay(till);
  const taken = await till.call('payments.take', paymentOf(await accountWithBills(till, 2), 2));
  ({ qr } = taken.receipt);
  await signIn(till, 'nader');
  const key = await till.call('audit.publicKey', {});
  writeFileSync(join(folder, 'till.pem'), key.pem);
  ({ keyId } = key);
  await till.close();
  removeFolder(till.folder);
});
afterAll(() => removeFolder(folder));

function run(commands: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', commands], { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

function check(text: string): ReturnType<typeof run> {
  writeFileSync(join(folder, 'receipt.txt'), text);
  return run(checkCommands);
}

test('the documented commands find a real receipt true, however the reader ends its line', () => {
  for (const end of ['', '\n', '\r\n'])
    expect(check(qr + end)).toEqual({
      status: 0,
      said: expect.stringContaining('Signature Verified Successfully'),
    });
});

test('a changed amount, number, account, moment or link is found out', () => {
  const fields = qr.split('|');
  for (const field of [1, 2, 3, 5, 6, 7]) {
    const changed = fields.with(
      field,
      (fields[field] ?? '').replace(/\d/, (digit) => (digit === '9' ? '8' : '9')),
    );
    expect(changed).not.toEqual(fields);
    expect(check(changed.join('|'))).toEqual({
      status: 1,
      said: expect.stringContaining('Signature Verification Failure'),
    });
  }
});

test('the documented command names the key that the code names', () => {
  expect(run(idCommands)).toEqual({ status: 0, said: `${keyId}\n` });
  expect(qr.split('|')[1]).toBe(keyId);
});

test('the code has the documented form and is short enough to scan from a thermal print', () => {
  expect(qr).toMatch(
    /^SANDUQ1\|[0-9a-f]{16}\|KY01-\d{4}-\d{6}\|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\|ILS\|\d+\.\d\d\|[^|]+\|[0-9a-f]{16}\|[A-Za-z0-9_-]{86}$/,
  );
  expect(qr.length).toBeLessThan(240);
});
