import type { Act } from '../../shared/domain/journal.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person, ShiftState } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { ShiftRow } from './shifts.ts';
import { getOwnShift, getShift, shiftState, standing } from './shifts.ts';

type Step = 'suspended' | 'resumed' | 'sellingResumed';

const actOf = {
  suspended: 'shift.suspended',
  resumed: 'shift.resumed',
  sellingResumed: 'shift.sellingResumed',
} as const satisfies Record<Step, Act>;

/** From which standing a step leads on. */
const leadsFrom = { suspended: 'open', resumed: 'suspended', sellingResumed: 'counted' } as const;

/**
 * Locks the till while its keeper is away (the drawer stays theirs), opens it again, or goes on selling after a count,
 * which stays. Once for each request.
 * @throws Refusal shift.notOpen, shift.suspended, shift.counted, shift.notCounted when it does not stand as it must,
 *   request.reused
 */
export function takeStep(
  tx: Tx,
  journal: Journal,
  step: Step,
  request: { readonly requestId: string; readonly reason: string },
  person: Person,
  atMs: number,
): ShiftState {
  const { requestId, reason } = request;
  const earlier = prepared<{ shiftId: number; step: string; userId: number }>(
    tx,
    'SELECT shift_id AS shiftId, step, user_id AS userId FROM shift_steps WHERE request_id = ?',
  ).get(requestId);
  if (earlier !== undefined) {
    if (earlier.step !== step || earlier.userId !== person.id) throw refuse('request.reused');
    return shiftState(tx, getShift(tx, earlier.shiftId), atMs);
  }
  const shift = getOwnShift(tx, person.id);
  const now = standing(tx, shift.id).state;
  if (now !== leadsFrom[step]) {
    if (now === 'suspended') throw refuse('shift.suspended');
    throw now === 'counted' ? refuse('shift.counted') : refuse('shift.notCounted');
  }
  insertStep(tx, shift, { step, requestId, reason, person, atMs, countId: null });
  journal.append(tx, {
    act: actOf[step],
    actor: actorOf(person),
    atMs,
    body: { shiftId: shift.id, requestId, till: shift.till, reason },
  });
  return shiftState(tx, shift, atMs);
}

export function insertStep(
  tx: Tx,
  shift: ShiftRow,
  step: {
    readonly step: Step | 'handoverRefused';
    readonly requestId: string;
    readonly reason: string;
    readonly person: Person;
    readonly countId: number | null;
    readonly atMs: number;
  },
): void {
  prepared(
    tx,
    `INSERT INTO shift_steps (request_id, shift_id, step, count_id, reason, user_id, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(step.requestId, shift.id, step.step, step.countId, step.reason, step.person.id, step.atMs);
}
