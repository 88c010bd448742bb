import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createLine } from '../../electron/printing/transports/line.ts';
import { listenFor } from '../../electron/printing/transports/listening.ts';

/** The whole process does nothing for so long: no timer, no reading. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('is over after its time, and tells so once', async () => {
  const beganAt = performance.now();
  let told = 0;
  const wait = await new Promise<ReturnType<typeof listenFor>>((resolve) => {
    const begun = listenFor(100, () => {
      told += 1;
      resolve(begun);
    });
    expect(begun.isOver()).toBe(false);
  });
  expect(wait.isOver()).toBe(true);
  expect(performance.now() - beganAt).toBeGreaterThanOrEqual(95);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toBe(1);
});

it('is never over once it was stopped', async () => {
  let isTold = false;
  const wait = listenFor(20, () => (isTold = true));
  wait.stop();
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(isTold).toBe(false);
  expect(wait.isOver()).toBe(false);
});

it('does not count the time in which the process stood still', async () => {
  const wait = listenFor(100);
  for (let times = 0; times < 3; times++) {
    standStill(200);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(wait.isOver()).toBe(false);
  wait.stop();
});

it('hears an answer that came while the process stood still longer than it would wait', async () => {
  // A printer in the same process, so that both its question and its answer wait for their turn.
  const server = createServer((socket) => socket.on('data', () => socket.write(Buffer.from([0x12]))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(socket, 'connect');
  try {
    const line = createLine(socket);
    const answer = line.ask(1, 60);
    const stopping = setInterval(() => standStill(70), 1);
    standStill(100);
    expect(await answer).toBe(0x12);
    clearInterval(stopping);
  } finally {
    socket.destroy();
    server.close();
  }
});
