import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMunicipality, removeFolder, signIn, startCounter } from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

let till: TestCounter;
beforeAll(async () => {
  till = startCounter({ folder: await makeMunicipality() });
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
});

async function idOf(login: string): Promise<number> {
  return (await till.call('users.list', {})).find((user) => user.login === login)?.id ?? 0;
}

test('no secret and no hash of one leaves main or stands in the journal', async () => {
  await signIn(till, 'admin');
  const users = await till.call('users.create', {
    login: 'Mona',
    nameAr: 'منى',
    nameEn: 'Mona',
    role: 'administrator',
    secret: 'Olive-7423',
  });
  await till.call('users.resetSecret', { id: await idOf('yousef'), secret: 'Lemon-9061' });
  expect(users.find(({ login }) => login === 'mona')).toMatchObject({ isActive: true, isLocked: false });
  for (const said of [JSON.stringify(users), JSON.stringify(written(till.folder).journal)])
    expect(said).not.toMatch(/Olive-7423|Lemon-9061|scrypt/);
  const { session } = await till.call('session.signIn', { login: 'yousef', secret: 'Lemon-9061' });
  expect(session).toMatchObject({ kind: 'active', person: { login: 'yousef', role: 'cashier' } });
});

test('a change of role counts from the next act on', async () => {
  await till.call('session.signIn', { login: 'mona', secret: 'Olive-7423' });
  await till.call('users.update', { id: await idOf('mona'), role: 'auditor', isActive: true });
  expect(await till.ask('settings.set', await till.call('settings.get', {}))).toMatchObject({
    code: 'session.forbidden',
  });
});

test('who is shut out is signed out with their next act, and cannot come back', async () => {
  await signIn(till, 'admin');
  await till.call('users.update', { id: await idOf('mona'), role: 'administrator', isActive: true });
  const own = await idOf('admin');
  await till.call('users.update', { id: own, role: 'administrator', isActive: false });
  expect(await till.ask('settings.get', {})).toMatchObject({ code: 'session.required' });
  expect(await till.call('session.current', {})).toEqual({ kind: 'none' });
  expect(written(till.folder).journal.at(-1)).toMatchObject({
    act: 'session.signedOut',
    actor: { login: 'admin' },
  });
  expect(await till.ask('session.signIn', { login: 'admin', secret: '918273' })).toMatchObject({
    code: 'signIn.wrong',
  });
});

test('the last administrator can neither be shut out nor made something else', async () => {
  await till.call('session.signIn', { login: 'mona', secret: 'Olive-7423' });
  const id = await idOf('mona');
  for (const change of [
    { id, role: 'administrator', isActive: false },
    { id, role: 'cashier', isActive: true },
  ])
    await expectNothingWritten(till, 'users.update', change, 'user.lastAdministrator');
  await expectNothingWritten(
    till,
    'users.update',
    { id: 999, role: 'cashier', isActive: true },
    'user.notFound',
  );
});
