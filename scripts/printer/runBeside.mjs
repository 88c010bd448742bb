import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { toolNode } from '../setup/install.mjs';
import { root } from '../setup/places.mjs';
import { say } from '../setup/say.mjs';

/** Where a receipt printer listens, and where the demonstration municipality expects one. */
const port = 9100;

function isFree() {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * A virtual printer for as long as the counter runs; its papers go to out/paper, and it says so. Where something
 * listens on its port already, that is used. Resolves with the function that ends it.
 */
export async function runPrinterBeside() {
  if (!(await isFree())) {
    say(`something listens on 127.0.0.1:${port} already: no virtual printer is started`);
    return () => {};
  }
  const args = [join(root, 'scripts/printer/main.ts'), '--port', String(port), '--out', 'out/paper'];
  const printer = spawn(toolNode(), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  printer.on('error', (error) => say(`the virtual printer does not start: ${error.message}`));
  return () => {
    printer.kill();
  };
}
