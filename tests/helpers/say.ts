import { writeSync } from 'node:fs';

const rest = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes a line to the output at once: what was said was said, even when the process is killed by the next
 * instruction. A reader who is busy lets the pipe fill, and it is waited for.
 */
export function say(line: string): void {
  let left = Buffer.from(`${line}\n`);
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(1, left));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(rest, 0, 0, 5);
    }
  }
}
