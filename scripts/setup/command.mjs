import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A command that ended badly, with what it printed. */
export class CommandFailure extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}\n${output.slice(-4000)}`);
    this.name = 'CommandFailure';
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a command to its end, keeping its output back; rejects with a CommandFailure unless it exits with 0.
 * `timeoutMs` kills it; `onLine` hears its last line as it comes. Resolves with stdout and stderr together.
 */
export function run(command, args, { cwd, env, timeoutMs, onLine = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
      onLine(String(chunk).trimEnd().split('\n').at(-1).slice(0, 100));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new CommandFailure(command, error.code, error.message));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else reject(new CommandFailure(`${command} ${args.join(' ')}`, code ?? signal, output));
    });
  });
}

/** Like `run`, but false instead of an error. */
export async function succeeds(command, args, options) {
  try {
    await run(command, args, options);
    return true;
  } catch (error) {
    if (error instanceof CommandFailure) return false;
    throw error;
  }
}

/** Runs a command on this terminal and resolves with its exit code. */
export function runAloud(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    // On Windows the tools are .cmd files, which only the shell starts.
    const shell = process.platform === 'win32' && !command.endsWith('.exe');
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: 'inherit', shell });
    // Ctrl+C reaches the child through the terminal; we only wait for it to finish its own way.
    const wait = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', wait);
    process.on('SIGTERM', pass);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}

/**
 * npm as program and leading arguments: the npm that runs us, or the one that came with this Node.
 * @returns {[string, string[]]}
 */
export function npmCommand() {
  const nextToNode =
    process.platform === 'win32'
      ? join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')
      : join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  const cli = [process.env.npm_execpath, nextToNode].find(
    (file) => file?.endsWith('npm-cli.js') && existsSync(file),
  );
  return cli === undefined ? ['npm', []] : [process.execPath, [cli]];
}
