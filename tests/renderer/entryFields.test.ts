import { expect, it } from 'vitest';
import { codeWords, isMoment } from '../../renderer/i18n/entryFields.ts';
import { cashMoveReasons, moveKinds } from '../../shared/domain/custody.ts';
import { drawerReasons, reprintReasons } from '../../shared/domain/printed.ts';
import { undoReasons } from '../../shared/domain/receipt.ts';
import { chequeStates, transferStates } from '../../shared/domain/registers.ts';
import { roles } from '../../shared/domain/roles.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';

it.each([
  ['kind', tenderKinds],
  ['kind', moveKinds],
  ['reason', undoReasons],
  ['reason', cashMoveReasons],
  ['reason', drawerReasons],
  ['reason', reprintReasons],
  ['reason', ['fund', 'toFinance', 'exchangeAtBank', 'other']],
  ['direction', ['in', 'out', 'toTill', 'toSafe']],
  ['to', chequeStates],
  ['to', transferStates],
  ['role', roles],
  ['problem', ['unreachable', 'paperOut', 'brokenOff', 'drawing', 'timedOut']],
] as const)('an auditor reads no codes of the program: %s %j', (name, codes) => {
  expect(codes.filter((code) => codeWords(name, code) === undefined)).toEqual([]);
});

it('what somebody wrote is shown as they wrote it', () => {
  expect(codeWords('note', 'cash')).toBeUndefined();
  expect(codeWords('drawer', 'other')).toBeUndefined();
  expect(codeWords('kind', 'constructor')).toBeUndefined();
});

it('a moment is told from a drawer’s pulse', () => {
  expect(['aheadUntilMs', 'takenAtMs', 'onMs', 'offMs'].map(isMoment)).toEqual([true, true, false, false]);
});
