import { createHash } from 'node:crypto';
import { approvalLifeMs } from '../../shared/domain/approval.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { refuse } from '../../shared/errors.ts';
import type { ApprovableAct, Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf, getUser, personOf } from '../users/users.ts';

/**
 * Writes down one person's word for one act of another, bound to all that the act says and to who asked for it.
 * @param approver who has just proved to be there
 * @returns the approval's id
 * @throws Refusal approval.own, approval.notSupervisor, approval.notAdministrator
 */
export function grantApproval(
  tx: Tx,
  journal: Journal,
  act: ApprovableAct,
  {
    requester,
    approver,
    atMs,
  }: { readonly requester: Person; readonly approver: Person; readonly atMs: number },
): number {
  if (approver.id === requester.id) throw refuse('approval.own');
  if (act.kind === 'day.exception') {
    if (approver.role !== 'administrator') throw refuse('approval.notAdministrator');
  } else if (approver.role !== 'supervisor') throw refuse('approval.notSupervisor');
  const digest = digestOf(act);
  const { lastInsertRowid } = prepared(
    tx,
    'INSERT INTO approvals (act, digest, requested_by, approver_id, granted_at_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(act.kind, digest, requester.id, approver.id, atMs);
  const approvalId = Number(lastInsertRowid);
  journal.append(tx, {
    act: 'approval.granted',
    actor: actorOf(approver),
    atMs,
    body: { approvalId, for: act.kind, contents: act.contents, digest, requestedBy: requester.login },
  });
  return approvalId;
}

type ApprovalRow = {
  readonly digest: string;
  readonly requestedBy: number;
  readonly approverId: number;
  readonly grantedAtMs: number;
  readonly usedAtMs: number | null;
};

/**
 * Uses an approval up, in the act's own transaction.
 * @returns who approved
 * @throws Refusal approval.missing, approval.other (of another act, content or person), approval.used, approval.expired
 */
export function spendApproval(
  tx: Tx,
  approvalId: number,
  act: ApprovableAct,
  { requester, atMs }: { readonly requester: Person; readonly atMs: number },
): Person {
  const row = prepared<ApprovalRow>(
    tx,
    `SELECT digest, requested_by AS requestedBy, approver_id AS approverId, granted_at_ms AS grantedAtMs,
            used_at_ms AS usedAtMs FROM approvals WHERE id = ?`,
  ).get(approvalId);
  if (row === undefined) throw refuse('approval.missing');
  if (row.digest !== digestOf(act) || row.requestedBy !== requester.id) throw refuse('approval.other');
  if (row.usedAtMs !== null) throw refuse('approval.used');
  // A clock that was turned back must not give an old approval a second life.
  if (Math.abs(atMs - row.grantedAtMs) > approvalLifeMs) throw refuse('approval.expired');
  const approver = getUser(tx, row.approverId);
  if (approver.isActive !== 1) throw refuse('approval.missing');
  prepared(tx, 'UPDATE approvals SET used_at_ms = ? WHERE id = ?').run(atMs, approvalId);
  return personOf(approver);
}

function digestOf(act: ApprovableAct): string {
  return createHash('sha256').update(canonicalJson(act)).digest('hex');
}
