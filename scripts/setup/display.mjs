import { spawn } from 'node:child_process';
import { isLinux } from './places.mjs';
import { hasDisplay } from './systemLibraries.mjs';

/**
 * Where Linux has no display: a virtual one of 1920 × 1080 for this run, set in our own environment.
 * Resolves with the function that ends it.
 */
export async function ensureDisplay() {
  if (!isLinux || hasDisplay()) return () => {};
  // Access control is off because Electron may run as another user than the server; it listens on no network.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-ac'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3].once('data', (line) => resolve(String(line).trim()));
  });
  server.removeAllListeners('exit');
  server.unref();
  server.stdio[3].unref();
  process.env.DISPLAY = `:${number}`;
  // Told to end, we take the server along; unless a program runs on it, which then ends first.
  const endWithUs = () => {
    if (process.listenerCount('SIGTERM') === 1) process.exit(143);
  };
  process.on('SIGTERM', endWithUs);
  const end = () => {
    process.off('SIGTERM', endWithUs);
    server.kill();
    delete process.env.DISPLAY;
  };
  process.once('exit', end);
  return end;
}
