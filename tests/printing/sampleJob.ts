/** About as large as a receipt: 1,400 rows of dots and a cut, 99 KB. */
export const sampleJob = Buffer.concat([
  Buffer.from([0x1b, 0x40]),
  ...Array.from({ length: 7 }, () =>
    Buffer.concat([Buffer.from([0x1d, 0x76, 0x30, 0, 72, 0, 200, 0]), Buffer.alloc(72 * 200, 0xaa)]),
  ),
  Buffer.from([0x1d, 0x56, 0]),
]);
export const sampleRows = 1_400;

/** A program that is not closing. */
export const running = new AbortController().signal;
