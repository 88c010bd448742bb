import { amountsOf } from '../../shared/domain/counting.ts';
import type { MoveKind, Place } from '../../shared/domain/custody.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { MoveBody } from './custodyBodies.ts';
import type { Standing } from './custodyStanding.ts';

type Kind = Place['kind'];
type Way = readonly [from: Kind, to: Kind];

/** From where to where each kind of move goes. */
const ways: Readonly<Record<MoveKind, readonly Way[]>> = {
  float: [['till', 'shift']],
  floatDifference: [
    ['outside', 'shift'],
    ['shift', 'outside'],
  ],
  prepareFloat: [['safe', 'till']],
  collectFloat: [['till', 'safe']],
  topUp: [['safe', 'shift']],
  payIn: [['shift', 'safe']],
  cashIn: [['outside', 'shift']],
  cashOut: [['shift', 'outside']],
  exchange: [['shift', 'shift']],
  // In the safe: a shift that was sent back and counted again.
  difference: [
    ['outside', 'shift'],
    ['shift', 'outside'],
    ['outside', 'safe'],
    ['safe', 'outside'],
  ],
  left: [['shift', 'till']],
  closeToSafe: [['shift', 'safe']],
  handover: [['shift', 'shift']],
  safeIn: [['outside', 'safe']],
  safeOut: [['safe', 'outside']],
};

/** Those that another person gave or received, and proved it. */
const needsTwo: ReadonlySet<MoveKind> = new Set(['payIn', 'topUp', 'exchange', 'safeOut']);
/** Those that go on while a shift takes money. */
const whileSelling: ReadonlySet<MoveKind> = new Set(['payIn', 'topUp', 'cashIn', 'cashOut', 'exchange']);

export type Fault = { readonly kind: 'sumWrong' | 'stateWrong'; readonly detail: string } | null;

/** Whether a move can be at all: its ends, its people, its notes, and how the shifts at its ends stand. */
export function moveFault(entry: JournalEntry, body: MoveBody, standing: Standing): Fault {
  const name = `move ${body.moveId}`;
  const { kind, from, to } = body;
  if (!ways[kind].some(([one, other]) => one === from.kind && other === to.kind))
    return { kind: 'stateWrong', detail: `${name}: ${kind} from ${from.kind} to ${to.kind}` };
  if (entry.actor === null || body.counterpart === entry.actor.login)
    return { kind: 'stateWrong', detail: `${name} has no keeper` };
  if (needsTwo.has(kind) && body.counterpart === null)
    return { kind: 'stateWrong', detail: `${name} has no second person` };
  // Where notes are named they make the amount; the safe's are always named.
  const namesNotes = body.lines.length > 0 || from.kind === 'safe' || to.kind === 'safe';
  if (namesNotes && JSON.stringify(amountsOf(body.lines)) !== JSON.stringify(body.amounts))
    return { kind: 'sumWrong', detail: name };
  const detail = whileSelling.has(kind) ? sellingFault(entry, body, standing) : edgeFault(body, standing);
  return detail === null ? null : { kind: 'stateWrong', detail: `${name}: ${detail}` };
}

function sellingFault(entry: JournalEntry, body: MoveBody, standing: Standing): string | null {
  const ends = [body.from, body.to].flatMap((end) => (end.kind === 'shift' ? [end.shiftId] : []));
  const keeper = entry.actor?.id ?? 0;
  // Both halves of an exchange are written by who began it; each has the date of the drawer that it leaves.
  for (const shiftId of ends) {
    const isOwn = body.kind !== 'exchange';
    const isDated = body.kind !== 'exchange' || body.from.kind !== 'shift' || body.from.shiftId === shiftId;
    const fault = standing.sells(shiftId, isOwn ? keeper : null, isDated ? body.businessDate : undefined);
    if (fault !== null) return fault;
  }
  return null;
}

/** What an opening, a close or the safe's keeper moves: out of a counted shift, or in a drawer without one. */
function edgeFault({ kind, from, to }: MoveBody, standing: Standing): string | null {
  if (kind === 'difference' || kind === 'left' || kind === 'closeToSafe' || kind === 'handover') {
    const shift = from.kind === 'shift' ? from : to;
    if (shift.kind === 'shift' && !standing.isCounted(shift.shiftId))
      return `shift ${shift.shiftId} is not counted`;
    return null;
  }
  const till = from.kind === 'till' ? from : to;
  return till.kind === 'till' && standing.openShiftOn(till.till) !== null
    ? `till ${till.till} has an open shift`
    : null;
}
