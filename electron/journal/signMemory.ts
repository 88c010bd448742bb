/**
 * What main and the signing worker share: whose turn it is, the message and its signature. Main writes the message and
 * asks; the worker answers; main takes the answer whenever it needs it.
 */
export type SignMemory = {
  readonly shared: SharedArrayBuffer;
  /** [turn, length of the message] */
  readonly state: Int32Array<SharedArrayBuffer>;
  readonly signature: Uint8Array<SharedArrayBuffer>;
  readonly message: Uint8Array<SharedArrayBuffer>;
};

/** Values of state[0]. */
export const turn = {
  /** No worker yet, or no more. */
  nobody: 0,
  /** The worker waits for a message. */
  waiting: 1,
  /** The message is there. */
  asked: 2,
  /** The signature is there. */
  signed: 3,
  /** The worker is to end. */
  end: 4,
} as const;

const stateBytes = 8;
const signatureBytes = 64;
/** More than any entry of a usual payment; what is longer is signed without the worker. */
const messageBytes = 32 * 1024;

export function newSignMemory(): SignMemory {
  return signMemory(new SharedArrayBuffer(stateBytes + signatureBytes + messageBytes));
}

export function signMemory(shared: SharedArrayBuffer): SignMemory {
  return {
    shared,
    state: new Int32Array(shared, 0, 2),
    signature: new Uint8Array(shared, stateBytes, signatureBytes),
    message: new Uint8Array(shared, stateBytes + signatureBytes),
  };
}
