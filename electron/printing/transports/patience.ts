/** How patient a conversation with a printer is, in milliseconds. */
export type Patience = {
  /** Until the way to it is open. */
  readonly connectMs: number;
  /** For one answer to a status question. */
  readonly statusMs: number;
  /** A printer that takes not one chunk of the job for this long has stalled. */
  readonly stallMs: number;
  /** Between two looks at the printer while it works through the job. */
  readonly lookMs: number;
  /** After the whole job is in the printer: how long it may take to say that it is done. */
  readonly settleMs: number;
  /** After the last byte was handed over: how long the printer may say nothing at all. */
  readonly silenceMs: number;
  /** For the printer to close its side. */
  readonly closeMs: number;
};

export const usualPatience: Patience = {
  connectMs: 3_000,
  statusMs: 700,
  stallMs: 15_000,
  lookMs: 500,
  settleMs: 8_000,
  silenceMs: 15_000,
  closeMs: 1_000,
};
