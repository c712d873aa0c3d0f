import { spawn } from 'node:child_process';
import process from 'node:process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs torch in this process's place: its output, its signals, its exit code. */
export function becomeTorch(dll, args) {
  const child = spawn('dotnet', [dll, ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; hearing it twice does torch no harm, and missing it would leave torch running.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  // npm's shell dies of a signal without passing it on: who has lost its parent stops as if asked.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
}
