/** So many of a register are shown at once; the others are found by what is typed. */
export const registerRows = 1_000;

/** Where a cheque is. */
export const chequeStates = ['inHand', 'deposited', 'cleared', 'bounced', 'returned'] as const;
export type ChequeState = (typeof chequeStates)[number];

/** A transfer is pending until somebody has seen the money; `returned`: its receipt was taken back. */
export const transferStates = ['pending', 'matched', 'rejected', 'returned'] as const;
export type TransferState = (typeof transferStates)[number];

const chequeMoves: Readonly<Record<ChequeState, readonly ChequeState[]>> = {
  inHand: ['deposited'],
  deposited: ['cleared', 'bounced'],
  cleared: [],
  bounced: ['returned'],
  returned: [],
};

/**
 * Whether a cheque goes from one state to another by itself. A cheque in hand goes back to its drawer only with its
 * receipt, which is taken back for that.
 */
export function canMoveCheque(from: ChequeState, to: ChequeState): boolean {
  return chequeMoves[from].includes(to);
}
