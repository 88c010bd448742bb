import { beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../renderer/stores/approval.ts';
import { forgetApproval, useApproval } from '../../renderer/stores/approval.ts';
import { forgetCounter } from '../../renderer/stores/counter.ts';
import { useReceipts } from '../../renderer/stores/receipts.ts';
import { forgetUndo, undoAct, useUndo } from '../../renderer/stores/undo.ts';
import type { ReceiptSummary } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import type { Asked } from './fakeBridge.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const undo = () => useUndo.getState();
const no = (code: string, params = {}) => ({ ok: false, code, params }) as Reply<unknown>;
const preview = { kind: 'void', receiptNumber: 'KY01-2026-000001', returned: [], refusal: null };
const done = { kind: 'void', slip: { account: null, lines: [], tenders: [] }, wasAlreadyDone: false };
const granted = (approvalId: number): Approval => ({
  approvalId,
  approver: { ar: 'هدى', en: 'Huda' },
  untilMs: Date.now() + 60_000,
});

async function readyToUndo(answers: (number: number) => Reply<unknown> | Promise<Reply<unknown>>) {
  let undos = 0;
  const bridge = standIn({
    'payments.undoPreview': () => ok(preview),
    'receipts.get': () => ok({ content: {} }),
    'shifts.current': () => ok(null),
    'payments.undo': () => {
      undos += 1;
      return answers(undos);
    },
  });
  await undo().begin(7);
  undo().describe({ reason: 'wrongAmount', explanation: ' كُتب المبلغ خطأ ' });
  undo().askApproval();
  return bridge;
}

function requestsOf(asked: readonly Asked[]) {
  return asked
    .filter(({ channel }) => channel === 'payments.undo')
    .map(({ input }) => input as { requestId: string; approvalId: number });
}

beforeEach(() => {
  forgetUndo();
  forgetCounter();
  forgetApproval();
});

describe('taking a receipt back', () => {
  it('is approved for exactly what is sent', async () => {
    const { asked } = await readyToUndo(() => ok(done));
    const act = undoAct(undo());
    await undo().approve(granted(3));
    expect(act?.contents).toEqual({ paymentId: 7, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' });
    expect(requestsOf(asked)).toMatchObject([{ approvalId: 3, undo: act?.contents }]);
    expect(undo()).toMatchObject({ step: 'done', isWorking: false });
  });

  it('asks nobody before there is a reason and an explanation, nor when main says it cannot be', async () => {
    standIn({
      'payments.undoPreview': () => ok({ ...preview, refusal: { code: 'undo.chequeMoved', params: {} } }),
      'receipts.get': () => ok({ content: {} }),
    });
    await undo().begin(7);
    undo().askApproval();
    expect(undo().step).toBe('reason');
    undo().describe({ reason: 'other', explanation: 'كذا كذا' });
    undo().askApproval();
    expect(undo().step).toBe('reason');
  });

  it('a lost answer is asked for with the same request, and what was typed cannot change meanwhile', async () => {
    const { asked } = await readyToUndo((number) =>
      number === 1 ? no('internal', { incident: 'x' }) : ok(done),
    );
    await undo().approve(granted(3));
    expect(undo()).toMatchObject({ isUnresolved: true, step: 'approval' });
    undo().describe({ explanation: 'غير ذلك' });
    await undo().again();
    const [first, second] = requestsOf(asked);
    expect(second).toEqual(first);
    expect(undo().step).toBe('done');
  });

  it('an approval that ran out is asked for anew, with the same request', async () => {
    const { asked } = await readyToUndo((number) => (number === 1 ? no('approval.expired') : ok(done)));
    await undo().approve(granted(3));
    expect(undo()).toMatchObject({ step: 'approval', approval: null, failure: { code: 'approval.expired' } });
    await undo().approve(granted(4));
    const [first, second] = requestsOf(asked);
    expect(second?.requestId).toBe(first?.requestId);
    expect(second?.approvalId).toBe(4);
  });

  it('another refusal goes back to where the reason stands, and a changed reason is another request', async () => {
    const { asked } = await readyToUndo((number) =>
      number === 1 ? no('change.notInDrawer', { currency: 'ILS' }) : ok(done),
    );
    await undo().approve(granted(3));
    expect(undo()).toMatchObject({ step: 'reason', failure: { code: 'change.notInDrawer' } });
    undo().describe({ reason: 'takenTwice' });
    undo().askApproval();
    await undo().approve(granted(4));
    const [first, second] = requestsOf(asked);
    expect(second?.requestId).not.toBe(first?.requestId);
  });

  it('marks the receipt in the list', async () => {
    useReceipts.setState({ found: [{ paymentId: 7, undone: null } as ReceiptSummary] });
    await readyToUndo(() => ok(done));
    await undo().approve(granted(3));
    expect(useReceipts.getState().found?.[0]?.undone).toBe('void');
  });

  it('reads the shift and the open account anew once it is left', async () => {
    const { asked } = await readyToUndo(() => ok(done));
    await undo().approve(granted(3));
    expect(asked.map(({ channel }) => channel)).not.toContain('shifts.current');
    await undo().leave();
    expect(asked.at(-1)?.channel).toBe('shifts.current');
    expect(undo().paymentId).toBeNull();
  });

  it('is not left while it is on its way, and nothing of it is shown to the next person', async () => {
    const slow = later<Reply<unknown>>();
    await readyToUndo(() => slow.promise);
    const sent = undo().approve(granted(3));
    undo().back();
    expect(undo()).toMatchObject({ step: 'approval', isWorking: true });
    forgetUndo();
    slow.resolve(ok(done));
    await sent;
    expect(undo()).toMatchObject({ paymentId: null, done: null, isWorking: false });
  });
});

describe('an approval', () => {
  const act = {
    kind: 'payment.undo',
    contents: { paymentId: 7, reason: 'other', explanation: 'كذا' },
  } as const;

  it('holds a minute from when it was asked for, and only the login is remembered', async () => {
    standIn({ 'approvals.grant': () => ok({ approvalId: 5, approver: { ar: 'هدى', en: 'Huda' } }) });
    const before = Date.now();
    const approval = await useApproval.getState().ask(act, 'huda', '482913');
    expect(approval?.untilMs).toBeGreaterThanOrEqual(before + 60_000);
    expect(approval?.untilMs).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(useApproval.getState().lastLogin).toBe('huda');
    expect(JSON.stringify(useApproval.getState())).not.toContain('482913');
    forgetApproval();
    expect(useApproval.getState().lastLogin).toBe('');
  });

  it('that comes after the dialog was closed is nobody’s', async () => {
    const slow = later<Reply<unknown>>();
    standIn({ 'approvals.grant': () => slow.promise });
    const asked = useApproval.getState().ask(act, 'huda', '1');
    useApproval.getState().begin();
    slow.resolve(ok({ approvalId: 5, approver: { ar: '', en: '' } }));
    expect(await asked).toBeNull();
  });

  it('after too many wrong PINs waits as long as main says', async () => {
    standIn({ 'approvals.grant': () => no('signIn.wait', { seconds: 30 }) });
    expect(await useApproval.getState().ask(act, 'huda', '1')).toBeNull();
    expect(useApproval.getState().waitUntilMs).toBeGreaterThan(Date.now() + 29_000);
    expect(useApproval.getState().failure).toMatchObject({ code: 'signIn.wait' });
  });
});
