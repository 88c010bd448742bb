import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../shared/ipc/wire.ts';
import { makeMunicipality, removeFolder, signIn, startCounter } from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';

let till: TestCounter;
let now = 0;
const wait = (seconds: number): void => {
  now += seconds * 1000;
};

beforeEach(async () => {
  const folder = await makeMunicipality(10);
  now = Date.now();
  till = startCounter({ folder, clock: () => now });
});
afterEach(async () => {
  await till.close();
  removeFolder(till.folder);
});

function attempt(login: string, secret: string): Promise<Reply<unknown>> {
  return till.ask('session.signIn', { login, secret });
}

test('a wrong PIN costs nothing three times, then longer and longer, then an administrator', async () => {
  for (const attemptsLeft of [9, 8, 7])
    expect(await attempt('amal', '000000')).toMatchObject({ code: 'signIn.wrong', params: { attemptsLeft } });
  expect(await attempt('amal', '258036'), 'even the right one').toMatchObject({
    code: 'signIn.wait',
    params: { seconds: 5 },
  });
  for (const seconds of [5, 10, 20, 40, 80, 160, 300]) {
    wait(seconds - 1);
    expect(await attempt('amal', '000000')).toMatchObject({ code: 'signIn.wait', params: { seconds: 1 } });
    wait(1);
    expect(await attempt('amal', '000000')).toMatchObject({ code: 'signIn.wrong' });
  }
  wait(86_400);
  expect(await attempt('amal', '258036')).toMatchObject({ code: 'signIn.locked' });

  await signIn(till, 'admin');
  const users = await till.call('users.list', {});
  const amal = users.find(({ login }) => login === 'amal');
  expect(amal).toMatchObject({ isLocked: true });
  await till.call('users.resetSecret', { id: amal?.id ?? 0, secret: '802461' });
  expect(await attempt('amal', '802461')).toMatchObject({ ok: true });
  await signIn(till, 'nader');
  const { total } = await till.call('audit.entries', {
    beforeSequence: null,
    act: 'session.refused',
    limit: 1,
  });
  expect(total, 'each failure is recorded').toBe(10);
});

test('a login that does not exist answers like one that does', async () => {
  for (const attemptsLeft of [9, 8, 7])
    expect(await attempt('nobody', '000000')).toMatchObject({
      code: 'signIn.wrong',
      params: { attemptsLeft },
    });
  expect(await attempt('nobody', '000000')).toMatchObject({ code: 'signIn.wait' });
});

test('attempts at the same time are counted one by one', async () => {
  await Promise.all(['1', '2', '3'].map((secret) => attempt('amal', secret)));
  expect(await attempt('amal', '258036')).toMatchObject({ code: 'signIn.wait' });
});

test('a success forgets the failures before it', async () => {
  await attempt('amal', '0');
  await attempt('amal', '0');
  expect(await attempt('amal', '258036')).toMatchObject({ ok: true });
  expect(await attempt('amal', '0')).toMatchObject({ params: { attemptsLeft: 9 } });
});

test('PINs that anybody would try are not taken', async () => {
  await signIn(till, 'admin');
  const create = (secret: string): Promise<Reply<unknown>> =>
    till.ask('users.create', { login: 'sami', nameAr: 'سامي', nameEn: '', role: 'cashier', secret });
  expect(await create('25803')).toMatchObject({ code: 'secret.tooShort', params: { minimum: 6 } });
  for (const simple of ['000000', '123456', '987654', '121212'])
    expect(await create(simple)).toMatchObject({ code: 'secret.tooSimple' });
  expect(await create('802461')).toMatchObject({ ok: true });
  expect(await create('802461')).toMatchObject({ code: 'user.loginTaken' });
});

test('somebody who was shut out acts no longer, and the last administrator stays', async () => {
  await signIn(till, 'admin');
  const users = await till.call('users.list', {});
  const id = (login: string): number => users.find((user) => user.login === login)?.id ?? 0;
  await till.call('users.update', { id: id('amal'), role: 'cashier', isActive: false });
  expect(await attempt('amal', '258036')).toMatchObject({ code: 'signIn.wrong' });
  expect(await till.ask('users.update', { id: id('admin'), role: 'cashier', isActive: true })).toMatchObject({
    code: 'user.lastAdministrator',
  });
});

test('a till that nobody touches locks, and says why in the journal', async () => {
  await signIn(till, 'amal');
  wait(9 * 60);
  await till.call('session.touch', {});
  wait(9 * 60);
  await expect
    .poll(() => till.call('session.current', {}), { timeout: 7_000 })
    .toMatchObject({ kind: 'active' });
  wait(2 * 60);
  await expect
    .poll(() => till.call('session.current', {}), { timeout: 15_000 })
    .toMatchObject({ kind: 'locked' });
  expect(till.events.some(({ name }) => name === 'session.changed')).toBe(true);
  expect(await till.ask('session.unlock', { secret: '0' })).toMatchObject({ code: 'signIn.wrong' });
  expect(await till.call('session.unlock', { secret: '258036' })).toMatchObject({
    session: { kind: 'active' },
  });
});

test('whoever signs in has the reply, with the shift, before the window hears of it', async () => {
  const heard = (): number => till.events.filter(({ name }) => name === 'session.changed').length;
  const before = heard();
  await signIn(till, 'amal');
  expect(heard()).toBe(before);
  await expect.poll(heard).toBe(before + 1);
  expect(till.events.at(-1)?.payload).toMatchObject({ kind: 'active', person: { login: 'amal' } });
});

test('one changes one’s own PIN with the old one', async () => {
  await signIn(till, 'amal');
  expect(await till.ask('session.changeSecret', { current: '0', next: '802461' })).toMatchObject({
    code: 'signIn.wrong',
  });
  await till.call('session.changeSecret', { current: '258036', next: '802461' });
  await till.call('session.signOut', {});
  expect(await attempt('amal', '802461')).toMatchObject({ ok: true });
});

test('a secret that is being typed decides nothing, counts nothing and says nothing of anybody', async () => {
  const entries = async (): Promise<number> => {
    await signIn(till, 'nader');
    const { total } = await till.call('audit.entries', { beforeSequence: null, act: null, limit: 1 });
    await till.call('session.signOut', {});
    return total;
  };
  const before = await entries();
  for (const login of ['amal', 'nobody', null])
    for (const secret of ['000000', '258036'])
      expect(await till.ask('session.anticipate', { login, secret })).toEqual({ ok: true, value: {} });
  // Two entries of each look at the journal itself: its sign-in, and the sign-out of the one before.
  expect((await entries()) - before).toBe(2);
  expect(await attempt('amal', '000000')).toMatchObject({ params: { attemptsLeft: 9 } });

  await signIn(till, 'amal');
  await till.call('session.lock', {});
  await till.call('session.anticipate', { login: null, secret: '369014' });
  expect(await till.ask('session.unlock', { secret: '369014' })).toMatchObject({ code: 'signIn.wrong' });
  await till.call('session.anticipate', { login: null, secret: '258036' });
  expect(await till.ask('session.unlock', { secret: '258036' })).toMatchObject({ ok: true });
});
