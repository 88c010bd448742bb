import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import type { FileDialogs } from '../../electron/services.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn, startDay } from '../helpers/counter.ts';
import { cheque, paymentOf, totalOf } from '../helpers/payments.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let chosen: string | null;
let chequeId: number;
const fileDialogs: FileDialogs = {
  choose: (kind) => Promise.resolve(kind === 'picture' ? chosen : null),
  save: () => Promise.resolve(false),
};

tillForEach({ fileDialogs }, async (fresh) => {
  till = fresh;
  chosen = null;
  await startDay(till);
  const request = paymentOf(await accountWithBills(till, 1));
  await till.call('payments.take', { ...request, tenders: [cheque(totalOf(request))] });
  await signIn(till, 'huda');
  const [taken] = await till.call('registers.cheques', { state: 'inHand', text: '' });
  chequeId = taken?.id ?? 0;
});

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(till.folder, name);
  writeFileSync(path, bytes);
  return path;
}

const paper = createCanvas(300, 140);
paper.getContext('2d').fillRect(20, 20, 200, 60);

test('a cheque gets its picture once; its digest is in the journal and nobody changes it', async () => {
  const jpeg = paper.toBuffer('image/jpeg');
  chosen = file('شيك.jpg', jpeg);
  const pictured = await till.call('registers.attachPicture', { chequeId });
  expect(pictured).toMatchObject({ id: chequeId, hasPicture: true });
  const { picture } = await till.call('registers.chequePicture', { chequeId });
  expect(picture).toBe(`data:image/jpeg;base64,${jpeg.toString('base64')}`);
  const journaled = written(till.folder).journal.at(-1);
  if (journaled === undefined) throw new Error('nothing is journaled');
  expect(journaled).toMatchObject({
    act: 'cheque.pictured',
    body: { chequeId, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  await expectNothingWritten(till, 'registers.attachPicture', { chequeId }, 'cheque.pictureThere');
  const db = new Database(join(till.folder, 'sanduq.db')) as WriteDb;
  for (const sql of ["UPDATE cheque_pictures SET bytes = x'00'", 'DELETE FROM cheque_pictures'])
    expect(() => db.exec(sql)).toThrow('append-only');
  expect(verifyDatabase(db).firstProblem).toBeNull();
  // Whoever has the file can drop a trigger; the digest stays signed.
  db.exec('DROP TRIGGER cheque_pictures_no_update; DROP TRIGGER cheque_pictures_no_delete');
  db.exec("UPDATE cheque_pictures SET bytes = x'00'");
  expect(verifyDatabase(db).firstProblem).toMatchObject({ kind: 'rowsDiffer', sequence: journaled.sequence });
  db.prepare('UPDATE cheque_pictures SET bytes = ?').run(jpeg);
  db.close();
});

test('what is no photograph is refused, and a closed dialog is no act', async () => {
  const before = written(till.folder);
  expect(await till.call('registers.attachPicture', { chequeId })).toBeNull();
  expect(written(till.folder)).toEqual(before);
  chosen = file('words.jpg', 'not a picture');
  await expectNothingWritten(till, 'registers.attachPicture', { chequeId }, 'picture.notPicture');
  chosen = file(
    'drawing.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="60" height="60"/></svg>',
  );
  await expectNothingWritten(till, 'registers.attachPicture', { chequeId }, 'picture.notPhoto');
  await expectNothingWritten(till, 'registers.attachPicture', { chequeId: 4711 }, 'register.notFound');
  expect(await till.call('registers.chequePicture', { chequeId })).toEqual({ picture: null });
});

test('who only reads the register sees the picture and attaches none', async () => {
  await signIn(till, 'nader');
  expect(await till.ask('registers.attachPicture', { chequeId })).toMatchObject({
    code: 'session.forbidden',
  });
  expect(await till.call('registers.chequePicture', { chequeId })).toEqual({ picture: null });
});
