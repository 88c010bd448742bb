import type { DrawerReason } from '../../shared/domain/printed.ts';
import { refuse } from '../../shared/errors.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

export type DrawerOpening = {
  readonly requestId: string;
  readonly reason: DrawerReason;
  readonly note: string;
  readonly shiftId: number | null;
  readonly userId: number;
  readonly printerId: string;
  readonly atMs: number;
};

type Contents = Pick<DrawerOpening, 'reason' | 'note' | 'userId'>;

/**
 * The drawer opened without a sale, once for each request.
 * @throws Refusal `request.reused` when the request opened it for something else
 */
export function insertDrawerOpening(tx: Tx, opening: DrawerOpening): { id: number; wasThere: boolean } {
  const earlier = prepared<Contents & { id: number }>(
    tx,
    'SELECT id, reason, note, user_id AS userId FROM drawer_openings WHERE request_id = ?',
  ).get(opening.requestId);
  if (earlier !== undefined) {
    const isSame = (['reason', 'note', 'userId'] as const).every(
      (field) => earlier[field] === opening[field],
    );
    if (!isSame) throw refuse('request.reused');
    return { id: earlier.id, wasThere: true };
  }
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO drawer_openings (request_id, reason, note, shift_id, user_id, printer_id, at_ms)
     VALUES (@requestId, @reason, @note, @shiftId, @userId, @printerId, @atMs)`,
  ).run(opening);
  return { id: Number(lastInsertRowid), wasThere: false };
}
