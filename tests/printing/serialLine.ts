import { closeSync, constants, openSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import * as koffi from 'koffi';

/**
 * A serial line with both ends on this machine: a pseudo-terminal. The program opens `path` as it opens a port; the
 * other end is a stream that a virtual printer can speak over.
 */
export function openSerialLine(): { path: string; printerEnd: Duplex; close: () => void } {
  const c = koffi.load('libc.so.6');
  const readWrite = constants.O_RDWR | constants.O_NOCTTY;
  const master = Number(c.func('int posix_openpt(int flags)')(readWrite));
  if (master < 0) throw new Error('this machine has no pseudo-terminals');
  c.func('int grantpt(int fd)')(master);
  c.func('int unlockpt(int fd)')(master);
  const path = String(c.func('const char *ptsname(int fd)')(master));
  // Held open, or the other end would break whenever the program closes its port.
  const held = openSync(path, readWrite);
  makeRaw(c, held);
  const input = new ReadStream(master);
  const output = new WriteStream(master);
  return {
    path,
    printerEnd: Duplex.from({ readable: input, writable: output }),
    close: () => {
      input.destroy();
      output.destroy();
      closeSync(held);
    },
  };
}

/** No echo and no line editing, from before the program opens it. */
function makeRaw(c: koffi.LibraryHandle, fd: number): void {
  const settings = Buffer.alloc(64);
  c.func('int tcgetattr(int fd, void *settings)')(fd, settings);
  c.func('void cfmakeraw(void *settings)')(settings);
  c.func('int tcsetattr(int fd, int when, void *settings)')(fd, 0, settings);
}
