/** What may go wrong with a printer; each can be set and taken back while it runs. */
export type Faults = {
  paperOut: boolean;
  /** The roll ends after that many rows from now; the printer then stops where it is. */
  paperOutAfterRows: number | null;
  coverOpen: boolean;
  nearEnd: boolean;
  /** Takes that many bytes of a connection and then neither reads nor answers; 0: a host that only accepts. */
  stallAfterBytes: number | null;
  /** Reads no faster than this. */
  bytesPerSecond: number | null;
  /** Prints no faster than this; null: at once. A receipt printer at 150 mm/s prints 1,200 rows. */
  rowsPerSecond: number | null;
  /** The connection breaks after that many bytes of it; what the printer has of them it still prints. */
  cablePulledAfterBytes: number | null;
  /** Automatic status between everything else. */
  statusNoise: boolean;
  /** A clone that answers nothing at all. */
  isSilent: boolean;
  /** A clone that never closes its side of a connection. */
  neverCloses: boolean;
  /** A clone that answers DLE EOT but not GS r. */
  ignoresStatusRequests: boolean;
  /** A clone that does not know GS ( H. */
  ignoresProcessId: boolean;
  /** Says to each question what no receipt printer says, as a web server does on a wrong port. */
  answersGarbage: boolean;
  /** Each answer is kept back until after the next one. */
  answersOutOfOrder: boolean;
};

export function noFaults(): Faults {
  return {
    paperOut: false,
    paperOutAfterRows: null,
    coverOpen: false,
    nearEnd: false,
    stallAfterBytes: null,
    bytesPerSecond: null,
    rowsPerSecond: null,
    cablePulledAfterBytes: null,
    statusNoise: false,
    isSilent: false,
    neverCloses: false,
    ignoresStatusRequests: false,
    ignoresProcessId: false,
    answersGarbage: false,
    answersOutOfOrder: false,
  };
}
