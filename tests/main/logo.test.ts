import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, expect, test } from 'vitest';
import type { FileDialogs } from '../../electron/services.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { paymentOf } from '../helpers/payments.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import { tillForEach } from './tillForEach.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

let till: TestCounter;
let chosen: string | null;
const fileDialogs: FileDialogs = {
  choose: () => Promise.resolve(chosen),
  async save(_name, contents) {
    if (typeof contents === 'function') await contents();
    return true;
  },
};
let page = '';
const pdf = {
  render: (html: string) => {
    page = html;
    return Promise.resolve(Buffer.from('%PDF'));
  },
};

tillForEach({ fileDialogs, pdf }, (fresh) => {
  till = fresh;
  chosen = null;
  return Promise.resolve();
});
beforeEach(() => signIn(till, 'admin'));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(till.folder, name);
  writeFileSync(path, bytes);
  return path;
}

const square = createCanvas(80, 80);
square.getContext('2d').fillRect(10, 10, 60, 60);
const png = square.toBuffer('image/png');

test('the municipality’s own picture stands above receipts and pages, and survives a start', async () => {
  const shipped = await till.call('logo.get', {});
  expect(shipped).toMatchObject({ name: null, problem: null });
  chosen = file('شعار البلدية.png', png);
  const own = await till.call('logo.choose', {});
  expect(own).toMatchObject({ name: 'شعار البلدية.png', problem: null });
  expect(own?.picture).toMatch(/^data:image\/png;base64,/);
  expect(own?.picture).not.toBe(shipped.picture);
  expect(written(till.folder).journal.at(-1)).toMatchObject({
    act: 'logo.changed',
    body: {
      before: null,
      after: { name: 'شعار البلدية.png', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  });

  await startDay(till);
  const { paymentId } = await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  await till.call('documents.savePdf', { paymentId, reason: 'lost' });
  expect(page).toContain(png.toString('base64'));
  const again = startCounter({ folder: copyFolder(till.folder) });
  await signIn(again, 'admin');
  expect(await again.call('logo.get', {})).toEqual(own);
  expect(await again.call('logo.remove', {})).toEqual(shipped);
  await again.close();
  removeFolder(again.folder);
});

test('what is no picture is refused in words, and the logo stays what it was', async () => {
  chosen = file('logo.png', png);
  const own = await till.call('logo.choose', {});
  const blank = createCanvas(50, 50);
  const cases = [
    ['words.png', 'this is not a picture', 'picture.notPicture'],
    ['empty.jpg', '', 'picture.notPicture'],
    ['torn.png', png.subarray(0, 40), 'picture.notPicture'],
    ['white.png', blank.toBuffer('image/png'), 'picture.blank'],
    ['heavy.png', new Uint8Array(4 * 1024 * 1024 + 1), 'picture.tooLarge'],
    ['wide.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="20"/>', 'picture.tooLarge'],
  ] as const;
  for (const [name, bytes, code] of cases) {
    chosen = file(name, bytes);
    await expectNothingWritten(till, 'logo.choose', {}, code);
  }
  chosen = join(till.folder, 'not-there.png');
  await expectNothingWritten(till, 'logo.choose', {}, 'picture.unreadable');
  chosen = till.folder;
  await expectNothingWritten(till, 'logo.choose', {}, 'picture.unreadable');
  chosen = null;
  expect(await till.call('logo.choose', {})).toBeNull();
  expect(await till.call('logo.get', {})).toEqual(own);
});

test('only an administrator changes it', async () => {
  await signIn(till, 'huda');
  expect(await till.ask('logo.remove', {})).toMatchObject({ ok: false, code: 'session.forbidden' });
});

test('a crest that is not there is said to whoever looks at the printers, and money is taken without it', async () => {
  const without = startCounter({
    folder: await makeMunicipality(),
    crestFile: join(till.folder, 'gone.svg'),
  });
  await startDay(without);
  const { paymentId } = await without.call('payments.take', paymentOf(await accountWithBills(without, 1)));
  await without.call('receipts.picture', { paymentId });
  expect((await without.call('app.status', {})).printer?.crestProblem).toBe('missing');
  const told = without.events.filter(({ name }) => name === 'printer.changed');
  expect(told.at(-1)?.payload).toMatchObject({ crestProblem: 'missing' });
  await without.close();
  removeFolder(without.folder);
});
