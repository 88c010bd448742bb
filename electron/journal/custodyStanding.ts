type State = 'open' | 'suspended' | 'counted' | 'closed';
type Shift = {
  readonly till: string;
  readonly keeper: number;
  /** Null: of the time before everything in a shift had the shift's date. */
  readonly date: string | null;
  state: State;
};

/** From how a shift stands to how it stands after a step. */
const steps = {
  suspended: { from: ['open'], to: 'suspended' },
  resumed: { from: ['suspended'], to: 'open' },
  counted: { from: ['open', 'suspended', 'counted'], to: 'counted' },
  sellingResumed: { from: ['counted'], to: 'open' },
  handoverRefused: { from: ['counted'], to: 'open' },
  closed: { from: ['counted'], to: 'closed' },
} as const satisfies Record<string, { readonly from: readonly State[]; readonly to: State }>;

/** How each shift stands as its entries follow one another: money moves in an open one only, through its keeper's hands. */
export function createStanding() {
  const shifts = new Map<number, Shift>();
  /** The open shift of each till and of each person. */
  const openOn = new Map<string, number>();
  const openOf = new Map<number, number>();

  function close(shiftId: number): void {
    const shift = shifts.get(shiftId);
    if (shift === undefined) return;
    shift.state = 'closed';
    openOn.delete(shift.till);
    openOf.delete(shift.keeper);
  }

  return {
    /** @returns what speaks against it; null: nothing. So do all here. */
    open(shiftId: number, till: string, keeper: number, date: string | null): string | null {
      if (shifts.has(shiftId)) return `shift ${shiftId} is opened twice`;
      if (openOn.has(till)) return `till ${till} has two open shifts`;
      if (openOf.has(keeper)) return `person ${keeper} has two open shifts`;
      shifts.set(shiftId, { till, keeper, date, state: 'open' });
      openOn.set(till, shiftId);
      openOf.set(keeper, shiftId);
      return null;
    },
    step(shiftId: number, name: keyof typeof steps): string | null {
      const shift = shifts.get(shiftId);
      const { from, to } = steps[name];
      if (shift === undefined || !(from as readonly State[]).includes(shift.state))
        return `shift ${shiftId} is ${name} while ${shift?.state ?? 'not opened'}`;
      if (to === 'closed') close(shiftId);
      else shift.state = to;
      return null;
    },
    /** Of the time when a shift was closed without a count. */
    closeUncounted: close,
    /** Money goes in or out now, through that person's hands, on that date (undefined: it was not said). */
    sells(shiftId: number, person: number | null, date: string | undefined): string | null {
      const shift = shifts.get(shiftId);
      if (shift?.state !== 'open') return `money in shift ${shiftId} while ${shift?.state ?? 'not opened'}`;
      if (person !== null && person !== shift.keeper) return `money in shift ${shiftId} by another's hands`;
      return date === undefined || shift.date === null || date === shift.date
        ? null
        : `money in shift ${shiftId} with another date`;
    },
    isClosed: (shiftId: number): boolean => shifts.get(shiftId)?.state === 'closed',
    isCounted: (shiftId: number): boolean => shifts.get(shiftId)?.state === 'counted',
    tillOf: (shiftId: number): string | null => shifts.get(shiftId)?.till ?? null,
    dateOf: (shiftId: number): string | null => shifts.get(shiftId)?.date ?? null,
    openShiftOn: (till: string): number | null => openOn.get(till) ?? null,
  };
}
export type Standing = ReturnType<typeof createStanding>;
