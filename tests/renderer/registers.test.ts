import { beforeEach, expect, it } from 'vitest';
import {
  draftProblems,
  forgetRegisters,
  movesOfCheque,
  useRegisters,
} from '../../renderer/stores/registers.ts';
import type { ChequeView } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const registers = () => useRegisters.getState();
const cheque = (id: number, state: ChequeView['state'], isDue = false) =>
  ({ id, state, isDue, steps: [] }) as unknown as ChequeView;
const no = (code: string) => ({ ok: false, code, params: {} }) as Reply<unknown>;

function main(answers: (number: number, input: { to: string }) => Reply<unknown>) {
  let moves = 0;
  return standIn({
    'registers.cheques': (input) =>
      ok(
        (input as { state: string | null }).state === 'inHand'
          ? [cheque(1, 'inHand', true), cheque(2, 'inHand')]
          : [cheque(1, 'inHand', true), cheque(2, 'inHand'), cheque(3, 'deposited')],
      ),
    'registers.moveCheque': (input) => {
      moves += 1;
      return answers(moves, input as { to: string });
    },
  });
}

beforeEach(() => forgetRegisters());

it('counts the cheques whose day has come, of all that are in hand', async () => {
  main(() => no('internal'));
  await registers().loadDue();
  expect(registers().dueCount).toBe(1);
});

it('offers only the moves that a cheque can make', () => {
  expect(movesOfCheque(cheque(1, 'inHand'))).toEqual(['deposited']);
  expect(movesOfCheque(cheque(1, 'deposited'))).toEqual(['cleared', 'bounced']);
  expect(movesOfCheque(cheque(1, 'bounced'))).toEqual(['returned']);
  expect(movesOfCheque(cheque(1, 'cleared'))).toEqual([]);
});

it('a bounce needs a reason, its fee an amount; a deposit needs neither', () => {
  expect(draftProblems({ to: 'bounced', note: ' ', feeText: '2,5' })).toMatchObject({
    note: { problem: 'required' },
    fee: { problem: 'notANumber' },
  });
  expect(draftProblems({ to: 'bounced', note: 'بلا رصيد', feeText: '٢٥' })).toEqual({ note: null, fee: null });
  expect(draftProblems({ to: 'deposited', note: '', feeText: 'x' })).toEqual({ note: null, fee: null });
});

it('a lost answer is asked for with the same request, and the row shows what main says', async () => {
  const { asked } = main((number, { to }) =>
    number === 1 ? no('internal') : ok(cheque(3, to as ChequeView['state'])),
  );
  await registers().load();
  registers().choose(3);
  registers().begin('bounced');
  registers().describe({ note: 'بلا رصيد', feeText: '25' });
  expect(await registers().confirm()).toBe(false);
  expect(await registers().confirm()).toBe(true);
  const sent = asked.filter(({ channel }) => channel === 'registers.moveCheque').map(({ input }) => input);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[0]).toMatchObject({ chequeId: 3, to: 'bounced', note: 'بلا رصيد', feeMinor: 2500 });
  expect(registers().cheques?.find(({ id }) => id === 3)?.state).toBe('bounced');
  expect(registers().draft).toBeNull();
});

it('when somebody was faster, the register is read again and nothing is left to confirm', async () => {
  const { asked } = main(() => no('register.wrongState'));
  await registers().load();
  registers().choose(1);
  registers().begin('deposited');
  await registers().confirm();
  expect(registers()).toMatchObject({
    draft: null,
    failure: { code: 'register.wrongState' },
    isWorking: false,
  });
  expect(asked.filter(({ channel }) => channel === 'registers.cheques')).toHaveLength(2);
});

it('the picture that is shown is that of the cheque that is looked at', async () => {
  const slow = later<Reply<unknown>>();
  standIn({
    'registers.chequePicture': (input) =>
      (input as { chequeId: number }).chequeId === 1 ? slow.promise : ok({ picture: 'data:two' }),
  });
  registers().choose(1);
  const first = registers().loadPicture(1);
  registers().choose(2);
  await registers().loadPicture(2);
  slow.resolve(ok({ picture: 'data:one' }));
  await first;
  expect(registers().picture).toEqual({ chequeId: 2, url: 'data:two' });
});

it('what is typed last is what is shown, whatever is answered first', async () => {
  const slow = later<Reply<unknown>>();
  const { asked } = standIn({
    'registers.cheques': (input) =>
      (input as { text: string }).text === '4' ? slow.promise : ok([cheque(417, 'inHand')]),
  });
  const first = registers().find('4');
  await registers().find('417');
  slow.resolve(ok([cheque(4, 'inHand'), cheque(417, 'inHand')]));
  await first;
  expect(registers().cheques?.map(({ id }) => id)).toEqual([417]);
  await registers().filter('bounced');
  expect(asked.at(-1)).toEqual({ channel: 'registers.cheques', input: { state: 'bounced', text: '417' } });
});
