import { spawn, spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

const windows = process.platform === 'win32';

/** npm is a script file on Windows, which only a shell runs. */
const options = (command, extra) => ({ cwd: root, shell: windows && command === 'npm', ...extra });

/** Runs a command with its output in view; its exit code. */
export function run(command, args, extra = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, options(command, { stdio: 'inherit', ...extra }));
    child.once('error', () => done(127));
    child.once('exit', (code, signal) => done(code ?? (signal ? 128 : 1)));
  });
}

/** Runs a command in silence; its exit code, everything that it said, and of that what went to its standard output. */
export function capture(command, args, extra = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, options(command, { stdio: ['ignore', 'pipe', 'pipe'], ...extra }));
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => done({ code: 127, output: String(error.message), stdout }));
    child.once('close', (code) => done({ code: code ?? 128, output, stdout }));
  });
}

/** What a command prints, trimmed; undefined where it is missing or fails. */
export function answer(command, args) {
  const { status, stdout } = spawnSync(command, args, options(command, { encoding: 'utf8' }));
  return status === 0 ? stdout.trim() : undefined;
}
