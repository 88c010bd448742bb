import type { ReportFilters } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** Every till, and everybody who had a shift: what a report can be narrowed to. */
export function listFilters(db: ReadDb): ReportFilters {
  return {
    tills: prepared<ReportFilters['tills'][number]>(db, 'SELECT code, name FROM tills ORDER BY code').all(),
    cashiers: prepared<ReportFilters['cashiers'][number]>(
      db,
      `SELECT id, name_ar AS ar, name_en AS en FROM users u
        WHERE EXISTS (SELECT 1 FROM shifts s WHERE s.user_id = u.id) ORDER BY name_ar`,
    ).all(),
  };
}
