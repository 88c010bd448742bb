import type { Tx } from '../db/connection.ts';
import type { Services } from '../services.ts';
import { closeShift, currentShift, openShiftWith } from '../shifts/shifts.ts';
import type { Handlers } from './router.ts';

/** A cashier's shift, from the counted float to its close. */
export function shiftHandlers(
  { db, journal, clock, installation }: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, 'shifts.current' | 'shifts.open' | 'shifts.close'> {
  const { till } = installation;
  return {
    'shifts.current': (_input, by) => currentShift(db, by),
    'shifts.open': (input, by) => write((tx) => openShiftWith(tx, journal, input, by, till, clock())),
    'shifts.close': ({ requestId }, by) => {
      write((tx) => closeShift(tx, journal, requestId, by, till, clock()));
      return {};
    },
  };
}
