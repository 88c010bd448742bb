/** What main and the secret worker say to each other. */
export type DeriveRequest = {
  readonly id: number;
  /** In UTF-8, already normalised. */
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  /** scrypt's N and r; p is 1. */
  readonly cost: number;
  readonly blockSize: number;
  /** In bytes. */
  readonly keyLength: number;
};

export type DeriveReply =
  | { readonly id: number; readonly key: Uint8Array }
  | { readonly id: number; readonly failed: string };
