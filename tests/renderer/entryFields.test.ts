import { expect, it } from 'vitest';
import { codeOf, isMoment } from '../../renderer/i18n/entryFields.ts';
import { cashMoveReasons, moveKinds } from '../../shared/domain/custody.ts';
import { undoReasons } from '../../shared/domain/receipt.ts';
import { chequeStates, transferStates } from '../../shared/domain/registers.ts';
import { roles } from '../../shared/domain/roles.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';

it.each([
  ['kind', tenderKinds],
  ['kind', moveKinds],
  ['reason', undoReasons],
  ['reason', cashMoveReasons],
  ['to', chequeStates],
  ['to', transferStates],
  ['role', roles],
] as const)('an auditor reads no codes of the program: %s %j', (name, codes) => {
  expect(codes.filter((code) => codeOf(name, code) === undefined)).toEqual([]);
});

it('what somebody wrote is shown as they wrote it', () => {
  expect(codeOf('note', 'cash')).toBeUndefined();
  expect(codeOf('drawer', 'other')).toBeUndefined();
  expect(codeOf('kind', 'constructor')).toBeUndefined();
});

it('a moment is told from a drawer’s pulse', () => {
  expect(['aheadUntilMs', 'takenAtMs', 'onMs', 'offMs'].map(isMoment)).toEqual([true, true, false, false]);
});
